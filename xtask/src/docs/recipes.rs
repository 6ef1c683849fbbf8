//! An example as a page: what the README says of it, and its files.

use std::path::Path;

use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, Tag, TagEnd};

use super::document::{Document, plain, slug};
use super::highlight::escaped;
use super::links::REPOSITORY;
use super::render::Text;

/// What is no example itself.
const LEFT_OUT: [&str; 3] = ["node_modules", "dist", "package-lock.json"];

/// The files that say most come first; the rest follows by name.
const FIRST: [&str; 11] = [
    "App.tsx",
    "App.vue",
    "page.js",
    "me.js",
    "me.rs",
    "verifier.rs",
    "keys.rs",
    "secret-hash.mjs",
    "index.html",
    "server.mjs",
    "server.js",
];

/// Writes what a folder of `examples/` is about.
pub fn describe(page: &mut Text, readme: &Document, folder: &str) -> Result<()> {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let about = about(readme, folder).with_context(|| format!("README.md has no row about {folder}"))?;
    let text = format!("{}{}.", about[..1].to_uppercase(), &about[1..]);
    page.html.push_str(&format!(
        "<p>{} All of it is in <a href=\"{REPOSITORY}{folder}\"><code>{folder}</code></a>.</p>\n",
        escaped(&text)
    ));
    if let Some(entry) = page.entries.last_mut() {
        entry.text = format!("{text} {name}");
    }
    Ok(())
}

/// The row of the README's table that links to the folder, without its name.
fn about(readme: &Document, folder: &str) -> Option<String> {
    let events = &readme.events;
    let links = |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { dest_url, .. }) if &**dest_url == folder);
    let link = events.iter().position(links)?;
    let cell = link + events[link..].iter().position(|event| *event == Event::Start(Tag::TableCell))?;
    let end = cell + events[cell..].iter().position(|event| *event == Event::End(TagEnd::TableCell))?;
    Some(plain(&events[cell..end])).filter(|text| text.is_ascii() && !text.is_empty())
}

/// Writes the files of a folder, or one file.
pub fn files(page: &mut Text, root: &Path, path: &str) -> Result<()> {
    let mut files = Vec::new();
    list(root, path, &mut files)?;
    if files.is_empty() {
        bail!("{path} has no files");
    }
    files.sort_by_key(|file| (FIRST.iter().position(|first| file.ends_with(first)).unwrap_or(FIRST.len()), file.clone()));
    for file in files {
        let name = file.strip_prefix(path).unwrap_or(&file).trim_start_matches('/');
        let name = if name.is_empty() || path.ends_with("sign_in") { file.trim_start_matches("examples/") } else { name };
        let code = std::fs::read_to_string(root.join(&file)).with_context(|| file.clone())?;
        page.heading(2, &slug(&name.replace(['/', '.'], "-")), &format!("<code>{}</code>", escaped(name)), name);
        page.code(name.rsplit('.').next().unwrap_or_default(), &code);
    }
    Ok(())
}

fn list(root: &Path, path: &str, files: &mut Vec<String>) -> Result<()> {
    if root.join(path).is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(root.join(path)).with_context(|| path.to_owned())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !LEFT_OUT.contains(&name.as_str()) {
            list(root, &format!("{path}/{name}"), files)?;
        }
    }
    Ok(())
}
