//! Inputs for attributes of a user.

use cognito_protocol::flow::{NoticeKind, Person};
use yew::Html;

use super::field::InputDrawing;
use crate::ui::draw::Draw;

/// The input of an attribute, by its name in the pool.
pub(super) fn attribute(draw: &Draw<'_>, name: &str) -> Html {
    let (type_, inputmode, autocomplete, autocapitalize) = match name {
        "name" => ("text", None, "name", "words"),
        "given_name" => ("text", None, "given-name", "words"),
        "family_name" => ("text", None, "family-name", "words"),
        "middle_name" => ("text", None, "additional-name", "words"),
        "nickname" => ("text", None, "nickname", "words"),
        "address" => ("text", None, "street-address", "words"),
        "email" => ("email", Some("email"), "email", "none"),
        "phone_number" => ("tel", Some("tel"), "tel", "none"),
        "birthdate" => ("date", None, "bday", "none"),
        "gender" => ("text", None, "sex", "none"),
        "locale" => ("text", None, "language", "none"),
        "picture" => ("url", Some("url"), "photo", "none"),
        "website" => ("url", Some("url"), "url", "none"),
        "profile" => ("url", Some("url"), "off", "none"),
        _ => ("text", None, "off", "none"),
    };
    let is_wrong = wrong(name).is_some_and(|kind| draw.is_told(&[kind]));
    let drawing = InputDrawing {
        name,
        label: &draw.texts().attribute(name),
        type_,
        inputmode,
        autocomplete,
        autocapitalize,
        class: "",
        aside: Html::default(),
        below: None,
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
