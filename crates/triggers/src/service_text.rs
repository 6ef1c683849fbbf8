//! Which characters the service takes in a message of `CustomMessage`. It refuses the rest, and with it the sign-up.

/// Letters, marks, symbols, numbers, punctuation, and white space of ASCII. Neither a no-break nor an ideographic space is among
/// them, nor are control characters, those that only format (category Cf), or those for private use.
///
/// # Source
/// The pattern `[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*` in the service's own error, as reports show it (amplify-js#6917); that its `\s` is
/// ASCII alone follows from the pattern's dialect and is not certain.
#[must_use]
pub fn is_taken_by_service(char: char) -> bool {
    let is_ascii_space = matches!(char, '\t'..='\r' | ' ');
    is_ascii_space || !(char.is_control() || char.is_whitespace() || is_format(char) || is_private(char))
}

fn is_format(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}')
}

fn is_private(char: char) -> bool {
    matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use super::is_taken_by_service;

    #[test]
    fn what_people_write_is_taken() {
        assert!("Jane's <p>\r\n\t確認コード、é\u{301} 🦀 — {####} &amp; ١٢٣".chars().all(is_taken_by_service));
    }

    #[test]
    fn what_cannot_be_seen_is_not() {
        for char in ['\0', '\u{7f}', '\u{a0}', '\u{ad}', '\u{3000}', '\u{200d}', '\u{202e}', '\u{feff}', '\u{e000}', '\u{e0041}']
        {
            assert!(!is_taken_by_service(char), "{char:?}");
        }
    }
}
