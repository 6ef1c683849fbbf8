//! Inputs for attributes of a user.

use cognito_protocol::flow::{NoticeKind, Person};
use yew::Html;

use super::field::InputDrawing;
use crate::ui::draw::Draw;

/// Of standard attributes: the type of their inputs, and what browsers fill in and put capital letters into.
const INPUTS: [(&str, &str, &str, &str); 14] = [
    ("name", "text", "name", "words"),
    ("given_name", "text", "given-name", "words"),
    ("family_name", "text", "family-name", "words"),
    ("middle_name", "text", "additional-name", "words"),
    ("nickname", "text", "nickname", "words"),
    ("address", "text", "street-address", "words"),
    ("email", "email", "email", "none"),
    ("phone_number", "tel", "tel", "none"),
    ("birthdate", "date", "bday", "none"),
    ("gender", "text", "sex", "none"),
    ("locale", "text", "language", "none"),
    ("picture", "url", "photo", "none"),
    ("website", "url", "url", "none"),
    ("profile", "url", "off", "none"),
];

/// The input of an attribute, by its name in the pool.
pub(super) fn attribute(draw: &Draw<'_>, name: &str) -> Html {
    let known = INPUTS.iter().find(|(attribute, ..)| *attribute == name);
    let (_, type_, autocomplete, autocapitalize) = *known.unwrap_or(&("", "text", "off", "none"));
    let inputmode = ["email", "tel", "url"].contains(&type_).then_some(type_);
    let is_missing = || draw.is_told(&[NoticeKind::AttributeMissing]) && draw.is_empty(name);
    let is_wrong = wrong(name).is_some_and(|kind| draw.is_told(&[kind])) || is_missing();
    let drawing = InputDrawing {
        name,
        label: &draw.texts().attribute(name),
        type_,
        inputmode,
        autocomplete,
        autocapitalize,
        class: "",
        pattern: None,
        aside: Html::default(),
        below: None,
        is_spare: false,
        is_wrong,
        oninput: draw.input.reform(|_| Person::Touched.into()),
    };
    drawing.draw(draw)
}

/// The notice that is about an attribute alone.
pub(in crate::ui) fn wrong(name: &str) -> Option<NoticeKind> {
    match name {
        "email" => Some(NoticeKind::EmailInvalid),
        "phone_number" => Some(NoticeKind::PhoneNumberInvalid),
        _ => None,
    }
}
