//! Text in HTML: the text of a mail that has only HTML, for people and tests who look for a code, which is no rendering; and text of
//! others that a page shows.

/// Elements whose content nobody reads.
const UNREAD: [&str; 4] = ["head", "script", "style", "title"];
/// Elements that end a line; paragraphs and headings end one and leave another empty.
const LINES: [&str; 6] = ["br", "div", "li", "table", "tr", "ul"];
const PARAGRAPHS: [&str; 7] = ["blockquote", "h1", "h2", "h3", "h4", "hr", "p"];

/// Tags left out, entities read, white space as a browser would have it.
pub(crate) fn text_of_html(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        push_words(&mut text, before);
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        rest = after;
        if UNREAD.contains(&name.as_str()) && !tag.starts_with('/') {
            rest = after_end_of(&name, after);
        } else if LINES.contains(&name.as_str()) {
            end_lines(&mut text, 1);
        } else if PARAGRAPHS.contains(&name.as_str()) {
            end_lines(&mut text, 2);
        }
    }
    push_words(&mut text, rest);
    format!("{}\n", text.trim())
}

fn after_end_of<'a>(name: &str, html: &'a str) -> &'a str {
    let end = format!("</{name}");
    // ASCII case folding keeps the places of all characters.
    let found = html.to_ascii_lowercase().find(&end).and_then(|place| html.get(place..));
    found.and_then(|rest| rest.split_once('>')).map_or("", |(_, after)| after)
}

fn push_words(text: &mut String, raw: &str) {
    let begins_apart = raw.starts_with(|char: char| char.is_ascii_whitespace());
    for (index, word) in raw.split_ascii_whitespace().enumerate() {
        if (index > 0 || begins_apart) && !text.is_empty() && !text.ends_with(['\n', ' ']) {
            text.push(' ');
        }
        push_decoded(text, word);
    }
    if raw.ends_with(|char: char| char.is_ascii_whitespace()) && !text.is_empty() && !text.ends_with(['\n', ' ']) {
        text.push(' ');
    }
}

/// At most so many line ends at the end of the text.
fn end_lines(text: &mut String, lines: usize) {
    if text.is_empty() {
        return;
    }
    text.truncate(text.trim_end_matches(' ').len());
    let present = text.len() - text.trim_end_matches('\n').len();
    text.extend(std::iter::repeat_n('\n', lines.saturating_sub(present)));
}

fn push_decoded(text: &mut String, word: &str) {
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((char, after)) => {
                text.push(char);
                rest = after;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    });
    match (number, name) {
        (Some(number), _) => number.ok().and_then(char::from_u32),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "apos") => Some('\''),
        (None, "nbsp") => Some('\u{a0}'),
        (None, _) => None,
    }
}

/// A text as HTML has it, in an element or in an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escape, text_of_html};

    #[test]
    fn text_of_others_is_no_markup() {
        assert_eq!(escape("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
    }

    #[test]
    fn what_a_person_would_read() {
        let html = "<!doctype html><html><head><title>T</title><STYLE>p{}</style></head>\n<body>\n<!-- <p>no</p> -->\
                    <p>Hello <b>Jane</b>,<br>your\n code  is</p>\n<p style=\"x\">123456</p><script>alert(1)</script>\
                    <p>A &amp; B &#x27;x&#39; &lt;b&gt; &unknown; AT&T</p></body></html>";
        let text = "Hello Jane,\nyour code is\n\n123456\n\nA & B 'x' <b> &unknown; AT&T\n";
        assert_eq!(text_of_html(html), text);
    }

    #[test]
    fn broken_markup_ends() {
        for html in ["<", "<p", "<!--", "<script>", "<style>a</styl", "&", "&#xffffffff;", "<p>日本</p", "</head>İ<title>x"] {
            let _ = text_of_html(html);
        }
    }
}
