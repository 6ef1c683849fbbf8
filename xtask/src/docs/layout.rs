//! What stands around a page's text: the menu, the search, the list of its sections, the policy.

use super::highlight::escaped;
use super::pages::{Content, GALLERY, GROUPS, Page, all};
use super::render::Text;

const TEMPLATE: &str = include_str!("../../../docs/site/page.html");

/// Where a page finds what is not the site's own.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// What stands before the addresses of the elements' script and of the gallery.
    pub elements: &'a str,
    /// The local pool's address, without a slash at its end.
    pub pool: &'a str,
}

/// The whole page.
pub fn page(page: &Page, text: &Text, around: &Around<'_>) -> String {
    let is_playground = matches!(page.content, Content::Playground(_));
    let scripts = if is_playground {
        let script = |file: &str| format!("<script type=\"module\" src=\"{file}\"></script>\n    ");
        script(&format!("{}cognito-login.js", around.elements)) + &script("playground.js")
    } else {
        String::new()
    };
    let menu = menu(page, around);
    let title = if page.name == "index" { "cognito-login".to_owned() } else { format!("{} · cognito-login", page.title) };
    let heading = escaped(page.title);
    let policy = policy(is_playground, around);
    let (sections, neighbours) = (sections(text), neighbours(page));
    TEMPLATE
        .replace("{title}", &escaped(&title))
        .replace("{policy}", &policy)
        .replace("{name}", page.name)
        .replace("{elements}", around.elements)
        .replace("    {scripts}", scripts.trim_end())
        .replace("{menu}", &menu)
        .replace("{sections}", &sections)
        .replace("{neighbours}", &neighbours)
        .replace("{heading}", &heading)
        // Last: nothing that stands in the text is a gap of the template.
        .replace("{text}", &text.html)
}

/// It holds wherever these files are served. The playground may ask any pool; the rest of the site asks nobody.
fn policy(is_playground: bool, around: &Around<'_>) -> String {
    let (wasm, pools) = match is_playground {
        true => (" 'wasm-unsafe-eval'", format!(" {} https://*.amazonaws.com", around.pool)),
        false => ("", String::new()),
    };
    format!(
        "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; connect-src 'self'{pools}; img-src 'self'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn menu(page: &Page, around: &Around<'_>) -> String {
    let mut html = String::new();
    for group in &GROUPS {
        html.push_str(&format!("<h2>{}</h2>\n<ul>\n", group.title));
        for one in group.pages {
            let current = if one.name == page.name { " aria-current=\"page\"" } else { "" };
            html.push_str(&format!("<li><a href=\"{}.html\"{current}>{}</a></li>\n", one.name, escaped(menu_title(one))));
            if one.name == "playground" {
                html.push_str(&format!("<li><a href=\"{}{GALLERY}\">Gallery of all screens</a></li>\n", around.elements));
            }
        }
        html.push_str("</ul>\n");
    }
    html
}

fn menu_title(page: &Page) -> &str {
    if page.name == "index" { "Overview" } else { page.title }
}

/// The list of a page's sections: those of the second level, and of the third where there are few.
fn sections(text: &Text) -> String {
    let level = if text.sections.len() <= 14 { 3 } else { 2 };
    let listed: Vec<_> = text.sections.iter().filter(|(own, _, _)| *own <= level).collect();
    if listed.len() < 2 {
        return String::new();
    }
    let items = listed
        .iter()
        .map(|(level, id, text)| format!("<li class=\"level-{level}\"><a href=\"#{id}\">{}</a></li>\n", escaped(text)));
    format!(
        "<nav class=\"sections\" aria-labelledby=\"sections-heading\"><p id=\"sections-heading\">On this page</p>\n<ul>\n{}</ul></nav>\n",
        items.collect::<String>()
    )
}

fn neighbours(page: &Page) -> String {
    let pages: Vec<&Page> = all().collect();
    let at = pages.iter().position(|one| one.name == page.name).unwrap_or_default();
    let link = |page: &Page, class: &str, word: &str| {
        format!("<a class=\"{class}\" href=\"{}.html\"><span>{word}</span> {}</a>", page.name, escaped(menu_title(page)))
    };
    let before = at.checked_sub(1).map(|at| link(pages[at], "before", "Before")).unwrap_or_default();
    let next = pages.get(at + 1).map(|page| link(page, "next", "Next")).unwrap_or_default();
    before + &next
}
