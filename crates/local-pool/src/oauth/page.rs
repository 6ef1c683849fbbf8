//! Pages that people see at the OAuth endpoints: headings, sentences and links, without a script or a form.

use crate::html_text::escape;

/// A page. All texts are escaped when it is written.
pub(crate) struct Page {
    pub is_error: bool,
    pub title: String,
    pub paragraphs: Vec<String>,
    pub links: Vec<Link>,
}

/// A link that looks like a button.
pub(crate) struct Link {
    pub to: String,
    pub text: String,
    /// A second line.
    pub detail: String,
    /// The one that most people want.
    pub is_first_choice: bool,
}

const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#1a1d21;--quiet:#5c6570;--line:#8a949e;--link:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ground:#15181c;--card:#1e2328;--ink:#e9edf1;--quiet:#9aa5b1;--line:#5d6873;--link:#8ec5ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
p{color:var(--quiet);margin:.25rem 0 1rem;overflow-wrap:anywhere}
ul{list-style:none;margin:1.5rem 0 0;padding:0}
a{display:block;padding:.75rem 1rem;margin:0 0 .75rem;border:1px solid var(--line);border-radius:8px;background:var(--card);\
color:var(--link);font-weight:600;text-decoration:none;overflow-wrap:anywhere}
a:hover{text-decoration:underline}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.detail{display:block;color:var(--quiet);font-weight:400;font-size:.875rem}
.quiet{background:none;border-color:transparent;font-weight:400}";

impl Page {
    /// What went wrong before anybody could be sent back.
    pub fn error(sentence: impl Into<String>) -> Self {
        Self {
            is_error: true,
            title: "This sign-in cannot go on".to_owned(),
            paragraphs: vec![sentence.into()],
            links: Vec::new(),
        }
    }

    pub fn html(&self, nonce: &str) -> String {
        let title = escape(&self.title);
        let paragraphs: String = self.paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape(text))).collect();
        let links: String = self.links.iter().map(Link::html).collect();
        let links = if links.is_empty() { links } else { format!("<ul>\n{links}</ul>\n") };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style nonce=\"{nonce}\">{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{paragraphs}{links}</main>\n\
             </body>\n</html>\n"
        )
    }
}

impl Link {
    fn html(&self) -> String {
        let class = if self.is_first_choice { "" } else { " class=\"quiet\"" };
        let detail = match self.detail.as_str() {
            "" => String::new(),
            detail => format!("<span class=\"detail\">{}</span>", escape(detail)),
        };
        format!("<li><a href=\"{}\"{class}>{}{detail}</a></li>\n", escape(&self.to), escape(&self.text))
    }
}
