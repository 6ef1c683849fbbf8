//! What a language file must have: the keys of the English one, with its placeholders and the plural forms of its own language.

use crate::{
    language::{ENGLISH, Language, Text},
    plural,
};

/// Whether all languages are complete.
///
/// # Errors
/// One sentence on the first fault, with the file and the key.
pub fn check(languages: &[Language]) -> Result<(), String> {
    let english = languages.iter().find(|language| language.tag == ENGLISH).ok_or("there is no language file en.json")?;
    for language in languages {
        check_form(language)?;
        check_keys(language, english)?;
        for (key, text) in &language.texts {
            let Some(model) = english.text(key) else { continue };
            check_text(&language.tag, text, model).map_err(|fault| format!("{}: \"{key}\" {fault}", language.file()))?;
        }
    }
    Ok(())
}

/// What can be said of a file without the English one.
fn check_form(language: &Language) -> Result<(), String> {
    let file = language.file();
    let Some(categories) = plural::categories(&language.tag) else {
        let tag = &language.tag;
        return Err(format!("{file}: the plural categories of {tag} are not known; add them to src/i18n/plural.rs"));
    };
    for (index, (key, text)) in language.texts.iter().enumerate() {
        let at = |fault: &str| format!("{file}: \"{key}\" {fault}");
        if !is_key(key) {
            return Err(at("is not a key: small letters, digits, - and _, in parts that a full stop joins"));
        }
        if language.texts[..index].iter().any(|(other, _)| other == key) {
            return Err(at("stands there twice"));
        }
        let base = key.strip_suffix(".phone").or_else(|| key.strip_suffix(".username"));
        if base.is_some_and(|base| language.text(base).is_none()) {
            return Err(at("is the variant of a key that is not there"));
        }
        let Text::Plural(forms) = text else { continue };
        for (index, (category, _)) in forms.iter().enumerate() {
            if !categories.contains(&category.as_str()) {
                return Err(at(&format!("has the plural category \"{category}\", which the language has not")));
            }
            if forms[..index].iter().any(|(other, _)| other == category) {
                return Err(at(&format!("has the plural category \"{category}\" twice")));
            }
        }
        if let Some(missing) = categories.iter().find(|category| forms.iter().all(|(form, _)| form != *category)) {
            return Err(at(&format!("has no text for the plural category \"{missing}\"")));
        }
    }
    Ok(())
}

fn check_keys(language: &Language, english: &Language) -> Result<(), String> {
    let file = language.file();
    if let Some((key, _)) = english.texts.iter().find(|(key, _)| language.text(key).is_none()) {
        return Err(format!("{file}: \"{key}\" is missing; en.json has it"));
    }
    match language.texts.iter().find(|(key, _)| english.text(key).is_none()) {
        Some((key, _)) => Err(format!("{file}: \"{key}\" is not among the keys of en.json")),
        None => Ok(()),
    }
}

fn check_text(tag: &str, text: &Text, model: &Text) -> Result<(), String> {
    match (text, model) {
        (Text::Plain(text), Text::Plain(model)) => check_words(text, &placeholders(model)?, false),
        (Text::Plural(forms), Text::Plural(model)) => {
            let Some((_, other)) = model.iter().find(|(category, _)| category == "other") else {
                return Err("has no text for the plural category \"other\" in en.json".to_owned());
            };
            let wanted = placeholders(other)?;
            forms.iter().try_for_each(|(category, text)| check_words(text, &wanted, is_one_number(tag, category)))
        }
        (Text::Plain(_), Text::Plural(_)) => Err("is one text; en.json has one for each plural category".to_owned()),
        (Text::Plural(_), Text::Plain(_)) => Err("has plural forms; en.json has one text".to_owned()),
    }
}

/// Whether the category stands for one number alone, which the text may then say in a word.
fn is_one_number(tag: &str, category: &str) -> bool {
    match category {
        "zero" | "two" => true,
        // Nought is `one` there.
        "one" => !matches!(tag, "fr" | "pt-BR"),
        _ => false,
    }
}

fn check_words(text: &str, wanted: &[&str], may_omit: bool) -> Result<(), String> {
    if text.is_empty() || text.trim() != text {
        return Err("is empty, or has a space at one of its ends".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("has a line break or another control character".to_owned());
    }
    let found = placeholders(text)?;
    if let Some(missing) = wanted.iter().find(|name| !may_omit && !found.contains(name)) {
        return Err(format!("has no placeholder {{{missing}}}; the English text has it"));
    }
    match found.iter().find(|name| !wanted.contains(name)) {
        Some(surplus) => Err(format!("has the placeholder {{{surplus}}}, which the English text has not")),
        None => Ok(()),
    }
}

/// The names between braces, in their order.
pub fn placeholders(text: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut parts = text.split('{');
    let mut stray = parts.next().is_some_and(|before| before.contains('}'));
    for part in parts {
        let (name, after) = part.split_once('}').unwrap_or_default();
        stray |= name.is_empty() || after.contains('}') || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        names.push(name);
    }
    if stray { Err("has a brace that belongs to no placeholder such as {seconds}".to_owned()) } else { Ok(names) }
}

fn is_key(key: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_')
    };
    key.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str =
        r#"{ "a.heading": "Hello", "a.sent-to": "To {destination}.", "a.in": { "one": "{n} day", "other": "{n} days" } }"#;
    const JA: &str = r#"{ "a.heading": "こんにちは", "a.sent-to": "{destination} へ", "a.in": { "other": "{n} 日" } }"#;

    fn problem(tag: &str, json: &str) -> String {
        let english = Language::parse(ENGLISH, EN).unwrap();
        let other = match Language::parse(tag, json) {
            Ok(language) => language,
            Err(problem) => return problem,
        };
        check(&[english, other]).expect_err(json)
    }

    /// The problem of the Japanese file when a part of it is replaced.
    fn with(from: &str, to: &str) -> String {
        assert!(JA.contains(from), "{from}");
        let problem = problem("ja", &JA.replace(from, to));
        assert!(problem.starts_with("src/i18n/texts/ja.json: "), "{problem}");
        problem
    }

    #[test]
    fn a_complete_language_passes() {
        let languages = [Language::parse(ENGLISH, EN).unwrap(), Language::parse("ja", JA).unwrap()];
        assert_eq!(check(&languages), Ok(()));
    }

    #[test]
    fn a_missing_and_a_surplus_key_are_named() {
        assert!(with(r#""a.heading": "こんにちは","#, "").ends_with("\"a.heading\" is missing; en.json has it"));
        assert!(with("a.heading", "a.heading2").contains("\"a.heading\" is missing"));
        assert!(with("{ \"a.h", "{ \"b\": \"x\", \"a.h").contains("\"b\" is not among the keys of en.json"));
    }

    #[test]
    fn a_key_that_stands_there_twice_is_named() {
        assert!(with("{ \"a.h", "{ \"a.heading\": \"x\", \"a.h").contains("\"a.heading\" stands there twice"));
        assert!(with("\"other\"", "\"other\": \"{n}\", \"other\"").contains("\"a.in\" has the plural category \"other\" twice"));
    }

    #[test]
    fn a_missing_and_a_surplus_placeholder_are_named() {
        assert!(with("{destination} へ", "へ").contains("\"a.sent-to\" has no placeholder {destination}"));
        assert!(with("こんにちは", "{name}").contains("\"a.heading\" has the placeholder {name}, which"));
        assert!(with("{n} 日", "日").contains("\"a.in\" has no placeholder {n}"));
        assert!(with("{destination}", "{destination").contains("has a brace that belongs to no placeholder"));
        assert!(with("{destination}", "{destination}}").contains("has a brace that belongs to no placeholder"));
    }

    #[test]
    fn the_plural_categories_are_those_of_the_language() {
        assert!(with("\"other\"", "\"one\"").contains("\"a.in\" has the plural category \"one\", which the language has not"));
        assert!(problem("ko", &JA.replace("\"other\": \"{n} 日\"", "")).contains("no text for the plural category \"other\""));
        assert!(problem("de", JA).contains("\"a.in\" has no text for the plural category \"one\""));
        assert!(problem("tlh", JA).contains("the plural categories of tlh are not known"));
        assert!(with("{ \"other\": \"{n} 日\" }", "\"日\"").contains("\"a.in\" is one text"));
        assert!(with("\"こんにちは\"", "{ \"other\": \"x\" }").contains("\"a.heading\" has plural forms"));
    }

    #[test]
    fn a_form_that_stands_for_one_number_may_say_it_in_a_word() {
        let languages = |tag, one| {
            let json = JA.replace("{ \"other\"", &format!("{{ \"many\": \"{{n}}\", \"one\": \"{one}\", \"other\""));
            [Language::parse(ENGLISH, EN).unwrap(), Language::parse(tag, &json).unwrap()]
        };
        assert_eq!(check(&languages("it", "un giorno")), Ok(()));
        // In French that form is for nought too.
        assert!(check(&languages("fr", "un jour")).expect_err("fr").contains("no placeholder {n}"));
        assert_eq!(check(&languages("fr", "{n} jour")), Ok(()));
    }

    #[test]
    fn a_file_that_is_no_language_file_is_named() {
        assert!(with("{ \"a.h", "{ \"a.h\": 1, \"a.h").contains("invalid type: integer `1`, expected a text"));
        assert!(with("\"a.heading\"", "a.heading").contains("key must be a string at line 1"));
        assert!(with("\"a.heading\"", "\"A.heading\"").contains("\"A.heading\" is not a key"));
        assert!(with("こんにちは", "").contains("\"a.heading\" is empty"));
        assert!(with("こんにちは", "a\\nb").contains("\"a.heading\" has a line break"));
        assert!(with("a.heading", "b.name.phone").contains("\"b.name.phone\" is the variant of a key that is not there"));
    }
}
