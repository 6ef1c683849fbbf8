//! `account`: the signed-in person's settings; so far the authenticator app.

use cognito_protocol::flow::{AccountView, Event};
use yew::{Html, html};

use crate::{
    i18n::Message,
    ui::{
        Input,
        parts::{Button, ButtonKind, Draw},
    },
};

pub(super) fn draw(draw: &Draw<'_>, account: AccountView) -> Html {
    html! {
        <>
            { draw.heading(&draw.text(Message::AccountHeading)) }
            { draw.notice() }
            {
                match account {
                    AccountView::NotSignedIn => not_signed_in(draw),
                    AccountView::Loading => super::loading(draw),
                    AccountView::Unknown => button(draw, ButtonKind::Secondary, Message::TryAgain, || Input::ResetRequested),
                    AccountView::Ready { has_authenticator } => authenticator(draw, has_authenticator),
                }
            }
        </>
    }
}

fn not_signed_in(draw: &Draw<'_>) -> Html {
    html! {
        <>
            { draw.paragraph(&draw.text(Message::AccountSignedOut)) }
            { button(draw, ButtonKind::Secondary, Message::SignIn, || Input::SignInRequested) }
        </>
    }
}

fn authenticator(draw: &Draw<'_>, has_authenticator: bool) -> Html {
    let state = if has_authenticator { Message::AuthenticatorIsOn } else { Message::AuthenticatorIsOff };
    let set_up = || Input::from(Event::AuthenticatorSetupRequested);
    let turn_off = || Input::from(Event::AuthenticatorTurnOffRequested);
    html! {
        <>
            <h3 part="heading">{ draw.text(Message::AuthenticatorApp) }</h3>
            { draw.paragraph(&draw.text(state)) }
            if has_authenticator {
                { button(draw, ButtonKind::Secondary, Message::ReplaceAuthenticator, set_up) }
                { button(draw, ButtonKind::Secondary, Message::TurnOffAuthenticator, turn_off) }
            } else {
                { button(draw, ButtonKind::Secondary, Message::SetUpAuthenticator, set_up) }
            }
        </>
    }
}

fn button(draw: &Draw<'_>, kind: ButtonKind, text: Message<'_>, input: fn() -> Input) -> Html {
    Button::new(kind, &draw.text(text), draw.link.callback(move |_| input())).draw(draw)
}
