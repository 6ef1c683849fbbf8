//! Reading a table: which keys it has, what they hold, and that it has no others.

use std::ops::RangeInclusive;

use super::{
    mistakes::{Mistakes, Place},
    tree::Tree,
};

/// A table that is being read. Each look at a key makes it known; [`finish`](Self::finish) names those that nobody looked at.
pub(super) struct Fields<'a> {
    place: Place,
    entries: &'a [(String, Tree)],
    known: Vec<&'static str>,
    mistakes: &'a Mistakes,
}

impl<'a> Fields<'a> {
    /// The table at a place; one without entries where there is none, which is told.
    pub fn of(tree: &'a Tree, place: Place, mistakes: &'a Mistakes) -> Self {
        let entries = match tree {
            Tree::Table(entries) => entries.as_slice(),
            other => {
                mistakes.add(&place, takes("a table", other));
                &[]
            }
        };
        Self { place, entries, known: Vec::new(), mistakes }
    }

    /// Tells of a mistake at a key.
    pub fn wrong(&self, key: &str, what: impl AsRef<str>) {
        self.mistakes.add(&self.place.at(key), what);
    }

    pub fn mistakes(&self) -> &'a Mistakes {
        self.mistakes
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Tree> {
        self.known.push(key);
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value).filter(|value| **value != Tree::Null)
    }

    pub fn text(&mut self, key: &'static str) -> Option<&'a str> {
        match self.get(key)? {
            Tree::Text(text) => Some(text),
            other => self.mistaken(key, takes("a text", other)),
        }
    }

    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        match self.get(key)? {
            Tree::Boolean(boolean) => Some(*boolean),
            other => self.mistaken(key, takes("true or false", other)),
        }
    }

    pub fn number(&mut self, key: &'static str, bounds: RangeInclusive<u32>) -> Option<u32> {
        let (least, most) = (bounds.start(), bounds.end());
        match self.get(key)? {
            Tree::Number(number) => match u32::try_from(*number).ok().filter(|number| bounds.contains(number)) {
                Some(number) => Some(number),
                None => self.mistaken(key, format!("this takes a whole number from {least} to {most}, not {number}")),
            },
            other => self.mistaken(key, takes(&format!("a whole number from {least} to {most}"), other)),
        }
    }

    /// A text that is the name of something.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, named: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        match named.iter().find(|(name, _)| *name == text) {
            Some((_, value)) => Some(*value),
            None => self.mistaken(key, no_such(text, named)),
        }
    }

    /// A list of texts that are the names of things, none of them twice.
    pub fn many_of<T: Copy>(&mut self, key: &'static str, named: &[(&str, T)]) -> Option<Vec<T>> {
        let texts = self.texts(key)?;
        let find = |text: &&str| {
            let found = named.iter().find(|(name, _)| name == text);
            if found.is_none() {
                self.wrong(key, no_such(text, named));
            }
            found.map(|(_, value)| *value)
        };
        Some(texts.iter().filter_map(find).collect())
    }

    /// A list of texts, none of them twice.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<&'a str>> {
        let items = match self.get(key)? {
            Tree::List(items) => items,
            other => return self.mistaken(key, takes("a list of texts", other)),
        };
        let mut texts = Vec::new();
        for item in items {
            match item {
                Tree::Text(text) if texts.contains(&text.as_str()) => {
                    self.wrong(key, format!("\"{text}\" stands here twice; leave one out"));
                }
                Tree::Text(text) => texts.push(text.as_str()),
                other => self.wrong(key, takes("a list of texts", other)),
            }
        }
        Some(texts)
    }

    /// A table within this one.
    pub fn table(&mut self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.get(key)?;
        Some(Fields::of(value, self.place.at(key), self.mistakes))
    }

    /// The entries of a table whose keys are names.
    pub fn named(&mut self, key: &'static str) -> Vec<(&'a str, &'a Tree, Place)> {
        let Some(Fields { entries, place, .. }) = self.table(key) else { return Vec::new() };
        entries.iter().map(|(name, value)| (name.as_str(), value, place.at(name))).collect()
    }

    /// Tells of the keys that nobody looked at.
    pub fn finish(self) {
        for (key, _) in self.entries.iter().filter(|(key, _)| !self.known.contains(&key.as_str())) {
            let what = match nearest(key, &self.known) {
                Some(near) => format!("there is no such setting; did you mean \"{near}\"?"),
                None => format!("there is no such setting here; there are {}", self.known.join(", ")),
            };
            self.wrong(key, what);
        }
    }

    fn mistaken<T>(&self, key: &str, what: String) -> Option<T> {
        self.wrong(key, what);
        None
    }
}

/// The value is not quoted: it may be a password.
fn takes(wanted: &str, found: &Tree) -> String {
    format!("this takes {wanted}, not {}", found.kind())
}

fn no_such<T>(text: &str, named: &[(&str, T)]) -> String {
    let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    format!("there is no \"{text}\"; there are {}", names.join(", "))
}

/// The name that was probably meant.
fn nearest<'n>(key: &str, names: &[&'n str]) -> Option<&'n str> {
    let plain = |text: &str| text.replace(['-', '_'], "").to_lowercase();
    let key = plain(key);
    // Who remembers how it begins.
    let begins = |name: &&str| key.len() >= 3 && plain(name).starts_with(&key);
    if let Some(name) = names.iter().copied().find(|name| begins(name)) {
        return Some(name);
    }
    let distance = |name: &str| strsim::osa_distance(&key, &plain(name));
    let near = names.iter().copied().min_by_key(|name| distance(name))?;
    (distance(near) <= near.len() / 3).then_some(near)
}
