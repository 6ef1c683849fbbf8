//! Code with its comments, strings, words and tags told apart: enough to be read with ease, and no grammar.

/// How a language is read.
struct Language {
    names: &'static [&'static str],
    comments: &'static [(&'static str, &'static str)],
    quotes: &'static [char],
    words: &'static [&'static str],
}

const SCRIPT_WORDS: &[&str] = &[
    "as",
    "async",
    "await",
    "catch",
    "class",
    "const",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "import",
    "in",
    "interface",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "while",
];

const RUST_WORDS: &[&str] = &[
    "as", "async", "await", "const", "crate", "else", "enum", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match",
    "mod", "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type", "use",
    "where", "while",
];

static LANGUAGES: [Language; 4] = [
    Language {
        names: &["js", "mjs", "jsx", "ts", "tsx", "javascript", "typescript"],
        comments: &[("//", "\n"), ("/*", "*/")],
        quotes: &['"', '\'', '`'],
        words: SCRIPT_WORDS,
    },
    Language { names: &["rust", "rs"], comments: &[("//", "\n"), ("/*", "*/")], quotes: &['"'], words: RUST_WORDS },
    Language {
        names: &["sh", "toml", "yaml", "python", "py"],
        comments: &[("#", "\n")],
        quotes: &['"', '\''],
        words: &["true", "false"],
    },
    Language { names: &["json"], comments: &[], quotes: &['"'], words: &["true", "false", "null"] },
];

/// The code as HTML.
pub fn highlight(language: &str, code: &str) -> String {
    if ["html", "vue"].contains(&language) {
        return markup(code);
    }
    match LANGUAGES.iter().find(|one| one.names.contains(&language)) {
        Some(language) => program(language, code),
        None => escaped(code),
    }
}

/// A text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn span(class: &str, text: &str) -> String {
    format!("<span class=\"{class}\">{}</span>", escaped(text))
}

fn program(language: &Language, code: &str) -> String {
    let mut html = String::new();
    let mut rest = code;
    let mut before = '\n';
    while let Some(char) = rest.chars().next() {
        let comment = language.comments.iter().find(|(begin, _)| {
            // In a shell `#` begins a comment between words only.
            rest.starts_with(begin) && (*begin != "#" || before.is_whitespace())
        });
        let length = if let Some((_, end)) = comment {
            let length = rest.find(end).map_or(rest.len(), |at| if *end == "\n" { at } else { at + end.len() });
            html.push_str(&span("c", &rest[..length]));
            length
        } else if let Some(length) = language.quotes.contains(&char).then(|| string(rest, char)).flatten() {
            html.push_str(&span("s", &rest[..length]));
            length
        } else if char.is_alphabetic() || char == '_' {
            let length = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
            let word = &rest[..length];
            let is_word = language.words.contains(&word) && !['.', '-'].contains(&before) && !rest[length..].starts_with('-');
            html.push_str(&if is_word { span("k", word) } else { escaped(word) });
            length
        } else {
            html.push_str(&escaped(&rest[..char.len_utf8()]));
            char.len_utf8()
        };
        before = rest[..length].chars().next_back().unwrap_or('\n');
        rest = &rest[length..];
    }
    html
}

/// The length of a string with its quotes, which ends in its line unless it is a template.
fn string(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' if quote != '`' => return None,
            _ if char == quote => return Some(at + char.len_utf8()),
            _ => {}
        }
    }
    None
}

fn markup(code: &str) -> String {
    let mut html = String::new();
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        html.push_str(&escaped(&rest[..at]));
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |at| at + 3);
            html.push_str(&span("c", &rest[..end]));
            rest = &rest[end..];
            continue;
        }
        let name_end =
            rest[1..].find(|char: char| !char.is_alphanumeric() && !"-/!".contains(char)).map_or(rest.len(), |at| at + 1);
        let name = rest[1..name_end].to_owned();
        html.push_str(&span("t", &rest[..name_end]));
        rest = attributes(&rest[name_end..], &mut html);
        if name == "script" {
            let end = rest.find("</script>").unwrap_or(rest.len());
            html.push_str(&highlight("js", &rest[..end]));
            rest = &rest[end..];
        }
    }
    html.push_str(&escaped(rest));
    html
}

/// Writes what stands in a tag, and returns what follows it.
fn attributes<'a>(text: &'a str, html: &mut String) -> &'a str {
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if char == '>' {
            html.push_str(&span("t", ">"));
            return &rest[1..];
        }
        let length = if char == '"' {
            let length = rest[1..].find('"').map_or(rest.len(), |at| at + 2);
            html.push_str(&span("s", &rest[..length]));
            length
        } else if char.is_alphabetic() || ":@".contains(char) {
            let length = rest.find(|char: char| !char.is_alphanumeric() && !"-:@.".contains(char)).unwrap_or(rest.len());
            html.push_str(&span("a", &rest[..length]));
            length
        } else {
            html.push_str(&escaped(&rest[..char.len_utf8()]));
            char.len_utf8()
        };
        rest = &rest[length..];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left when the spans are taken away.
    fn text(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = &rest[rest[at..].find('>').unwrap() + at + 1..];
        }
        text.push_str(rest);
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn nothing_of_the_code_is_lost() {
        for (language, code) in [
            ("html", "<!-- x --><a href=\"b?c&d\" hidden>t & u</a>\n<script>const a = \"<b>\";</script> <"),
            ("js", "const a = `x\n${y}`; // it's \"that\"\n/* z */ don't"),
            ("sh", "a --b='c d' # e\nhttp://f/#g"),
            ("rust", "fn a<'b>(c: &'b str) -> u8 { 'x' }"),
            ("unknown", "a < b && c"),
            ("json", "{ \"a\": true"),
        ] {
            assert_eq!(text(&highlight(language, code)), code, "{language}");
        }
    }

    #[test]
    fn words_strings_comments_and_tags_are_told_apart() {
        assert_eq!(
            highlight("js", "return \"if\"; // let"),
            "<span class=\"k\">return</span> <span class=\"s\">&quot;if&quot;</span>; <span class=\"c\">// let</span>"
        );
        assert_eq!(
            highlight("html", "<b c=\"d\">if</b>"),
            "<span class=\"t\">&lt;b</span> <span class=\"a\">c</span>=<span class=\"s\">&quot;d&quot;</span>\
             <span class=\"t\">&gt;</span>if<span class=\"t\">&lt;/b</span><span class=\"t\">&gt;</span>"
        );
        assert_eq!(highlight("sh", "a#b --true"), "a#b --true");
    }
}
