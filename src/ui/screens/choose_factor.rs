//! `choose-factor`

use cognito_protocol::flow::{Action, Details, FirstFactor};
use yew::{Html, html};

use crate::{
    i18n::Key,
    ui::{
        draw::{Draw, When},
        layout::{Button, Layout, Look},
        parts::action,
    },
};

/// The ways stand below the notice, as all does that a person presses next, and above the way back.
pub(super) static LAYOUT: Layout = Layout { below: Some(ways), ..Layout::headed(Key::ChooseFactorHeading) };

/// A button for each way to sign in, and the one that leads back.
fn ways(draw: &Draw<'_>) -> Html {
    let Details::FirstFactors(factors) = &draw.view.details else { return Html::default() };
    html! {
        <>
            { for factors.iter().map(|factor| action(draw, &way(*factor))) }
            { action(draw, &Button::BACK_TO_SIGN_IN) }
        </>
    }
}

fn way(factor: FirstFactor) -> Button {
    let text = match factor {
        FirstFactor::PasswordSrp | FirstFactor::Password => Key::ChooseFactorPassword,
        FirstFactor::EmailOtp => Key::ChooseFactorEmail,
        FirstFactor::SmsOtp => Key::ChooseFactorSms,
        FirstFactor::WebAuthn => Key::ChooseFactorPasskey,
    };
    Button { action: Action::SignInBy(factor), text, look: Look::Secondary, when: When::Always }
}
