//! A language file, read as it was written: its keys in their order, those that stand there twice included.

use std::{fmt, fs, path::Path};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Where the language files are, one a language, named for its tag.
pub const FOLDER: &str = "src/i18n/texts";

/// The language that all others are held to.
pub const ENGLISH: &str = "en";

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Language {
    /// The BCP 47 tag.
    pub tag: String,
    /// The texts by key, in the order of the file.
    pub texts: Vec<(String, Text)>,
}

/// What one key says.
#[derive(Clone, Debug)]
pub enum Text {
    /// One text.
    Plain(String),
    /// One text for each plural category of CLDR that the language has.
    Plural(Vec<(String, String)>),
}

impl Language {
    /// The path of the file, for whoever has to mend it.
    pub fn file(&self) -> String {
        format!("{FOLDER}/{}.json", self.tag)
    }

    /// A language from the text of its file.
    pub fn parse(tag: &str, json: &str) -> Result<Self, String> {
        let mut language = Self { tag: tag.to_owned(), texts: Vec::new() };
        match serde_json::from_str(json) {
            Ok(Entries(texts)) => language.texts = texts,
            Err(error) => return Err(format!("{}: {error}", language.file())),
        }
        Ok(language)
    }

    /// What a key says.
    pub fn text(&self, key: &str) -> Option<&Text> {
        self.texts.iter().find(|(name, _)| name == key).map(|(_, text)| text)
    }
}

/// Reads every language of the package whose folder is given: English first, the others by name.
pub fn read_all(package: &Path) -> Result<Vec<Language>, String> {
    let folder = package.join(FOLDER);
    let broken = |error: std::io::Error| format!("{FOLDER}: {error}");
    let mut languages = Vec::new();
    for entry in fs::read_dir(&folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let tag = name.strip_suffix(".json").ok_or_else(|| format!("{FOLDER}/{name}: a language file is named TAG.json"))?;
        let json = fs::read_to_string(&path).map_err(|error| format!("{FOLDER}/{name}: {error}"))?;
        languages.push(Language::parse(tag, &json)?);
    }
    languages.sort_by(|a, b| (a.tag != ENGLISH, &a.tag).cmp(&(b.tag != ENGLISH, &b.tag)));
    Ok(languages)
}

/// An object as a list, because a map would hide that a key stands there twice.
struct Entries<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder(std::marker::PhantomData))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore;

        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or an object with a text for each plural category")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Plain(text.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Text, M::Error> {
                let mut forms = Vec::new();
                while let Some(form) = map.next_entry()? {
                    forms.push(form);
                }
                Ok(Text::Plural(forms))
            }
        }

        deserializer.deserialize_any(OneOrMore)
    }
}
