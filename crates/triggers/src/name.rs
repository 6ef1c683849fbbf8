//! What a message may call a person.

use unicode_normalization::UnicodeNormalization;

use crate::{event::Texts, service_text::is_taken_by_service};

/// So long may a name be.
const MOST: usize = 40;

/// So many words may it have: `Jan van der Berg` is a name, a sentence is none.
const MOST_WORDS: usize = 4;

/// So many digits: `Louis 14` is a name, what can be dialled or typed in as a code is none.
const MOST_DIGITS: usize = 2;

/// The person's `nickname`, else `name`, else `given_name`; `None` where there is none that belongs into a mail.
///
/// Whoever signs up writes these attributes and chooses the address that gets the mail, so they could send a stranger a text of
/// their own in our name. What is too long, has too many words or digits, or holds an address of a page or of a mail, or a
/// placeholder of the service, or characters that cannot be seen, is left out, and so is what only looks like that; what remains is
/// escaped where it goes into HTML.
pub(crate) fn addressable_name(user_attributes: &Texts) -> Option<String> {
    ["nickname", "name", "given_name"].iter().find_map(|attribute| {
        let name = user_attributes.get(*attribute)?.split_whitespace().collect::<Vec<_>>().join(" ");
        is_addressable(&name).then_some(name)
    })
}

fn is_addressable(name: &str) -> bool {
    // Full-width letters and signs, digits in circles, dots of another height: as mail programs and people read them.
    let read: String = name.nfkc().collect();
    let is_length_right = !name.is_empty() && read.chars().count() <= MOST && read.split_whitespace().count() <= MOST_WORDS;
    let has_few_digits = read.chars().filter(|char| char.is_numeric()).count() <= MOST_DIGITS;
    let is_in_place = !name.chars().chain(read.chars()).any(is_out_of_place);
    is_length_right && has_few_digits && is_in_place && !holds_host_name(&read)
}

fn is_out_of_place(char: char) -> bool {
    // Placeholders, addresses, and what changes the direction of text or cannot be seen.
    matches!(char, '{' | '}' | '#' | '@' | '/' | '\\' | ':') || !is_taken_by_service(char)
}

/// `example.com` is a link in most mail programs; `J.R.R. Tolkien` and `Dr. Who` are not. The text is in NFKC.
fn holds_host_name(name: &str) -> bool {
    let is_label = |text: &str| text.chars().take_while(|char| char.is_alphanumeric()).count() >= 2;
    name.split(is_dot).skip(1).any(is_label)
}

/// A dot, or what browsers (UTS 46) or people take for one, in NFKC. The dots in the middle of the line (U+00B7, U+30FB) are left out:
/// names have them.
///
/// # Source
/// Unicode, UTS 39, `confusables.txt`, for U+002E; besides, the full stops U+3002 and U+06D4.
fn is_dot(char: char) -> bool {
    matches!(
        char,
        '.' | '。'
            | '\u{660}'
            | '\u{6d4}'
            | '\u{6f0}'
            | '\u{701}'
            | '\u{702}'
            | '\u{a4f8}'
            | '\u{a60e}'
            | '\u{10a50}'
            | '\u{1d16d}'
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn named(name: &str) -> Option<String> {
        addressable_name(&Texts::from([("name".to_owned(), name.to_owned())]))
    }

    #[test]
    fn a_nickname_comes_before_a_name() {
        let both = Texts::from([("name".to_owned(), "Jane Doe".to_owned()), ("nickname".to_owned(), "Jane".to_owned())]);
        assert_eq!(addressable_name(&both).unwrap(), "Jane");
        let spoilt = Texts::from([("name".to_owned(), "Jane Doe".to_owned()), ("nickname".to_owned(), "see x.com".to_owned())]);
        assert_eq!(addressable_name(&spoilt).unwrap(), "Jane Doe");
        assert_eq!(addressable_name(&Texts::new()), None);
    }

    #[test]
    fn names_of_people_are_taken_as_they_are() {
        for name in [
            "Jane",
            "J.R.R. Tolkien",
            "Jan van der Berg",
            "Route 66",
            "Louis XIV",
            "Dr. Who",
            "O'Brien & Söhne",
            "山田 太郎",
            "<b>Bob</b>".split('/').next().unwrap(),
        ] {
            assert_eq!(named(name).unwrap(), name);
        }
        assert_eq!(named("  Jane \n Doe ").unwrap(), "Jane Doe");
        // The service would refuse the space between them, and with it the sign-up.
        assert_eq!(named("山田\u{3000}太郎").unwrap(), "山田 太郎");
    }

    #[test]
    fn a_message_of_the_senders_own_is_no_name() {
        for name in [
            "",
            "   ",
            "You won! http://example.com",
            "go to example.com now",
            "www.example.org",
            "EXAMPLE。COM",
            "mail jane@example.com",
            "code {####}",
            "{username}",
            "</p><script>alert(1)</script>",
            "a\u{202e}b",
            "a\u{200b}b",
            "a\u{ad}b",
            "a\u{7}b",
            "Your account is closed. Call us now to open it",
            "Call 0800 123456",
            "ring ٠٨٠",
            "code ①②③",
            "example\u{2024}com",
            "example\u{fe52}com",
            "example\u{ff0e}com",
            "example\u{3002}com",
            "example\u{ff61}com",
            "example\u{06d4}com",
            "example\u{0701}com",
            "example\u{a4f8}com",
            "example\u{10a50}com",
            "ｅｘａｍｐｌｅ．ｃｏｍ",
            "example⒈com",
            "jane＠example",
            "one two three four five",
        ] {
            assert_eq!(named(name), None, "{name:?}");
        }
    }
}
