//! In which language to speak to a person.

use crate::event::Texts;

/// `locale` of the client's metadata (the page that the person looks at), else of the user's attributes; empty where neither
/// says. A BCP 47 tag, possibly with `_` for `-`.
pub(crate) fn locale<'a>(client_metadata: &'a Texts, user_attributes: &'a Texts) -> &'a str {
    let said = |texts: &'a Texts| texts.get("locale").map(|locale| locale.trim()).filter(|locale| !locale.is_empty());
    said(client_metadata).or_else(|| said(user_attributes)).unwrap_or_default()
}

/// The tag and its prefixes in lower case, the longest first: `zh-Hant-TW` → `zh-hant-tw`, `zh-hant`, `zh`.
pub(crate) fn candidates(locale: &str) -> Vec<String> {
    // No tag is longer; what is longer is not worth cutting up.
    let tag: String = locale.chars().take(35).collect::<String>().to_ascii_lowercase().replace('_', "-");
    let ends = tag.match_indices('-').map(|(end, _)| end).chain([tag.len()]);
    let mut candidates: Vec<String> = ends.filter_map(|end| tag.get(..end)).map(str::to_owned).collect();
    candidates.reverse();
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_decides_the_language_before_the_user_does() {
        let texts = |locale: &str| Texts::from([("locale".to_owned(), locale.to_owned())]);
        assert_eq!(locale(&Texts::new(), &Texts::new()), "");
        assert_eq!(locale(&Texts::new(), &texts("ja_JP")), "ja_JP");
        assert_eq!(locale(&texts("en-GB"), &texts("ja")), "en-GB");
        assert_eq!(locale(&texts(" "), &texts("ja")), "ja");
    }

    #[test]
    fn a_tag_is_tried_from_the_most_to_the_least_particular() {
        assert_eq!(candidates("zh_Hant-TW"), ["zh-hant-tw", "zh-hant", "zh"]);
        assert_eq!(candidates("JA"), ["ja"]);
        assert_eq!(candidates(""), [""]);
    }
}
