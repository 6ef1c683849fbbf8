//! The plural categories of the languages, for whole numbers.
//!
//! # Source
//! Unicode CLDR, "Language Plural Rules" (cardinals). Browsers have the same rules in `Intl.PluralRules`; these here are for
//! programs without one, and for the build step, which asks every language for its categories.

/// A language's categories; `None` where its rules are not known here yet.
#[must_use]
pub fn categories(tag: &str) -> Option<&'static [&'static str]> {
    match tag {
        "en" | "de" => Some(&["one", "other"]),
        "es" | "fr" | "it" | "pt-BR" => Some(&["one", "many", "other"]),
        "ja" | "ko" | "zh-Hans" | "zh-Hant" => Some(&["other"]),
        "ar" => Some(&["zero", "one", "two", "few", "many", "other"]),
        _ => None,
    }
}

/// The category of a whole number in a language; `other` in one whose rules are not known here.
#[must_use]
pub fn category(tag: &str, number: u64) -> &'static str {
    let is_millions = number != 0 && number.is_multiple_of(1_000_000);
    match (tag, number) {
        ("en" | "de" | "es" | "it", 1) | ("fr" | "pt-BR", 0 | 1) => "one",
        ("es" | "fr" | "it" | "pt-BR", _) if is_millions => "many",
        ("ar", 0) => "zero",
        ("ar", 1) => "one",
        ("ar", 2) => "two",
        ("ar", _) => match number % 100 {
            3..=10 => "few",
            11..=99 => "many",
            _ => "other",
        },
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_categories_are_those_of_cldr() {
        // What Intl.PluralRules answers for these numbers.
        const NUMBERS: [u64; 10] = [0, 1, 2, 3, 11, 100, 101, 103, 1_000_000, 1_000_001];
        let cases: [(&str, [&str; 10]); 11] = [
            ("en", ["other", "one", "other", "other", "other", "other", "other", "other", "other", "other"]),
            ("de", ["other", "one", "other", "other", "other", "other", "other", "other", "other", "other"]),
            ("es", ["other", "one", "other", "other", "other", "other", "other", "other", "many", "other"]),
            ("it", ["other", "one", "other", "other", "other", "other", "other", "other", "many", "other"]),
            ("fr", ["one", "one", "other", "other", "other", "other", "other", "other", "many", "other"]),
            ("pt-BR", ["one", "one", "other", "other", "other", "other", "other", "other", "many", "other"]),
            ("ja", ["other", "other", "other", "other", "other", "other", "other", "other", "other", "other"]),
            ("ko", ["other", "other", "other", "other", "other", "other", "other", "other", "other", "other"]),
            ("zh-Hans", ["other", "other", "other", "other", "other", "other", "other", "other", "other", "other"]),
            ("zh-Hant", ["other", "other", "other", "other", "other", "other", "other", "other", "other", "other"]),
            ("ar", ["zero", "one", "two", "few", "many", "other", "other", "few", "other", "other"]),
        ];
        for (tag, expected) in cases {
            assert_eq!(NUMBERS.map(|number| category(tag, number)), expected, "{tag}");
            let known = categories(tag).unwrap();
            assert!(expected.iter().all(|category| known.contains(category)), "{tag}");
        }
    }
}
