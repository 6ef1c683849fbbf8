//! Which pages the site has, in the order of its menu, and what each is made of. The texts stand in the repository's own files.

/// A piece of a Markdown file of the repository.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// All of it; its first heading gives way to the page's title.
    Whole(&'static str),
    /// A heading with all that is below it.
    Section(&'static str, &'static str),
    /// A heading up to the next one, of whatever level.
    Opening(&'static str, &'static str),
    /// A section without its generated tables, which another page has.
    Prose(&'static str, &'static str),
}

impl Part {
    /// The file, from the root of the repository.
    pub fn file(&self) -> &'static str {
        match *self {
            Self::Whole(file) | Self::Section(file, _) | Self::Opening(file, _) | Self::Prose(file, _) => file,
        }
    }
}

/// What stands below a page's title.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Pieces of Markdown, one after the other.
    Markdown(&'static [Part]),
    /// An example: what the README's table says of it, and its files.
    Recipe(&'static str),
    /// An example that the README has a section about, and its files.
    Program(Part, &'static [&'static str]),
    /// The element with a form for its attributes, below some words.
    Playground(Part),
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Of its file, without `.html`.
    pub name: &'static str,
    /// In the menu, and at its head.
    pub title: &'static str,
    /// What stands there.
    pub content: Content,
}

/// Pages under one heading of the menu.
#[derive(Debug)]
pub struct Group {
    /// Of the heading.
    pub title: &'static str,
    /// In order.
    pub pages: &'static [Page],
}

const README: &str = "README.md";
const NPM: &str = "npm/README.md";

/// A page of Markdown.
const fn page(name: &'static str, title: &'static str, parts: &'static [Part]) -> Page {
    Page { name, title, content: Content::Markdown(parts) }
}

/// A page about a folder of `examples/`.
const fn recipe(name: &'static str, title: &'static str, folder: &'static str) -> Page {
    Page { name, title, content: Content::Recipe(folder) }
}

use Part::{Opening, Prose, Section, Whole};

/// All pages.
pub static GROUPS: [Group; 7] = [
    Group {
        title: "Begin",
        pages: &[
            page("index", "cognito-login", &[Opening(README, "cognito-login"), Whole("docs/site/index.md")]),
            page("quick-start", "Quick start", &[Section(README, "Try it"), Prose(README, "Door 1: a page")]),
            page("install", "Bundlers and frameworks", &[Section(NPM, "With a bundler"), Section(NPM, "Without")]),
            Page { name: "playground", title: "Playground", content: Content::Playground(Whole("docs/site/playground.md")) },
        ],
    },
    Group {
        title: "Reference",
        pages: &[
            page("attributes", "Attributes and properties", &[Section(NPM, "Attributes of both elements")]),
            page("methods-and-events", "Methods and events", &[Section(NPM, "Methods"), Opening(NPM, "Events")]),
            page("errors", "Error codes", &[Section(NPM, "Error codes")]),
            page("screens", "Screens and phone numbers", &[Section(NPM, "Screens"), Section(NPM, "Phone numbers")]),
            page("accessibility", "Accessibility", &[Section(NPM, "Accessibility")]),
            page("styling", "Styling", &[Section(NPM, "Styling")]),
            page("languages", "Languages and texts", &[Section(NPM, "Languages and texts"), Whole("npm/TEXTS.md")]),
            page(
                "browsers-and-policy",
                "Browsers and policy",
                &[Section(NPM, "Browsers"), Section(NPM, "Content-Security-Policy")],
            ),
        ],
    },
    Group {
        title: "Recipes",
        pages: &[
            recipe("plain-html", "Plain HTML", "examples/plain-html"),
            recipe("react", "React", "examples/react"),
            recipe("vue", "Vue", "examples/vue"),
            recipe("strict-csp", "A strict policy", "examples/strict-csp"),
            recipe("shared-session", "A session with Amplify", "examples/shared-session"),
            recipe("own-challenge", "Your own challenge", "examples/own-challenge"),
            recipe("secret-hash", "A client with a secret", "examples/secret-hash"),
            recipe("verify-token-node", "Tokens at a back end", "examples/verify-token-node"),
            recipe("verify-token-axum", "Tokens at a back end in Rust", "examples/verify-token-axum"),
            Page {
                name: "yew",
                title: "A Yew application",
                // Its program is in that section.
                content: Content::Program(
                    Section(README, "Door 2: a Yew application"),
                    &["examples/yew/index.html", "examples/yew/start.js", "examples/yew/page.css", "examples/yew/Cargo.toml"],
                ),
            },
            Page {
                name: "command-line",
                title: "Any Rust program",
                content: Content::Program(Section(README, "Any Rust program"), &["examples/sign_in.rs", "examples/sign_in"]),
            },
        ],
    },
    Group {
        title: "Migration",
        pages: &[
            page("from-authenticator", "From Amplify's Authenticator", &[Whole("docs/site/from-authenticator.md")]),
            page("from-identity-js", "From amazon-cognito-identity-js", &[Whole("docs/site/from-identity-js.md")]),
        ],
    },
    Group {
        title: "Your pool",
        pages: &[
            page("troubleshooting", "When it does not work", &[Whole("docs/troubleshooting.md")]),
            page("aws", "E-mail codes in AWS", &[Section(README, "Door 3: an AWS account"), Whole("crates/triggers/README.md")]),
            page("local-pool", "The local pool", &[Section(README, "The local pool"), Whole("docs/local-pool.md")]),
        ],
    },
    Group {
        title: "Beneath",
        pages: &[
            page("security", "Security", &[Whole("SECURITY.md")]),
            page("cognito", "Cognito on the wire", &[Whole("docs/cognito.md")]),
            page(
                "measurements",
                "Bytes and times",
                &[Section(README, "What a page downloads"), Section(README, "Beside others")],
            ),
        ],
    },
    Group { title: "Project", pages: &[page("changelog", "Changelog", &[Whole("CHANGELOG.md")])] },
];

/// The pages that stand for a file of which they have only parts, for links that name no section.
pub static INSTEAD: [(&str, &str); 4] =
    [(README, "quick-start"), (NPM, "attributes"), ("examples/sign_in.rs", "command-line"), ("demo/gallery", GALLERY)];

/// The gallery beside the pages: a folder.
pub const GALLERY: &str = "gallery/";

/// All pages in the order of the menu.
pub fn all() -> impl Iterator<Item = &'static Page> {
    GROUPS.iter().flat_map(|group| group.pages)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn no_two_pages_have_one_file() {
        let mut names = HashSet::new();
        for page in all() {
            assert!(names.insert(page.name), "{}", page.name);
        }
    }

    #[test]
    fn each_example_has_its_page() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let shown: Vec<&str> = all()
            .flat_map(|page| match page.content {
                Content::Recipe(folder) => vec![folder],
                Content::Program(_, paths) => paths.to_vec(),
                Content::Markdown(_) | Content::Playground(_) => Vec::new(),
            })
            .collect();
        for entry in std::fs::read_dir(root.join("examples")).unwrap() {
            let path = format!("examples/{}", entry.unwrap().file_name().to_string_lossy());
            let is_of_it = |shown: &&str| shown.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            assert!(shown.iter().any(is_of_it), "no page shows {path}");
        }
    }

    #[test]
    fn each_section_of_the_packages_readme_has_a_page() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = std::fs::read_to_string(root.join(NPM)).unwrap();
        let shown: Vec<&str> = all()
            .filter_map(|page| match page.content {
                Content::Markdown(parts) => Some(parts),
                _ => None,
            })
            .flatten()
            .filter_map(|part| match *part {
                Section(NPM, heading) | Opening(NPM, heading) => Some(heading),
                _ => None,
            })
            .collect();
        for heading in text.lines().filter_map(|line| line.strip_prefix("## ")) {
            assert!(heading == "Licence" || shown.contains(&heading), "no page has {heading:?}");
        }
    }
}
