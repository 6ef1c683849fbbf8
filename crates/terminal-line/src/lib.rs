//! Text of others, such as names and messages in a log, as one line that a terminal shows as it stands.
//!
//! Escape sequences could move the cursor, clear what was written before or change the window's title; line separators could begin a
//! line of their own; and the controls of bidirectional text could show what follows in another order. None of these characters is
//! left; in the place of each stands U+FFFD, so that it shows that something was there.

/// The text with a U+FFFD for each character that is not shown as it stands. A tab stays.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace(is_deceptive, "\u{fffd}")
}

fn is_deceptive(char: char) -> bool {
    match char {
        '\t' => false,
        // Marks, embeddings and overrides, isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separators; the others are controls.
        '\u{2028}' | '\u{2029}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_is_shown_as_it_stands_stays() {
        for text in ["", "user@example.com -> tokens", "電池 🐴 e\u{301}", "שלום", "a\tb", "\u{fffd}"] {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn everything_else_is_replaced_by_what_shows() {
        let deceptive = ('\u{0}'..='\u{1f}').filter(|char| *char != '\t').chain('\u{7f}'..='\u{9f}');
        let deceptive = deceptive.chain("\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}".chars());
        for char in deceptive.chain('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
            assert_eq!(one_line(&format!("a{char}b")), "a\u{fffd}b", "{char:?}");
        }
        assert_eq!(one_line("\u{1b}[31mred\r\n"), "\u{fffd}[31mred\u{fffd}\u{fffd}");
    }
}
