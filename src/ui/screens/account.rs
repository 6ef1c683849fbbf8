//! `account`: the signed-in person's settings; so far the authenticator app.

use cognito_protocol::flow::{AccountView, Action, Details};
use yew::{Html, html};

use crate::{
    i18n::Key,
    ui::{
        draw::{Draw, When},
        layout::{Button, Layout, Look},
        parts::{action, paragraph},
    },
};

pub(super) static LAYOUT: Layout = Layout { below: Some(sections), ..Layout::headed(Key::AccountHeading) };

static SIGN_IN: Button = secondary(Action::SignIn, Key::AccountSignIn);
static TRY_AGAIN: Button = secondary(Action::TryAgain, Key::CommonTryAgain);
static SET_UP: Button = secondary(Action::SetUpAuthenticator, Key::AccountSetUpAuthenticator);
static REPLACE: Button = secondary(Action::SetUpAuthenticator, Key::AccountReplaceAuthenticator);
static TURN_OFF: Button = secondary(Action::TurnOffAuthenticator, Key::AccountTurnOffAuthenticator);

const fn secondary(action: Action, text: Key) -> Button {
    Button { action, text, look: Look::Secondary, when: When::Always }
}

fn sections(draw: &Draw<'_>) -> Html {
    let Details::Account(account) = &draw.view.details else { return Html::default() };
    match account {
        AccountView::NotSignedIn => {
            html! { <>{ paragraph(draw.text(Key::AccountSignedOut)) }{ action(draw, &SIGN_IN) }</> }
        }
        AccountView::Loading => Html::default(),
        AccountView::Unknown => action(draw, &TRY_AGAIN),
        AccountView::Ready { has_authenticator } => {
            let (state, buttons): (_, &[&Button]) = if *has_authenticator {
                (Key::AccountAuthenticatorOn, &[&REPLACE, &TURN_OFF])
            } else {
                (Key::AccountAuthenticatorOff, &[&SET_UP])
            };
            html! {
                <>
                    <h3 part="heading">{ draw.text(Key::AccountAuthenticator) }</h3>
                    { paragraph(draw.text(state)) }
                    { for buttons.iter().map(|button| action(draw, button)) }
                </>
            }
        }
    }
}
