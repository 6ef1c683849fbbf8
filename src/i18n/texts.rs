//! The texts of one language, as the build step made them of `texts/*.json`, or as the page loaded them.
//!
//! English is compiled in. Another language comes as entries, [`Texts::of`]; a text that it lacks is English. What the page's author
//! wants otherwise lies on top, [`Texts::override_with`].
//!
//! What it does not do: choose the language of a page. That is for whoever can see the page.

use core::fmt;
use std::rc::Rc;

use super::plural;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// What stands between the key of a plural text and its category.
const CATEGORY: char = '#';

/// The category that every language has.
const OTHER: &str = "other";

type Entries = Rc<[(String, String)]>;

/// The texts of one language, and what replaces some of them. To clone it is cheap.
#[derive(Clone)]
pub struct Texts {
    tag: Rc<str>,
    /// The later replace the earlier; below all of them is English.
    layers: Vec<Entries>,
    plural_category: Rc<dyn Fn(f64) -> String>,
}

impl Key {
    /// The name in the language files and in a page's own texts, such as `sign-in.heading`.
    #[must_use]
    pub fn name(self) -> &'static str {
        let (name, _) = self.line();
        name.split_once(CATEGORY).map_or(name, |(name, _)| name)
    }

    /// The line of the English text: its name, with the category of a plural text, and its words.
    fn line(self) -> (&'static str, &'static str) {
        let line = ENGLISH.split('\n').nth(self as usize).unwrap_or_default();
        line.split_once('\t').unwrap_or_default()
    }
}

impl Texts {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        let plural_category = Rc::new(|number: f64| (if number == 1.0 { "one" } else { OTHER }).to_owned());
        Self { tag: "en".into(), layers: Vec::new(), plural_category }
    }

    /// Another language. An entry is a key and its text; a plural text has an entry for each of its forms, with `#` and the CLDR
    /// category behind the key, such as `common.new-code-in#other`. Unknown keys are ignored, missing ones are English.
    #[must_use]
    pub fn of(tag: &str, entries: impl Iterator<Item = (String, String)>) -> Self {
        let mut texts = Self::english();
        texts.tag = tag.into();
        texts.override_with(entries);
        texts
    }

    /// The language that is nearest to a tag (BCP 47), out of those compiled into the program; `None` where there is none. A program
    /// that calls this has all languages in it, with their plural rules.
    #[must_use]
    pub fn compiled(tag: &str) -> Option<Self> {
        let tag = nearest(tag)?;
        if tag == LANGUAGES[0] {
            return Some(Self::english());
        }
        let (_, lines) = OTHERS.iter().find(|(other, _)| *other == tag)?;
        let entries = lines.lines().filter_map(|line| line.split_once('\t'));
        let texts = Self::of(tag, entries.map(|(key, text)| (key.to_owned(), text.to_owned())));
        Some(texts.with_plural_rules(Rc::new(move |number| plural::category(tag, number.abs() as u64).to_owned())))
    }

    /// Replaces single texts; the entries are those of [`Texts::of`], where a plural text may also be one for all of its forms.
    pub fn override_with(&mut self, entries: impl Iterator<Item = (String, String)>) {
        let layer: Entries = entries.collect();
        if !layer.is_empty() {
            self.layers.push(layer);
        }
    }

    /// The plural rules of the language: the CLDR category for a number. Those of English hold otherwise.
    #[must_use]
    pub fn with_plural_rules(mut self, category: Rc<dyn Fn(f64) -> String>) -> Self {
        self.plural_category = category;
        self
    }

    /// The language, for `lang` attributes.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The direction that the language is written in, for `dir` attributes.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if &*self.tag == "ar" { "rtl" } else { "ltr" }
    }

    /// A text.
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        let (name, english) = key.line();
        self.replaced(&[name]).unwrap_or(english)
    }

    /// A text with its placeholders replaced; `None` where it has one that is not among the values.
    #[must_use]
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> Option<String> {
        fill(self.get(key), values)
    }

    /// A text that depends on a number, which stands in it for the placeholder of that name.
    #[must_use]
    pub fn count(&self, key: Key, placeholder: &str, number: i64) -> String {
        let name = key.name();
        let category = (self.plural_category)(number as f64);
        let exact = [name, "#", &category].concat();
        let any = [name, "#", OTHER].concat();
        let text = self.replaced(&[&exact, &any, name]).or_else(|| english(&exact)).unwrap_or_else(|| self.get(key));
        let number = number.to_string();
        fill(text, &[(placeholder, &number)]).unwrap_or_else(|| text.to_owned())
    }

    /// The text of a key that is known by its name alone, such as `notice.wrong_code`.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&str> {
        let english = english(name)?;
        Some(self.replaced(&[name]).unwrap_or(english))
    }

    /// The label of a user's attribute, by its name in the pool. One that has none is called by the name itself, without `custom:`.
    #[must_use]
    pub fn attribute(&self, name: &str) -> String {
        let key = ["attribute.", name].concat();
        if let Some(text) = self.replaced(&[&key]).or_else(|| english(&key)) {
            return text.to_owned();
        }
        let words = name.strip_prefix("custom:").unwrap_or(name).replace(['_', '-'], " ");
        let mut letters = words.chars();
        let first: String = letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().collect();
        first + letters.as_str()
    }

    /// What replaces the English text of the first of these names that the uppermost layer has.
    fn replaced(&self, names: &[&str]) -> Option<&str> {
        self.layers.iter().rev().find_map(|layer| {
            names.iter().find_map(|wanted| layer.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str()))
        })
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::english()
    }
}

/// The rules are the language's, so its tag says all about them.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag && self.layers == other.layers
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("tag", &self.tag).finish_non_exhaustive()
    }
}

fn english(name: &str) -> Option<&'static str> {
    ENGLISH.split('\n').filter_map(|line| line.split_once('\t')).find(|(other, _)| *other == name).map(|(_, text)| text)
}

/// `{name}` becomes its value; braces around anything else stay.
fn fill(text: &str, values: &[(&str, &str)]) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') => {
                let (_, value) = values.iter().find(|(other, _)| *other == name)?;
                filled.push_str(value);
                rest = after;
            }
            _ => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    Some(filled)
}

/// The language of ours for a tag: the tag itself, else without its last subtags, else one that begins alike. Chinese of Taiwan, Hong
/// Kong and Macau is written in traditional characters.
fn nearest(tag: &str) -> Option<&'static str> {
    let known = |wanted: &str| LANGUAGES.iter().copied().find(|known| known.eq_ignore_ascii_case(wanted));
    let mut subtags = tag.split(['-', '_']);
    let is_traditional = |region: &str| ["TW", "HK", "MO"].iter().any(|known| known.eq_ignore_ascii_case(region));
    let is_chinese = subtags.next().is_some_and(|language| language.eq_ignore_ascii_case("zh"));
    let mut parent = if is_chinese && subtags.next().is_some_and(is_traditional) { "zh-Hant" } else { tag };
    loop {
        if let Some(found) = known(parent) {
            return Some(found);
        }
        match parent.rsplit_once(['-', '_']) {
            Some((shorter, _)) => parent = shorter,
            None => break,
        }
    }
    let primary = |tag: &'static str| tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(parent));
    LANGUAGES.iter().copied().find(|known| primary(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(entries: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
        entries.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn every_key_has_a_name_and_a_text_that_are_its_own() {
        let english = Texts::english();
        for (index, key) in Key::ALL.iter().enumerate() {
            assert!(!english.get(*key).is_empty(), "{key:?}");
            assert!(Key::ALL[..index].iter().all(|other| other.name() != key.name()), "{key:?}");
        }
        assert_eq!(Key::SignInNamePhone.name(), "sign-in.name.phone");
        assert_eq!(english.get(Key::SignInNamePhone), "Phone number");
        assert_eq!(Key::CommonNewCodeIn.name(), "common.new-code-in");
        assert_eq!(english.get(Key::NoticeAuthenticatorOff), "Your authenticator app is turned off.");
    }

    #[test]
    fn placeholders_are_filled_and_a_missing_value_is_told() {
        let english = Texts::english();
        let filled = english.fill(Key::CommonCodeSentTo, &[("destination", "m***@e***")]);
        assert_eq!(filled.as_deref(), Some("We sent a verification code to m***@e***."));
        assert_eq!(english.fill(Key::CommonCodeSentTo, &[]), None);
        assert_eq!(fill("{} {A} {a", &[]).as_deref(), None);
        assert_eq!(fill("{A} {a", &[]).as_deref(), Some("{A} {a"));
        assert_eq!(fill("{a}{a}{b c}", &[("a", "{b}")]).as_deref(), Some("{b}{b}{b c}"));
    }

    #[test]
    fn a_number_chooses_the_plural_form() {
        let count = |texts: &Texts, number| texts.count(Key::CommonNewCodeIn, "seconds", number);
        assert_eq!(count(&Texts::english(), 1), "You can ask for another code in 1 second.");
        assert_eq!(count(&Texts::english(), 2), "You can ask for another code in 2 seconds.");
        let japanese = Texts::compiled("ja").unwrap();
        assert_eq!(count(&japanese, 1), "あと 1 秒で新しいコードを送信できます。");
        let forms = [("common.new-code-in#few", "{seconds} sekundy"), ("common.new-code-in#other", "{seconds} sekund")];
        let rules = Rc::new(|number| (if number < 5.0 { "few" } else { "many" }).to_owned());
        let czech = Texts::of("cs", entries(&forms)).with_plural_rules(rules);
        assert_eq!((count(&czech, 2), count(&czech, 5)), ("2 sekundy".to_owned(), "5 sekund".to_owned()));
    }

    #[test]
    fn another_languages_missing_texts_are_english_and_its_unknown_ones_ignored() {
        let german = Texts::of("de", entries(&[("sign-in.heading", "Anmelden"), ("sign-in.colour", "blau")]));
        assert_eq!(german.tag(), "de");
        assert_eq!(german.get(Key::SignInHeading), "Anmelden");
        assert_eq!(german.get(Key::SignInSubmit), "Sign in");
        assert_eq!(german.by_name("sign-in.heading"), Some("Anmelden"));
        assert_eq!(german.by_name("sign-in.colour"), None);
        assert_eq!(german.count(Key::CommonNewCodeIn, "seconds", 1), "You can ask for another code in 1 second.");
    }

    #[test]
    fn the_pages_own_texts_lie_on_top() {
        let mut texts = Texts::compiled("ja-JP").unwrap();
        let before = texts.clone();
        texts.override_with(entries(&[("sign-in.heading", "ようこそ"), ("common.new-code-in", "{seconds}…")]));
        assert_eq!(texts.get(Key::SignInHeading), "ようこそ");
        assert_eq!(texts.get(Key::SignInSubmit), "サインイン");
        // One text for all forms, whatever forms lie below it.
        assert_eq!(texts.count(Key::CommonNewCodeIn, "seconds", 1), "1…");
        assert_ne!(texts, before);
        assert_eq!(texts, texts.clone());
        assert_ne!(Texts::english(), before);
    }

    #[test]
    fn an_attribute_has_its_label_in_the_language_or_the_pages_words_or_its_name() {
        let mut texts = Texts::compiled("ja").unwrap();
        assert_eq!(texts.attribute("nickname"), "ニックネーム");
        assert_eq!(texts.attribute("custom:favourite_team-name"), "Favourite team name");
        texts.override_with(entries(&[("attribute.custom:team", "チーム"), ("attribute.nickname", "愛称")]));
        assert_eq!((texts.attribute("custom:team"), texts.attribute("nickname")), ("チーム".to_owned(), "愛称".to_owned()));
    }

    #[test]
    fn the_nearest_language_is_found() {
        let tag = |wanted: &str| Texts::compiled(wanted).map(|texts| texts.tag().to_owned());
        let ours =
            [("ja", "ja"), ("JA-jp", "ja"), ("ja_JP", "ja"), ("en-GB", "en"), ("en-Latn-GB-oxendict", "en"), ("pt-PT", "pt-BR")];
        let traditional = ["zh-TW", "zh_hk", "zh-MO", "zh-Hant-HK", "ZH-hant"].map(|tag| (tag, "zh-Hant"));
        let simplified = ["zh", "zh-CN", "zh-SG", "zh-Hans-TW"].map(|tag| (tag, "zh-Hans"));
        for (wanted, found) in ours.into_iter().chain(traditional).chain(simplified) {
            assert_eq!(tag(wanted).as_deref(), Some(found), "{wanted}");
        }
        for wanted in ["jav", "sv", "", "x-ja"] {
            assert_eq!(tag(wanted), None, "{wanted}");
        }
    }
}
