//! The person's passkeys.

use cognito_protocol::flow::{Action, PasskeyEntry, Person};
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use yew::{Html, html};

use super::{
    button::{ButtonDrawing, action},
    text::paragraph,
};
use crate::{
    i18n::Key,
    ui::{
        draw::{Draw, When},
        layout::{Button, Look},
    },
};

static ADD: Button =
    Button { action: Action::AddPasskey, text: Key::AccountAddPasskey, look: Look::Secondary, when: When::Always };

/// The section.
pub(in crate::ui) fn passkeys(draw: &Draw<'_>, passkeys: &[PasskeyEntry]) -> Html {
    html! {
        <>
            <h3 part="heading">{ draw.text(Key::AccountPasskeys) }</h3>
            { paragraph(draw.text(Key::AccountPasskeysText)) }
            if !passkeys.is_empty() {
                <ul class="entries" part="list" aria-label={draw.text(Key::AccountPasskeys).to_owned()}>
                    { for passkeys.iter().map(|passkey| entry(draw, passkey)) }
                </ul>
            }
            { action(draw, &ADD) }
        </>
    }
}

/// A name is text of others, and may be in any script and direction.
fn entry(draw: &Draw<'_>, passkey: &PasskeyEntry) -> Html {
    let name = if passkey.name.is_empty() { draw.text(Key::ChooseFactorPasskey) } else { &passkey.name };
    let date = passkey.added_at_millis.map(|millis| local_date(millis, draw.texts().tag()));
    let added = date.and_then(|date| draw.texts().fill(Key::AccountPasskeyAdded, &[("date", &date)]));
    let id = passkey.id;
    let onclick = draw.input.reform(move |_| Person::Pressed(Action::RemovePasskey(id)).into());
    let remove = ButtonDrawing::new(Look::Quiet, draw.text(Key::AccountRemove), onclick);
    let label = draw.texts().fill(Key::AccountRemoveNamed, &[("name", name)]);
    html! {
        <li key={id} class="detail" part="list-item">
            <span class="label" part="label"><bdi>{ name }</bdi></span>
            { remove.labelled(label).draw(draw) }
            <span class="state" part="text">{ added }</span>
        </li>
    }
}

/// The day, as people write it who speak the language of the screens.
#[allow(clippy::cast_precision_loss)]
fn local_date(millis: i64, tag: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &JsValue::from_str("dateStyle"), &JsValue::from_str("medium"));
    Date::new(&JsValue::from_f64(millis as f64)).to_locale_date_string(tag, &options).into()
}
