//! Where codes can reach the person, and whether they do.

use cognito_protocol::flow::{AccountSettings, Action, Contact, ContactDetail};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Html, html};

use super::button::{ButtonDrawing, action};
use crate::{
    i18n::Key,
    shell::page,
    ui::{
        draw::{Draw, When},
        layout::{Button, Look},
    },
};

/// The words of one address or number: to change, add and verify it.
type Words = (Contact, Key, Key, Key);

const WORDS: [Words; 2] = [
    (Contact::Email, Key::AccountChangeEmail, Key::AccountAddEmail, Key::AccountVerifyEmail),
    (Contact::PhoneNumber, Key::AccountChangePhoneNumber, Key::AccountAddPhoneNumber, Key::AccountVerifyPhoneNumber),
];

/// The section.
pub(in crate::ui) fn contact_details(draw: &Draw<'_>, settings: &AccountSettings) -> Html {
    html! {
        <>
            <h3 id={draw.id("contact")} tabindex="-1" part="heading">{ draw.text(Key::AccountContact) }</h3>
            { for WORDS.iter().map(|words| detail(draw, words, settings.contact(words.0))) }
        </>
    }
}

fn detail(draw: &Draw<'_>, &(contact, change, add, verify): &Words, detail: Option<&ContactDetail>) -> Html {
    let button = |of, text| action(draw, &Button { action: of, text, look: Look::Secondary, when: When::Always });
    let (value, state) = match detail {
        Some(ContactDetail { value, is_verified: true }) => (value.as_str(), Some(Key::AccountVerified)),
        Some(ContactDetail { value, is_verified: false }) => (value.as_str(), Some(Key::AccountNotVerified)),
        None => (draw.text(Key::AccountNoValue), None),
    };
    html! {
        <>
            <div class="detail">
                <span class="label" part="label">{ draw.texts().attribute(contact.attribute()) }</span>
                <span class="state" part="text">{ for state.map(|state| draw.text(state)) }</span>
                <span class="value" part="text">{ value }</span>
            </div>
            if state == Some(Key::AccountNotVerified) {
                { button(Action::VerifyContact(contact), verify) }
            }
            { button(Action::ChangeContact(contact), if detail.is_some() { change } else { add }) }
        </>
    }
}

/// A way to that section, from where an address or number is missing.
pub(in crate::ui) fn to_contact_details(draw: &Draw<'_>) -> Html {
    let (root, selector) = (draw.root.clone(), ["#", &draw.id("contact")].concat());
    let go = move |_| {
        let heading = root.cast::<Element>().and_then(|root| root.query_selector(&selector).ok().flatten());
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
            page::focus(&heading);
        }
    };
    ButtonDrawing::new(Look::Quiet, draw.text(Key::AccountContact), go.into()).draw(draw)
}
