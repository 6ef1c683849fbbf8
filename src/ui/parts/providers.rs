//! Buttons for other providers: texts alone, since each provider's mark has rules of its own.

use cognito_protocol::flow::{Action, Person};
use yew::{Html, html};

use super::button::ButtonDrawing;
use crate::{
    i18n::Key,
    ui::{draw::Draw, layout::Look},
};

/// A button for each provider; nothing where there are none.
pub(in crate::ui) fn providers(draw: &Draw<'_>) -> Html {
    let Some(federation) = draw.config.federation.as_ref().filter(|federation| !federation.providers.is_empty()) else {
        return Html::default();
    };
    html! {
        <>
            <p class="or" part="text">{ draw.text(Key::SignInOr) }</p>
            { for (0..).zip(&federation.providers).map(|(place, name)| button(draw, place, name)) }
        </>
    }
}

fn button(draw: &Draw<'_>, place: u8, name: &str) -> Html {
    let text = draw.texts().fill(Key::SignInContinueWith, &[("provider", called(name))]).unwrap_or_default();
    let onclick = draw.input.reform(move |_| Person::Pressed(Action::ContinueWith(place)).into());
    ButtonDrawing::new(Look::Secondary, &text, onclick).draw(draw)
}

/// What people call a provider.
pub(in crate::ui) fn called(name: &str) -> &str {
    match name {
        "SignInWithApple" => "Apple",
        "LoginWithAmazon" => "Amazon",
        other => other,
    }
}
