//! `cargo xtask docs`: the project's Markdown, its tables, examples and a playground as one static site, which `cargo xtask demo` has
//! under `/docs/`.

mod document;
mod highlight;
mod layout;
mod links;
mod pages;
mod playground;
mod recipes;
mod render;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

pub use self::layout::Around;

use self::document::Document;
use self::links::Links;
use self::pages::{Content, Page, Part};
use self::render::{Chunk, Text};
use crate::workspace::{Workspace, copy, empty_folder};
use crate::{package, site};

/// The folder of the pages' own files, in the repository. Its Markdown becomes pages, and the template is filled in.
const FILES: &str = "docs/site";

/// What of it is laid out as it is.
const COPIED: [&str; 3] = ["css", "js", "svg"];

/// What the search reads.
const INDEX: &str = "search.json";

/// Where a pool on this machine is when nobody says so.
const POOL: &str = "http://127.0.0.1:9229";

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Serve the site on this port of 127.0.0.1 as well, until Ctrl-C
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "8081")]
    serve: Option<u16>,
    /// Take the package in dist/ as it is
    #[arg(long)]
    keep_package: bool,
}

/// Builds the package and the site with it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::find()?;
    if !arguments.keep_package {
        package::build(&workspace)?;
    }
    let folder = build(&workspace)?;
    println!("The site is in {}", folder.display());
    match arguments.serve {
        Some(port) => site::serve(&folder, POOL, port),
        None => Ok(()),
    }
}

/// Lays out the site in `target/docs-site`, with the package in `dist/` and the gallery.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("docs-site");
    empty_folder(&folder)?;
    site::lay_out_gallery(workspace, &folder)?;
    site::copy_files(&workspace.dist(), &folder, &["js", "wasm"])?;
    site::copy_files(&workspace.dist().join("lang"), &folder.join("lang"), &["js"])?;
    lay_out(&workspace.root, &folder, &Around { elements: "", pool: POOL })?;
    Ok(folder)
}

/// Writes the pages, the search's index and their style sheet and scripts into a folder.
pub fn lay_out(root: &Path, folder: &Path, around: &Around<'_>) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let documents = documents(root)?;
    let places = places(&documents)?;
    let links = Links { root, elements: around.elements, documents: &documents, places };
    let mut index = Vec::new();
    for page in pages::all() {
        let text = text(page, &links, around).with_context(|| format!("the page {}", page.name))?;
        for entry in text.entries.iter().filter(|entry| !entry.title.is_empty()) {
            let anchor = if entry.id.is_empty() { String::new() } else { format!("#{}", entry.id) };
            let words: Vec<&str> = entry.text.split_whitespace().collect();
            index.push(json!({
                "url": format!("{}.html{anchor}", page.name), "title": entry.title, "page": page.title, "text": words.join(" ")
            }));
        }
        std::fs::write(folder.join(page.name).with_extension("html"), layout::page(page, &text, around))?;
    }
    std::fs::write(folder.join(INDEX), serde_json::to_string(&index)?)?;
    copy(&root.join("demo/icon.svg"), &folder.join("icon.svg"))?;
    site::copy_files(&root.join(FILES), folder, &COPIED)
}

/// All Markdown files that pages are made of, by their paths.
fn documents(root: &Path) -> Result<HashMap<&'static str, Document>> {
    let mut documents = HashMap::new();
    for part in pages::all().flat_map(parts).map(|part| part.file()).chain(["README.md"]) {
        if !documents.contains_key(part) {
            documents.insert(part, Document::read(root, part)?);
        }
    }
    Ok(documents)
}

fn parts(page: &Page) -> Vec<Part> {
    match page.content {
        Content::Markdown(parts) => parts.to_vec(),
        Content::Program(part, _) | Content::Playground(part) => vec![part],
        Content::Recipe(_) => Vec::new(),
    }
}

/// A page's parts; of the first the heading gives way to the page's title, where it is all of a file or the only part.
fn chunks<'a>(page: &Page, documents: &'a HashMap<&'static str, Document>) -> Result<Vec<(Chunk<'a>, Option<&'a str>)>> {
    let parts = parts(page);
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut chunks = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let document = documents.get(part.file()).context("a file that was not read")?;
        let slice = document.slice(part)?;
        let top = document.headings.get(slice.first).with_context(|| format!("{} has no heading", document.file))?;
        let gives_way = number == 0 && (parts.len() == 1 || matches!(part, Part::Whole(_)) || top.text == page.title);
        let mut range = slice.range.clone();
        if gives_way {
            range.start = top.range.end;
        }
        let mut ids = HashMap::new();
        for heading in document.headings.iter().filter(|heading| range.contains(&heading.range.start)) {
            let count = taken.entry(heading.anchor.clone()).or_default();
            *count += 1;
            let id = if *count == 1 { heading.anchor.clone() } else { format!("{}-of-{}", heading.anchor, number + 1) };
            ids.insert(heading.range.start, id);
        }
        let lower_by = 2 - (top.level as i8 + i8::from(gives_way));
        let is_prose = matches!(part, Part::Prose(..));
        chunks.push((Chunk { document, range, lower_by, ids, is_prose }, gives_way.then_some(top.anchor.as_str())));
    }
    Ok(chunks)
}

/// Where each file and each heading of it is on the site. What stands on two pages is the first one's.
fn places(documents: &HashMap<&'static str, Document>) -> Result<HashMap<(String, String), String>> {
    let mut places = HashMap::new();
    for page in pages::all() {
        let address = format!("{}.html", page.name);
        for (chunk, title) in chunks(page, documents)? {
            let mut add = |anchor: &str, id: &str| {
                let place = if id.is_empty() { address.clone() } else { format!("{address}#{id}") };
                places.entry((chunk.document.file.clone(), anchor.to_owned())).or_insert(place);
            };
            if let Some(anchor) = title {
                add(anchor, "");
            }
            for heading in &chunk.document.headings {
                if let Some(id) = chunk.ids.get(&heading.range.start) {
                    add(&heading.anchor, id);
                }
            }
        }
        for part in parts(page) {
            if let Part::Whole(file) = part {
                let top = documents.get(file).and_then(|document| document.headings.first());
                let place = top.and_then(|top| places.get(&(file.to_owned(), top.anchor.clone())));
                let place = place.cloned().unwrap_or_else(|| address.clone());
                places.entry((file.to_owned(), String::new())).or_insert(place);
            }
        }
    }
    Ok(places)
}

/// What stands on a page.
fn text(page: &Page, links: &Links<'_>, around: &Around<'_>) -> Result<Text> {
    let mut text = Text::titled(page.title);
    for (chunk, _) in chunks(page, links.documents)? {
        text.chunk(&chunk, links)?;
    }
    match page.content {
        Content::Markdown(_) => {}
        Content::Recipe(folder) => {
            recipes::describe(&mut text, &links.documents["README.md"], folder)?;
            recipes::files(&mut text, links.root, folder)?;
        }
        Content::Program(_, paths) => {
            for path in paths {
                recipes::files(&mut text, links.root, path)?;
            }
        }
        Content::Playground(_) => text.html.push_str(&playground::form(links.root, around.pool)?),
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::LazyLock;

    use super::*;

    /// All pages by their names, as HTML. Laid out once, since the tests run side by side.
    static PAGES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        // Each test has a thread of its own, and they run at the same time.
        let folder = std::env::temp_dir().join(format!("docs-{}", std::process::id()));
        lay_out(&root, &folder, &Around { elements: "../", pool: POOL }).unwrap();
        let pages = pages::all().map(|page| {
            let name = format!("{}.html", page.name);
            (name.clone(), std::fs::read_to_string(folder.join(name)).unwrap())
        });
        let pages = pages.collect();
        std::fs::remove_dir_all(folder).unwrap();
        pages
    });

    /// The values of an attribute.
    fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
        let begin = format!(" {attribute}=\"");
        html.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn no_page_links_to_a_page_or_a_section_that_is_not_there() {
        let pages = &*PAGES;
        for (name, html) in pages {
            let ids = values(html, "id");
            assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{name} has an id twice: {ids:?}");
            for link in values(html, "href").iter().filter(|link| !link.contains("://") && !link.starts_with("../")) {
                let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
                if [".css", ".svg"].iter().any(|end| page.ends_with(end)) {
                    continue;
                }
                let target = pages.get(if page.is_empty() { name.as_str() } else { page });
                let target = target.unwrap_or_else(|| panic!("{name} links to {link}"));
                assert!(anchor.is_empty() || values(target, "id").contains(&anchor), "{name} links to {link}");
            }
        }
    }

    #[test]
    fn nothing_is_inline_or_from_elsewhere() {
        for (name, html) in &*PAGES {
            let own = html.split("<main").next().unwrap();
            assert!(!html.contains(" style=\"") && !own.contains("<style") && !own.contains("<script>"), "{name}");
            assert!(values(html, "src").iter().all(|source| !source.contains("//")), "{name}");
        }
    }

    #[test]
    fn what_is_generated_of_the_code_stands_on_its_page() {
        let pages = &*PAGES;
        for (page, id) in [
            ("attributes.html", "remember-device"),
            ("attributes.html", "storageadapter"),
            ("methods-and-events.html", "cognito-login-challenge"),
            ("errors.html", "flow_not_allowed"),
            ("languages.html", "sign-inheading"),
            ("troubleshooting.html", "flow_not_allowed"),
        ] {
            assert!(values(&pages[page], "id").contains(&id), "{page} has no {id}");
        }
        assert!(!values(&pages["quick-start.html"], "id").contains(&"remember-device"));
    }
}
