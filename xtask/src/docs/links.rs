//! Where links between the repository's files lead on the site: to a page that has what they name, else to the repository. A link to
//! nothing is an error.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use super::document::Document;
use super::pages::{self, Content, GALLERY, INSTEAD};

/// A file of the repository, where the site has no page of it.
pub const REPOSITORY: &str = "https://github.com/cognito-login/cognito-login/blob/main/";

/// What the site has.
#[derive(Debug)]
pub struct Links<'a> {
    /// The repository.
    pub root: &'a Path,
    /// What stands before the gallery's address.
    pub elements: &'a str,
    /// All Markdown files that pages are made of.
    pub documents: &'a HashMap<&'static str, Document>,
    /// Addresses by file and anchor; of a file by itself, the anchor is empty.
    pub places: HashMap<(String, String), String>,
}

impl Links<'_> {
    /// The address on the site of what a link in `file` names.
    pub fn resolve(&self, file: &str, link: &str) -> Result<String> {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = match path.strip_prefix(REPOSITORY) {
            Some(path) => path.to_owned(),
            None if path.contains("://") || path.starts_with("mailto:") => return Ok(link.to_owned()),
            None if path.is_empty() => file.to_owned(),
            None => beside(file, path),
        };
        let path = path.trim_end_matches('/');
        if let Some(place) = self.places.get(&(path.to_owned(), anchor.to_owned())) {
            return Ok(place.clone());
        }
        if anchor.is_empty()
            && let Some(place) = self.whole(path)
        {
            return Ok(place);
        }
        self.in_repository(file, link, path, anchor)
    }

    /// The page of a file or an example by itself.
    fn whole(&self, path: &str) -> Option<String> {
        let recipe = |page: &&pages::Page| matches!(page.content, Content::Recipe(folder) if folder == path);
        if let Some(page) = pages::all().find(recipe) {
            return Some(format!("{}.html", page.name));
        }
        let (_, page) = INSTEAD.iter().find(|(file, _)| *file == path)?;
        Some(if *page == GALLERY { format!("{}{page}", self.elements) } else { format!("{page}.html") })
    }

    fn in_repository(&self, file: &str, link: &str, path: &str, anchor: &str) -> Result<String> {
        if !self.root.join(path).exists() {
            bail!("{file} links to {link}, which is not there");
        }
        if anchor.is_empty() {
            return Ok(format!("{REPOSITORY}{path}"));
        }
        let has = |document: &Document| document.headings.iter().any(|heading| heading.anchor == anchor);
        let found = match self.documents.get(path) {
            Some(document) => has(document),
            None => path.ends_with(".md") && has(&Document::read(self.root, path)?),
        };
        if !found {
            bail!("{file} links to {link}, and {path} has no such heading");
        }
        Ok(format!("{REPOSITORY}{path}#{anchor}"))
    }
}

/// The path that one beside a file stands for, from the root of the repository.
fn beside(file: &str, path: &str) -> String {
    let mut result = PathBuf::new();
    for part in Path::new(file).parent().unwrap_or(Path::new("")).join(path).components() {
        match part {
            Component::ParentDir => {
                result.pop();
            }
            Component::Normal(name) => result.push(name),
            _ => {}
        }
    }
    result.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(file: &str, link: &str) -> Result<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let documents = HashMap::from([("SECURITY.md", Document::parse("SECURITY.md", "# Security\n\n## Tokens\n"))]);
        let place = (("docs/cognito.md".to_owned(), "srp".to_owned()), "cognito.html#srp".to_owned());
        Links { root: &root, elements: "../", documents: &documents, places: HashMap::from([place]) }.resolve(file, link)
    }

    #[test]
    fn what_a_page_has_is_found_there_from_any_folder() {
        for (file, link) in [
            ("docs/troubleshooting.md", "cognito.md#srp"),
            ("crates/triggers/README.md", "../../docs/cognito.md#srp"),
            ("docs/cognito.md", "#srp"),
            ("npm/README.md", "https://github.com/cognito-login/cognito-login/blob/main/docs/cognito.md#srp"),
        ] {
            assert_eq!(resolve(file, link).unwrap(), "cognito.html#srp", "{file}: {link}");
        }
        assert_eq!(resolve("README.md", "examples/react").unwrap(), "react.html");
        assert_eq!(resolve("docs/site/index.md", "../../demo/gallery/").unwrap(), "../gallery/");
    }

    #[test]
    fn what_no_page_has_is_in_the_repository() {
        assert_eq!(resolve("README.md", "Cargo.toml").unwrap(), format!("{REPOSITORY}Cargo.toml"));
        assert_eq!(resolve("README.md", "SECURITY.md#tokens").unwrap(), format!("{REPOSITORY}SECURITY.md#tokens"));
        assert_eq!(resolve("README.md", "https://rustup.rs").unwrap(), "https://rustup.rs");
    }

    #[test]
    fn a_link_to_nothing_is_an_error_that_names_it() {
        for (link, why) in
            [("docs/nothing.md", "not there"), ("SECURITY.md#nothing", "no such heading"), ("#x", "no such heading")]
        {
            let error = resolve("SECURITY.md", link).unwrap_err().to_string();
            assert!(error.contains(link) && error.contains(why), "{error}");
        }
    }
}
