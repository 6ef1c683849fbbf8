//! The Rust that the texts become.

use std::fmt::Write;

use crate::language::{ENGLISH, Language, Text};

/// What stands between the key of a plural text and its category.
const CATEGORY: char = '#';

/// The enum of keys, the list of languages, and their texts.
///
/// A language is one string, a line a text: its key, a tab, its words. That is what takes the fewest bytes in WebAssembly: no table
/// of pointers, and the names are needed anyway, since pages replace texts by them. A key's number is that of its line in the
/// English texts. A plural text has a line for each of its forms, whose keys end in `#` and the category; `other` is the first.
pub fn rust(languages: &[Language]) -> String {
    let mut out = String::new();
    let mut variants = String::new();
    let mut all = String::new();
    let mut lines = 0;
    for language in languages.iter().filter(|language| language.tag == ENGLISH) {
        for (key, text) in of_screens(language) {
            let (variant, forms) = (variant(key), forms(text));
            let english = forms.first().map_or("", |(_, words)| words);
            let _ = write!(variants, "    #[doc = {:?}]\n    {variant} = {lines},\n", format!("`{key}`: {english}"));
            let _ = write!(all, "Self::{variant}, ");
            lines += forms.len();
        }
    }
    let repr = if lines > 256 { "u16" } else { "u8" };
    let tags: Vec<&str> = languages.iter().map(|language| language.tag.as_str()).collect();
    let _ = write!(
        out,
        "/// A text of the screens.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[non_exhaustive]\n#[repr({repr})]\npub enum Key \
         {{\n{variants}}}\n\nimpl Key {{\n    /// All of them.\n    pub const ALL: &[Self] = &[{all}];\n}}\n\n\
         /// The languages that there are texts in, by their tags (BCP 47); English is the first.\n\
         pub const LANGUAGES: &[&str] = &{tags:?};\n\n",
    );
    let (mut english, mut others) = (String::new(), String::new());
    for language in languages {
        let texts = of_language(language);
        if language.tag == ENGLISH {
            english = texts;
        } else {
            let _ = writeln!(others, "    ({:?}, {texts:?}),", language.tag);
        }
    }
    let _ = write!(out, "const ENGLISH: &str = {english:?};\n\nconst OTHERS: &[(&str, &str)] = &[\n{others}];\n");
    out
}

/// The texts that the screens show. A key without a screen belongs to the script, which shows it when there is no WebAssembly.
fn of_screens(language: &Language) -> impl Iterator<Item = (&str, &Text)> {
    language.texts.iter().filter(|(key, _)| key.contains('.')).map(|(key, text)| (key.as_str(), text))
}

fn of_language(language: &Language) -> String {
    let mut texts = String::new();
    for (key, text) in of_screens(language) {
        for (category, words) in forms(text) {
            let _ = match category {
                Some(category) => writeln!(texts, "{key}{CATEGORY}{category}\t{words}"),
                None => writeln!(texts, "{key}\t{words}"),
            };
        }
    }
    texts
}

/// A text's forms with their categories, `other` before the rest.
fn forms(text: &Text) -> Vec<(Option<&str>, &str)> {
    match text {
        Text::Plain(words) => vec![(None, words)],
        Text::Plural(forms) => {
            let mut forms: Vec<_> = forms.iter().map(|(category, words)| (Some(category.as_str()), words.as_str())).collect();
            forms.sort_by_key(|(category, _)| *category != Some("other"));
            forms
        }
    }
}

/// `sign-in.name.phone` to `SignInNamePhone`.
fn variant(key: &str) -> String {
    let mut name = String::new();
    for word in key.split(['.', '-', '_']) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_number_of_its_line_in_the_english_texts() {
        let json = r#"{ "load-failed": "No.", "a.in": { "one": "{n} day", "other": "{n} days" }, "a.go_on.phone": "Go on" }"#;
        let english = Language::parse(ENGLISH, json).unwrap();
        let out = rust(&[english]);
        assert!(out.contains("    AIn = 0,\n"), "{out}");
        assert!(out.contains("    AGoOnPhone = 2,\n"), "{out}");
        assert!(
            out.contains(r#"const ENGLISH: &str = "a.in#other\t{n} days\na.in#one\t{n} day\na.go_on.phone\tGo on\n";"#),
            "{out}"
        );
        assert!(out.contains(r#"LANGUAGES: &[&str] = &["en"];"#), "{out}");
    }

    #[test]
    fn what_the_script_shows_is_not_in_the_webassembly() {
        let out = rust(&[Language::parse(ENGLISH, r#"{ "load-failed": "No.", "a.b": "Yes." }"#).unwrap()]);
        assert!(!out.contains("No."), "{out}");
    }
}
