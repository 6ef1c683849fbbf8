//! `totp-setup`

use cognito_protocol::totp;
use yew::{Html, html};

use crate::{
    i18n::Key,
    ui::{
        draw::{Draw, When},
        input::Input,
        layout::{Button, Field, Layout, Look, Text},
        parts::{ButtonDrawing, paragraph, qr_code},
    },
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::TotpSetupScan])],
    above: Some(secret),
    fields: &[Field::CODE],
    submit: Some(Key::TotpSetupSubmit),
    buttons: &[
        Button { when: When::EnrollingToSignIn, ..Button::BACK_TO_SIGN_IN },
        Button { when: When::EnrollingInAccount, ..Button::CANCEL },
    ],
    ..Layout::headed(Key::TotpSetupHeading)
};

/// The QR code, and the key for those who cannot scan it.
fn secret(draw: &Draw<'_>) -> Html {
    let Some(setup) = draw.totp_setup() else { return Html::default() };
    let copy = draw.input.reform(|_| Input::SetupKeyCopyRequested);
    let label = draw.id("key-label");
    html! {
        <>
            { for qr_code(setup.key_uri.expose(), draw.text(Key::TotpSetupQrCode)) }
            <div class="field">
                <span class="label" id={label.clone()}>{ draw.text(Key::TotpSetupSetupKey) }</span>
                <code class="secret" part="secret" translate="no" aria-labelledby={label}>
                    { totp::grouped_secret(setup.secret_base32.expose()) }
                </code>
            </div>
            { ButtonDrawing::new(Look::Secondary, draw.text(Key::TotpSetupCopySetupKey), copy).draw(draw) }
            if draw.setup_key_copied {
                <div class="notice" role="status" part="status">{ draw.text(Key::TotpSetupSetupKeyCopied) }</div>
            }
            { paragraph(draw.text(Key::TotpSetupEnter)) }
        </>
    }
}
