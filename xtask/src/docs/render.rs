//! A page's text as HTML, with what the search and the list of its sections need of it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use anyhow::{Result, bail};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd, html};

use super::document::{Document, plain, slug};
use super::highlight::{escaped, highlight};
use super::links::Links;

/// A part of a file on a page.
#[derive(Debug)]
pub struct Chunk<'a> {
    /// The file.
    pub document: &'a Document,
    /// What of it.
    pub range: Range<usize>,
    /// How much lower its headings are on the page.
    pub lower_by: i8,
    /// Headings by where they begin among the events, with their ids on the page.
    pub ids: HashMap<usize, String>,
    /// Whether generated tables stay away.
    pub is_prose: bool,
}

/// What the search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// On its page; empty for the page itself.
    pub id: String,
    /// The section's heading, or the name that a row of a table is about.
    pub title: String,
    /// What stands there.
    pub text: String,
}

/// A page's text.
#[derive(Debug)]
pub struct Text {
    /// As HTML.
    pub html: String,
    /// For the search.
    pub entries: Vec<Entry>,
    /// Headings: level, id, text.
    pub sections: Vec<(u8, String, String)>,
}

impl Text {
    /// An empty page of that title.
    pub fn titled(title: &str) -> Self {
        let entry = Entry { id: String::new(), title: title.to_owned(), text: String::new() };
        Self { html: String::new(), entries: vec![entry], sections: Vec::new() }
    }

    /// Adds a heading below which more is written.
    pub fn heading(&mut self, level: u8, id: &str, html: &str, text: &str) {
        self.html.push_str(&format!("<h{level} id=\"{id}\"><a href=\"#{id}\">{html}</a></h{level}>\n"));
        self.sections.push((level, id.to_owned(), text.to_owned()));
        self.entries.push(Entry { id: id.to_owned(), title: text.to_owned(), text: String::new() });
    }

    /// Adds code.
    pub fn code(&mut self, language: &str, code: &str) {
        self.html.push_str(&code_block(language, code));
    }

    /// Adds a chunk.
    pub fn chunk(&mut self, chunk: &Chunk<'_>, links: &Links<'_>) -> Result<()> {
        let taken = chunk.ids.values().cloned().collect();
        let mut writer = Writer { text: self, chunk, links, taken, is_before_open: false };
        writer.blocks()
    }
}

/// Code with what copies it, which a script shows.
fn code_block(language: &str, code: &str) -> String {
    format!(
        "<div class=\"code\"><pre tabindex=\"0\"><code>{}</code></pre>\
         <button type=\"button\" class=\"copy\" hidden>Copy</button></div>\n",
        highlight(language, code.trim_end())
    )
}

struct Writer<'a, 'b> {
    text: &'a mut Text,
    chunk: &'a Chunk<'a>,
    links: &'a Links<'b>,
    taken: HashSet<String>,
    /// Whether code that is compared waits for its other half.
    is_before_open: bool,
}

impl Writer<'_, '_> {
    fn blocks(&mut self) -> Result<()> {
        let chunk = self.chunk;
        let events = &chunk.document.events;
        let mut plain_blocks = Vec::new();
        let mut at = chunk.range.start;
        while at < chunk.range.end {
            let end = |is_end: fn(&TagEnd) -> bool| {
                let found = events[at..].iter().position(|event| matches!(event, Event::End(tag) if is_end(tag)));
                at + found.unwrap_or_default()
            };
            match &events[at] {
                Event::Start(Tag::Heading { level, .. }) => {
                    self.flush(&mut plain_blocks);
                    let end = end(|tag| matches!(tag, TagEnd::Heading(_)));
                    let level = (*level as u8).saturating_add_signed(chunk.lower_by);
                    let inner = self.inline(&events[at + 1..end])?;
                    self.text.heading(level, &chunk.ids[&at], &inner, &plain(&events[at..end]));
                    at = end + 1;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = end(|tag| *tag == TagEnd::CodeBlock);
                    let html = self.code(kind, &plain(&events[at..end]));
                    plain_blocks.push(Event::Html(html.into()));
                    at = end + 1;
                }
                Event::Start(Tag::Table(_)) => {
                    let end = end(|tag| *tag == TagEnd::Table);
                    let table = self.table(&events[at + 1..end])?;
                    plain_blocks.push(Event::Html(table.into()));
                    at = end + 1;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let mut block_end = end(|tag| *tag == TagEnd::HtmlBlock);
                    let comment = html_of(&events[at..block_end]);
                    if !comment.starts_with("<!--") {
                        bail!("{} has HTML: {comment}", chunk.document.file);
                    }
                    if chunk.is_prose && comment.contains("generated:") {
                        while !html_of(&events[block_end..block_end + 1]).contains("end of generated") {
                            block_end += 1;
                        }
                    }
                    at = block_end + 1;
                }
                event => {
                    if let Some(entry) = self.text.entries.last_mut() {
                        entry.text.push_str(&plain(std::slice::from_ref(event)));
                        if matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item)) {
                            entry.text.push(' ');
                        }
                    }
                    plain_blocks.extend(self.inline_event(event)?);
                    at += 1;
                }
            }
        }
        self.flush(&mut plain_blocks);
        if self.is_before_open {
            bail!("{} has code `before=` without code `after=`", chunk.document.file);
        }
        Ok(())
    }

    fn flush(&mut self, blocks: &mut Vec<Event<'static>>) {
        html::push_html(&mut self.text.html, blocks.drain(..));
    }

    fn inline(&self, events: &[Event<'static>]) -> Result<String> {
        let mut kept = Vec::new();
        for event in events {
            kept.extend(self.inline_event(event)?);
        }
        let mut result = String::new();
        html::push_html(&mut result, kept.into_iter());
        Ok(result)
    }

    /// An event as it is on the page: links lead to pages, comments are gone.
    fn inline_event(&self, event: &Event<'static>) -> Result<Option<Event<'static>>> {
        let file = &self.chunk.document.file;
        Ok(match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.links.resolve(file, dest_url)?.into();
                Some(Event::Start(Tag::Link { link_type: *link_type, dest_url, title: title.clone(), id: id.clone() }))
            }
            Event::Start(Tag::Image { dest_url, .. }) => bail!("{file} has an image, {dest_url}, which is not laid out"),
            Event::InlineHtml(html) if html.starts_with("<!--") => None,
            Event::InlineHtml(html) if &**html != "<br>" => bail!("{file} has HTML: {html}"),
            event => Some(event.clone()),
        })
    }

    /// Code; where it says so, beside other code that it is compared with.
    fn code(&mut self, kind: &CodeBlockKind<'_>, code: &str) -> String {
        let info = match kind {
            CodeBlockKind::Fenced(info) => &**info,
            CodeBlockKind::Indented => "",
        };
        let (language, rest) = info.split_once([' ', ',']).unwrap_or((info, ""));
        // Lines that rustdoc hides.
        let is_shown = |line: &&str| language != "rust" || !(*line == "#" || line.starts_with("# "));
        let code = code.lines().filter(is_shown).collect::<Vec<_>>().join("\n");
        let block = code_block(language, &code);
        let figure = |name: &str| format!("<figure><figcaption>{}</figcaption>{block}</figure>\n", escaped(name));
        if let Some(name) = rest.strip_prefix("before=") {
            self.is_before_open = true;
            format!("<div class=\"compared\">{}", figure(name))
        } else if let Some(name) = rest.strip_prefix("after=") {
            self.is_before_open = false;
            format!("{}</div>\n", figure(name))
        } else {
            block
        }
    }

    /// A table, of whose rows those that are about one name can be linked to and found. One without rows stays away.
    fn table(&mut self, events: &[Event<'static>]) -> Result<String> {
        let rows = rows(events);
        let Some((head, rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else { return Ok(String::new()) };
        let mut html = String::from("<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><thead><tr>");
        for cell in head {
            let inner = self.inline(cell)?;
            // A heading that says nothing is none.
            html.push_str(&if inner.is_empty() { "<td></td>".to_owned() } else { format!("<th scope=\"col\">{inner}</th>") });
        }
        html.push_str("</tr></thead><tbody>\n");
        let names = head.first().map(|cell| plain(cell)).unwrap_or_default();
        for row in rows {
            let id = self.row_id(row);
            html.push_str(&match &id {
                Some(id) => format!("<tr id=\"{id}\">"),
                None => "<tr>".to_owned(),
            });
            for (column, cell) in row.iter().enumerate() {
                let mut inner = self.inline(cell)?;
                if column == 0
                    && names == "code"
                    && let Some(place) = self.trouble(&plain(cell))
                {
                    inner = format!("<a href=\"{place}\">{inner}</a>");
                }
                html.push_str(&format!("<td>{inner}</td>"));
            }
            html.push_str("</tr>\n");
            let text = row.iter().map(|cell| plain(cell)).collect::<Vec<_>>();
            match id {
                Some(id) => {
                    let entry = Entry { id, title: text[0].clone(), text: text[1..].join(" ") };
                    // Before the section that is being written.
                    let last = self.text.entries.len() - 1;
                    self.text.entries.insert(last, entry);
                }
                None => {
                    if let Some(entry) = self.text.entries.last_mut() {
                        entry.text.push_str(&format!("{} ", text.join(" ")));
                    }
                }
            }
        }
        html.push_str("</tbody></table></div>\n");
        Ok(html)
    }

    /// For a row that begins with nothing but a name in code, where nothing else has it.
    fn row_id(&mut self, row: &[&[Event<'static>]]) -> Option<String> {
        let [Event::Code(name)] = row.first()? else { return None };
        let id = slug(name);
        (!id.is_empty() && !id.contains(char::is_whitespace) && self.taken.insert(id.clone())).then_some(id)
    }

    /// Where more is said of an error, on another page.
    fn trouble(&self, code: &str) -> Option<&str> {
        const FILE: &str = "docs/troubleshooting.md";
        if self.chunk.document.file == FILE {
            return None;
        }
        self.links.places.get(&(FILE.to_owned(), code.to_owned())).map(String::as_str)
    }
}

/// A table's rows as cells, the head first.
fn rows<'a>(events: &'a [Event<'static>]) -> Vec<Vec<&'a [Event<'static>]>> {
    let mut rows: Vec<Vec<&[Event<'static>]>> = Vec::new();
    let mut begin = 0;
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => begin = at + 1,
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(&events[begin..at]);
                }
            }
            _ => {}
        }
    }
    rows
}

fn html_of(events: &[Event<'_>]) -> String {
    events.iter().filter_map(|event| if let Event::Html(html) = event { Some(&**html) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn render(text: &str, is_prose: bool) -> Result<Text> {
        let document = Document::parse("x.md", text);
        let ids = document.headings.iter().map(|heading| (heading.range.start, heading.anchor.clone())).collect();
        let place = (("docs/troubleshooting.md".to_owned(), "network".to_owned()), "troubleshooting.html#network".to_owned());
        let documents = HashMap::new();
        let links = Links { root: Path::new("."), elements: "", documents: &documents, places: HashMap::from([place]) };
        let mut page = Text::titled("Page");
        let range = 0..document.events.len();
        page.chunk(&Chunk { document: &document, range, lower_by: 1, ids, is_prose }, &links).map(|()| page)
    }

    #[test]
    fn rows_about_a_name_are_found_and_codes_lead_to_what_helps() {
        let page = render("# Codes\n\ntext\n\n| code | |\n|---|---|\n| `network` | No reply. |\n| `a` b | c |\n", false).unwrap();
        assert!(page.html.contains("<h2 id=\"codes\"><a href=\"#codes\">Codes</a></h2>"), "{}", page.html);
        assert!(
            page.html.contains("<tr id=\"network\"><td><a href=\"troubleshooting.html#network\"><code>network</code></a></td>")
        );
        assert!(page.html.contains("<th scope=\"col\">code</th><td></td>"));
        let found: Vec<_> = page.entries.iter().map(|entry| (&*entry.id, &*entry.title, entry.text.trim())).collect();
        assert_eq!(found, [("", "Page", ""), ("network", "network", "No reply."), ("codes", "Codes", "text a b c")]);
    }

    #[test]
    fn code_is_compared_side_by_side() {
        let page = render("```js before=old\na\n```\n\n```js after=new\nb\n```\n", false).unwrap();
        let (compared, end) = page.html.split_once("<figcaption>new").unwrap();
        assert!(compared.starts_with("<div class=\"compared\"><figure><figcaption>old</figcaption>"), "{compared}");
        assert!(end.ends_with("</figure>\n</div>\n"), "{end}");
        assert!(render("```js before=old\na\n```\n", false).is_err());
    }

    #[test]
    fn prose_leaves_generated_tables_to_their_own_page() {
        let text = "one\n\n<!-- generated: t -->\n\n| `a` | |\n|---|---|\n| b | c |\n\n<!-- end of generated -->\n\ntwo\n";
        assert_eq!(render(text, true).unwrap().html, "<p>one</p>\n<p>two</p>\n");
        assert!(render(text, false).unwrap().html.contains("<table>"));
    }

    #[test]
    fn what_cannot_be_laid_out_is_refused() {
        for text in ["<div>a</div>\n", "a <b>c</b>\n", "![a](b.png)\n"] {
            assert!(render(text, false).is_err(), "{text}");
        }
    }

    #[test]
    fn lines_that_rustdoc_hides_are_not_shown() {
        let page = render("```rust\n# fn main() {\nlet a = 1;\n# }\n```\n", false).unwrap();
        assert!(!page.html.contains("main") && page.html.contains("let"), "{}", page.html);
    }
}
