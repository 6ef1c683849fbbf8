//! Settings as a tree of plain data, whatever they are written in: tables keep their order, and no key stands in one twice.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// It has no `Debug`, since passwords and secrets are in it.
#[derive(Clone, PartialEq)]
pub(crate) enum Tree {
    Null,
    Boolean(bool),
    Number(i64),
    Text(String),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
    /// A fraction, a number that is too large, or a date: no setting takes one.
    Other,
}

impl Tree {
    /// What a person calls it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Boolean(_) => "true or false",
            Self::Number(_) => "a whole number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other => "a fraction or a date",
        }
    }

    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::from).collect())
    }

    /// A table without what is absent.
    pub fn table<Key: Into<String>>(entries: impl IntoIterator<Item = (Key, Option<Self>)>) -> Self {
        Self::Table(entries.into_iter().filter_map(|(key, value)| Some((key.into(), value?))).collect())
    }

    /// Changes it as a JSON Merge Patch says (RFC 7396): `null` removes, tables are gone into, everything else takes the place of what
    /// was there.
    pub fn merge(&mut self, patch: Self) {
        let Self::Table(changes) = patch else {
            *self = patch;
            return;
        };
        if !matches!(self, Self::Table(_)) {
            *self = Self::Table(Vec::new());
        }
        let Self::Table(entries) = self else { return };
        for (key, change) in changes {
            let present = entries.iter().position(|(name, _)| *name == key);
            match (present, change) {
                (Some(at), Self::Null) => drop(entries.remove(at)),
                (None, Self::Null) => {}
                (Some(at), change) => {
                    if let Some((_, value)) = entries.get_mut(at) {
                        value.merge(change);
                    }
                }
                (None, change) => {
                    let mut value = Self::Null;
                    value.merge(change);
                    entries.push((key, value));
                }
            }
        }
    }

    /// Takes out the texts of these names, wherever they stand.
    pub fn remove_texts(&mut self, names: &[&str]) {
        match self {
            Self::Table(entries) => {
                entries.retain(|(name, value)| !(names.contains(&name.as_str()) && matches!(value, Self::Text(_))));
                entries.iter_mut().for_each(|(_, value)| value.remove_texts(names));
            }
            Self::List(items) => items.iter_mut().for_each(|item| item.remove_texts(names)),
            Self::Null | Self::Boolean(_) | Self::Number(_) | Self::Text(_) | Self::Other => {}
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Tree {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

impl From<u64> for Tree {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Self::Other, Self::Number)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Other => serializer.serialize_unit(),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Table(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyTree)
    }
}

struct AnyTree;

impl<'de> Visitor<'de> for AnyTree {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a setting")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<Tree, E> {
        Ok(Tree::Boolean(boolean))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Tree, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Tree, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut table: Vec<(String, Tree)> = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            if table.iter().any(|(name, _)| *name == key) {
                return Err(A::Error::custom(format_args!("\"{}\" stands in this table twice", terminal_line::one_line(&key))));
            }
            let value = entries.next_value()?;
            // How the parser of TOML hands over a date.
            if key.starts_with("$__toml") {
                return Ok(Tree::Other);
            }
            table.push((key, value));
        }
        Ok(Tree::Table(table))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Tree;

    fn tree(json: &str) -> Tree {
        serde_json::from_str(json).unwrap()
    }

    /// The examples of RFC 7396, appendix A, but for those with fractions.
    #[test]
    fn patches_merge_as_the_standard_says() {
        for (original, patch, result) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (r#"{"a":{"b":"c"}}"#, r#"{"a":{"b":"d","c":null}}"#, r#"{"a":{"b":"d"}}"#),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"["a","b"]"#, r#"["c","d"]"#, r#"["c","d"]"#),
            (r#"{"a":"b"}"#, r#"["c"]"#, r#"["c"]"#),
            (r#"{"a":"foo"}"#, "null", "null"),
            (r#"{"a":"foo"}"#, r#""bar""#, r#""bar""#),
            (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"e":null,"a":1}"#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ] {
            let mut merged = tree(original);
            merged.merge(tree(patch));
            assert_eq!(serde_json::to_string(&merged).unwrap(), result, "{original} {patch}");
        }
    }

    #[test]
    fn the_order_stays() {
        for text in [r#"{"b":1,"a":{"d":true,"c":["x"]}}"#, "[]", r#""x""#] {
            assert_eq!(serde_json::to_string(&tree(text)).unwrap(), text);
        }
    }

    #[test]
    fn secrets_are_taken_out_and_tables_of_their_name_are_not() {
        let mut settings = tree(r#"{"password":{"password":"x","a":1},"b":[{"password":"y"}]}"#);
        settings.remove_texts(&["password"]);
        assert_eq!(serde_json::to_string(&settings).unwrap(), r#"{"password":{"a":1},"b":[{}]}"#);
    }
}
