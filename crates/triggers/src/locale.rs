//! In which language to speak to a person.

use crate::event::Texts;

/// What the page says on purpose (`locale` of the client's metadata), else what the user has set (the attribute `locale`), else
/// the language of the page (`lang` of the metadata, which the widget sends); empty where nothing says. A BCP 47 tag, possibly
/// with `_` for `-`.
pub(crate) fn locale<'a>(client_metadata: &'a Texts, user_attributes: &'a Texts) -> &'a str {
    let said = |texts: &'a Texts, name: &str| texts.get(name).map(|tag| tag.trim()).filter(|tag| !tag.is_empty());
    said(client_metadata, "locale")
        .or_else(|| said(user_attributes, "locale"))
        .or_else(|| said(client_metadata, "lang"))
        .unwrap_or_default()
}

/// Languages whose messages are built in under a longer tag, by the prefixes of the tags that mean them, the longest first. Chinese of
/// Taiwan, Hong Kong and Macau is written in traditional characters.
const LONGER: [(&str, &str); 5] =
    [("zh-tw", "zh-hant"), ("zh-hk", "zh-hant"), ("zh-mo", "zh-hant"), ("zh", "zh-hans"), ("pt", "pt-br")];

/// The tag and its prefixes in lower case, the longest first, and then what is nearest among the built-in ones: `zh-Hant-TW` →
/// `zh-hant-tw`, `zh-hant`, `zh`, `zh-hans`.
pub(crate) fn candidates(locale: &str) -> Vec<String> {
    // No tag is longer; what is longer is not worth cutting up.
    let tag: String = locale.chars().take(35).collect::<String>().to_ascii_lowercase().replace('_', "-");
    let ends = tag.match_indices('-').map(|(end, _)| end).chain([tag.len()]);
    let mut candidates: Vec<String> = ends.filter_map(|end| tag.get(..end)).map(str::to_owned).collect();
    candidates.reverse();
    let longer = LONGER.iter().find(|(prefix, _)| candidates.iter().any(|candidate| candidate == prefix));
    candidates.extend(longer.map(|(_, tag)| (*tag).to_owned()));
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_it_on_purpose_decides_the_language() {
        let texts = |name: &str, tag: &str| Texts::from([(name.to_owned(), tag.to_owned())]);
        assert_eq!(locale(&Texts::new(), &Texts::new()), "");
        assert_eq!(locale(&Texts::new(), &texts("locale", "ja_JP")), "ja_JP");
        assert_eq!(locale(&texts("locale", "en-GB"), &texts("locale", "ja")), "en-GB");
        assert_eq!(locale(&texts("locale", " "), &texts("locale", "ja")), "ja");
        assert_eq!(locale(&texts("lang", "en"), &texts("locale", "ja")), "ja");
        assert_eq!(locale(&texts("lang", "ja"), &Texts::new()), "ja");
    }

    #[test]
    fn a_tag_is_tried_from_the_most_to_the_least_particular() {
        assert_eq!(candidates("zh_Hant-TW"), ["zh-hant-tw", "zh-hant", "zh", "zh-hans"]);
        assert_eq!(candidates("zh-HK"), ["zh-hk", "zh", "zh-hant"]);
        assert_eq!(candidates("pt"), ["pt", "pt-br"]);
        assert_eq!(candidates("JA"), ["ja"]);
        assert_eq!(candidates(""), [""]);
    }
}
