//! `totp-setup`

use cognito_protocol::{
    flow::{Event, Notice, TotpSetupView},
    totp,
};
use yew::{Html, html};

use super::code::back;
use crate::{
    i18n::Message,
    ui::{
        Input,
        parts::{Button, ButtonKind, Draw, Field, qr_code},
    },
};

pub(super) fn draw(draw: &Draw<'_>, setup: Option<&TotpSetupView>) -> Html {
    html! {
        <>
            { draw.heading(&draw.text(Message::TotpSetupHeading)) }
            { setup.map_or_else(|| super::loading(draw), |setup| enrolment(draw, setup)) }
        </>
    }
}

fn enrolment(draw: &Draw<'_>, setup: &TotpSetupView) -> Html {
    let key = setup.secret_base32.clone();
    let copy = draw.link.callback(move |_| Input::SetupKeyCopyRequested(key.clone()));
    let field = Field {
        invalid: draw.is_notice(Notice::is_error),
        ..Field::code(draw.text(Message::VerificationCode), &draw.widget.answer)
    };
    let form = html! {
        <>
            { field.draw(draw) }
            { Button::submit(&draw.text(Message::VerifyAndTurnOn)).draw(draw) }
        </>
    };
    html! {
        <>
            { draw.paragraph(&draw.text(Message::TotpSetupScan)) }
            { for qr_code(setup.key_uri.expose(), draw.text(Message::QrCode)) }
            <div class="field">
                <span class="label" id={draw.id("key-label")}>{ draw.text(Message::SetupKey) }</span>
                <code class="secret" part="secret" translate="no" aria-labelledby={draw.id("key-label")}>
                    { totp::grouped_secret(setup.secret_base32.expose()) }
                </code>
            </div>
            { Button::new(ButtonKind::Secondary, &draw.text(Message::CopySetupKey), copy).draw(draw) }
            if draw.widget.setup_key_copied {
                <div class="notice" role="status" part="status">{ draw.text(Message::SetupKeyCopied) }</div>
            }
            { draw.paragraph(&draw.text(Message::TotpSetupEnter)) }
            { draw.notice() }
            { draw.form(|| Input::AnswerSubmitted, form) }
            if setup.signing_in { { back(draw) } } else { { cancel(draw) } }
        </>
    }
}

fn cancel(draw: &Draw<'_>) -> Html {
    let onclick = draw.link.callback(|_| Input::from(Event::BackRequested));
    Button::new(ButtonKind::Quiet, &draw.text(Message::Cancel), onclick).draw(draw)
}
