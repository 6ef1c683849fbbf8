//! Attributes of a user as a form asks for them.

use super::{form::Answers, notice::NoticeKind, phone_number};

const PHONE_NUMBER: &str = "phone_number";

/// What was typed for each, without space at the ends, or the first thing that cannot be right, in the order of the fields.
pub(super) fn read(asked: &[String], answers: &mut Answers) -> Result<Vec<(String, String)>, NoticeKind> {
    let mut attributes = Vec::new();
    for name in asked {
        let typed = answers.take(name).unwrap_or_default();
        let value = typed.expose().trim();
        if value.is_empty() {
            return Err(NoticeKind::AttributeMissing);
        }
        let value = if name == PHONE_NUMBER { phone_number::read(value) } else { value.to_owned() };
        if name == PHONE_NUMBER && !phone_number::is_e164(&value) {
            return Err(NoticeKind::PhoneNumberInvalid);
        }
        attributes.push((name.clone(), value));
    }
    Ok(attributes)
}
