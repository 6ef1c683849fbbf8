//! One file a screen. A screen is a function from the view to elements; what the person does goes to the machine.

mod account;
mod code;
mod sign_in;
mod signed_in;
mod totp_setup;

use cognito_protocol::flow::{Screen, View, ViewDetails};
use yew::{Context, Html, html};

use super::{CognitoLogin, parts::Draw};
use crate::{
    config::{LoginConfig, Theme},
    i18n::{Language, Message},
};

pub(super) use code::resend_wait_secs;

/// Draws the screen that `view` is about.
pub(super) fn draw(widget: &CognitoLogin, ctx: &Context<CognitoLogin>, config: &LoginConfig, view: &View) -> Html {
    let (link, purpose) = (ctx.link(), ctx.props().purpose);
    let draw = Draw { widget, link, config, purpose, busy: view.busy, notice: view.notice.as_ref() };
    let content = match &view.details {
        ViewDetails::Loading => loading(&draw),
        ViewDetails::SignIn { .. } => sign_in::draw(&draw),
        ViewDetails::Code(code) => match view.screen {
            Screen::TotpCode => code::totp_code(&draw),
            Screen::CustomChallenge => code::custom_challenge(&draw, code),
            _ => code::email_code(&draw, code),
        },
        ViewDetails::TotpSetup(setup) => totp_setup::draw(&draw, setup.as_ref()),
        ViewDetails::SignedIn { sign_in_name } => signed_in::draw(&draw, sign_in_name),
        ViewDetails::Account(account) => account::draw(&draw, *account),
    };
    let theme = match config.theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let screen = view.screen.as_str();
    html! {
        <div class="cognito-login" data-theme={theme} lang={config.language.tag()}>
            <section key={screen} class="card" part="card" data-screen={screen} aria-busy={view.busy.then_some("true")}>
                { content }
                <slot name={screen} />
            </section>
        </div>
    }
}

/// For the page's author, where a person would find a form.
pub(super) fn bad_configuration(error: &str) -> Html {
    let text = Language::default().text(&Message::BadConfiguration { error });
    html! {
        <div class="cognito-login" data-theme="auto" lang="en">
            <section class="card" part="card"><div class="notice error" role="alert" part="error">{ text }</div></section>
        </div>
    }
}

fn loading(draw: &Draw<'_>) -> Html {
    html! { <p class="loading" part="text">{ draw.text(Message::Loading) }</p> }
}
