//! A Markdown file of the repository: its headings with the anchors that GitHub gives them, and its parts.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::pages::Part;

/// A file as what it is made of.
#[derive(Debug)]
pub struct Document {
    /// From the root of the repository.
    pub file: String,
    /// All of it.
    pub events: Vec<Event<'static>>,
    /// In order.
    pub headings: Vec<Heading>,
}

/// A heading of a file.
#[derive(Debug)]
pub struct Heading {
    /// From 1.
    pub level: u8,
    /// What it says.
    pub text: String,
    /// What stands behind `#` in a link to it.
    pub anchor: String,
    /// From its beginning to what follows it, among the events.
    pub range: Range<usize>,
}

/// A part of a file.
#[derive(Debug)]
pub struct Slice {
    /// Among the events.
    pub range: Range<usize>,
    /// The heading that it begins with, by its place among the headings.
    pub first: usize,
}

impl Document {
    /// Reads a file.
    pub fn read(root: &Path, file: &str) -> Result<Self> {
        let text = std::fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
        Ok(Self::parse(file, &text))
    }

    /// The same of a text.
    pub fn parse(file: &str, text: &str) -> Self {
        let events: Vec<Event<'static>> = Parser::new_ext(text, Options::ENABLE_TABLES).map(Event::into_static).collect();
        let mut headings = Vec::new();
        let mut seen = HashMap::new();
        for (start, event) in events.iter().enumerate() {
            let Event::Start(Tag::Heading { level, .. }) = event else { continue };
            let end = start + events[start..].iter().position(is_end_of_heading).unwrap_or_default();
            let text = plain(&events[start..end]);
            let anchor = anchor(&text, &mut seen);
            headings.push(Heading { level: number(*level), text, anchor, range: start..end + 1 });
        }
        Self { file: file.to_owned(), events, headings }
    }

    /// Where a part of it lies.
    pub fn slice(&self, part: &Part) -> Result<Slice> {
        let (title, is_opening) = match *part {
            Part::Whole(_) => return Ok(Slice { range: 0..self.events.len(), first: 0 }),
            Part::Section(_, title) | Part::Prose(_, title) => (title, false),
            Part::Opening(_, title) => (title, true),
        };
        let first = self.headings.iter().position(|heading| heading.text == title);
        let first = first.with_context(|| format!("{} has no heading {title:?}", self.file))?;
        let level = self.headings[first].level;
        let next = self.headings[first + 1..].iter().find(|heading| is_opening || heading.level <= level);
        let end = next.map_or(self.events.len(), |heading| heading.range.start);
        Ok(Slice { range: self.headings[first].range.start..end, first })
    }
}

/// The text of events, without what marks it up.
pub fn plain(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => text.push(' '),
            _ => {}
        }
    }
    text
}

fn is_end_of_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Heading(_)))
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// As GitHub makes it: lower case, no punctuation, and a number where the same has been there before.
fn anchor(text: &str, seen: &mut HashMap<String, usize>) -> String {
    let anchor = slug(text);
    let count = seen.entry(anchor.clone()).or_default();
    *count += 1;
    if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
}

/// A text as a fragment of an address.
pub fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|char| char.is_alphanumeric() || [' ', '-', '_'].contains(char));
    kept.flat_map(char::to_lowercase).map(|char| if char == ' ' { '-' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# One\n\n## A `b` & c: *d*\n\nfirst\n\n### Below\n\nsecond\n\n## Below\n\nthird\n";

    #[test]
    fn anchors_are_those_of_github() {
        let document = Document::parse("x.md", TEXT);
        let anchors: Vec<&str> = document.headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["one", "a-b--c-d", "below", "below-1"]);
    }

    #[test]
    fn a_section_ends_before_the_next_of_its_level_and_an_opening_before_any_heading() {
        let document = Document::parse("x.md", TEXT);
        let text = |part| plain(&document.events[document.slice(&part).unwrap().range]);
        assert_eq!(text(Part::Section("x.md", "A b & c: d")), "A b & c: dfirstBelowsecond");
        assert_eq!(text(Part::Opening("x.md", "A b & c: d")), "A b & c: dfirst");
        assert_eq!(text(Part::Whole("x.md")), "OneA b & c: dfirstBelowsecondBelowthird");
        assert!(document.slice(&Part::Section("x.md", "Two")).is_err());
    }
}
