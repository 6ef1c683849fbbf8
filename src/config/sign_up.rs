//! The attributes that a sign-up asks for.

use super::{ConfigError, error};

/// The standard attributes that people can fill in, as the service names them.
const STANDARD: [&str; 16] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "website",
    "zoneinfo",
];

/// The longest name of an attribute, with what stands before it.
const MAX_NAME: usize = 32;

/// The attributes in a list of names with spaces between, each once.
pub(super) fn attributes(names: &str) -> Result<Vec<String>, ConfigError> {
    let mut attributes: Vec<String> = Vec::new();
    for name in names.split_ascii_whitespace() {
        // Quotes and the like are in no name, and would end the selector that finds the field.
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-:.".contains(&byte));
        let is_custom = name.strip_prefix("custom:").is_some_and(is_name) && name.len() <= MAX_NAME;
        if !is_custom && !STANDARD.contains(&name) {
            return Err(error(&[
                "sign-up-attributes: \"",
                name,
                "\" is neither a standard attribute that people fill in nor custom:…",
            ]));
        }
        if !attributes.iter().any(|known| known == name) {
            attributes.push(name.to_owned());
        }
    }
    Ok(attributes)
}

#[cfg(test)]
mod tests {
    use super::attributes;

    #[test]
    fn names_are_taken_once_in_their_order() {
        assert_eq!(attributes(" nickname  custom:team name nickname ").unwrap(), ["nickname", "custom:team", "name"]);
    }

    #[test]
    fn every_standard_attribute_has_a_label() {
        for name in super::STANDARD {
            let key = ["attribute.", name].concat();
            assert!(crate::i18n::Texts::english().by_name(&key).is_some(), "{key} is not in the language files");
        }
    }
}
