//! `sign-in`

use cognito_protocol::flow::{Event, Notice, Purpose};
use yew::{Html, html};

use crate::{
    config::UsernameKind,
    i18n::Message,
    ui::{
        Input,
        parts::{Button, ButtonKind, Draw, Field},
    },
};

pub(super) fn draw(draw: &Draw<'_>) -> Html {
    let kind = draw.config.username_kind;
    let (type_, inputmode) = match kind {
        UsernameKind::Email => ("email", Some("email")),
        UsernameKind::Phone => ("tel", Some("tel")),
        UsernameKind::Username => ("text", None),
    };
    let touched = draw.link.callback(|_| Input::from(Event::CredentialsTouched));
    let name = Field {
        type_,
        inputmode,
        autocomplete: "username",
        invalid: draw.is_notice(|notice| matches!(notice, Notice::NameMissing | Notice::WrongCredentials)),
        oninput: Some(touched.clone()),
        ..Field::new("username", draw.text(Message::SignInName(kind)), &draw.widget.name)
    };
    let password = Field {
        type_: if draw.widget.show_password { "text" } else { "password" },
        autocomplete: "current-password",
        invalid: draw.is_notice(|notice| matches!(notice, Notice::PasswordMissing | Notice::WrongCredentials)),
        oninput: Some(touched),
        aside: show_password(draw),
        ..Field::new("password", draw.text(Message::Password), &draw.widget.password)
    };
    let form = html! {
        <>
            { name.draw(draw) }
            { password.draw(draw) }
            { Button::submit(&draw.text(Message::SignIn)).draw(draw) }
        </>
    };
    html! {
        <>
            { draw.heading(&draw.text(Message::SignInHeading)) }
            { draw.notice() }
            { draw.form(|| Input::CredentialsSubmitted, form) }
            { back_to_account(draw) }
        </>
    }
}

/// A toggle whose name stays, so that a screen reader says "Show password, pressed".
fn show_password(draw: &Draw<'_>) -> Html {
    let onclick = draw.link.callback(|_| Input::PasswordToggled);
    let pressed = if draw.widget.show_password { "true" } else { "false" };
    html! {
        <button type="button" class="quiet" part="button button-link" aria-pressed={pressed} {onclick}>
            { draw.text(Message::ShowPassword) }
        </button>
    }
}

/// In the account element, the sign-in form was asked for and can be left.
fn back_to_account(draw: &Draw<'_>) -> Html {
    if draw.purpose != Purpose::Account || draw.busy {
        return Html::default();
    }
    let back = draw.link.callback(|_| Input::from(Event::BackRequested));
    Button::new(ButtonKind::Quiet, &draw.text(Message::Cancel), back).draw(draw)
}
