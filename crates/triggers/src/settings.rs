//! What a deployer can set, as the environment variables of the Lambda functions.

use std::fmt;

use base64ct::{Base64, Encoding};
use email_address::EmailAddress;

use crate::{attempts::WhenUnreachable, code::CodeLength, service_text::is_taken_by_service};

/// So many codes there must be for each answer that one mail allows: who guesses is right once in so many mails at most.
const LEAST_CODES_PER_ATTEMPT: u64 = 2000;

/// Settings of all triggers. Each function reads the variables that it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `CODE_LENGTH`: digits of a code, 4 to 10.
    pub code_length: CodeLength,
    /// `CODE_TTL_SECONDS`: for so long a code is right, 1 to 3600; by default 180, as long as a session of the service lives.
    pub code_ttl_secs: u32,
    /// `MAX_ATTEMPTS`: so many wrong answers end a sign-in, 1 to 10; by default 3.
    pub max_attempts: u32,
    /// `RESEND_AFTER_SECONDS`: how long the person waits before "Send a new code" can be pressed, 0 to 900; by default 30.
    pub resend_after_secs: u32,
    /// `MAILS_PER_HOUR`: so many codes are mailed to a user in any hour, 1 to 1000; by default 20.
    pub mails_per_hour: u32,
    /// `MAILS_PER_DAY`: the same for any day, 1 to 1000; by default 100.
    pub mails_per_day: u32,
    /// `PRODUCT_NAME`: what the messages say the code is for; at most 64 characters.
    pub product_name: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            code_length: CodeLength::default(),
            code_ttl_secs: 180,
            max_attempts: 3,
            resend_after_secs: 30,
            mails_per_hour: 20,
            mails_per_day: 100,
            product_name: None,
        }
    }
}

impl Settings {
    /// Reads the variables through `variable`, which gives the value of the variable of a name. Space around a value counts for
    /// nothing; an empty variable counts as absent, since a template cannot leave one out.
    ///
    /// # Errors
    /// [`SettingsError`] with every variable whose value is not in its bounds. The deployer is to blame.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut reader = Reader { variable, wrong: Vec::new() };
        let default = Self::default();
        let code_length_bounds = (u32::from(*CodeLength::BOUNDS.start()), u32::from(*CodeLength::BOUNDS.end()));
        let digits = reader.number("CODE_LENGTH", code_length_bounds, 6);
        let settings = Self {
            code_length: u8::try_from(digits).ok().and_then(CodeLength::new).unwrap_or_default(),
            code_ttl_secs: reader.number("CODE_TTL_SECONDS", (1, 3600), default.code_ttl_secs),
            max_attempts: reader.number("MAX_ATTEMPTS", (1, 10), default.max_attempts),
            resend_after_secs: reader.number("RESEND_AFTER_SECONDS", (0, 900), default.resend_after_secs),
            mails_per_hour: reader.number("MAILS_PER_HOUR", (1, 1000), default.mails_per_hour),
            mails_per_day: reader.number("MAILS_PER_DAY", (1, 1000), default.mails_per_day),
            product_name: reader.product_name(),
        };
        if reader.wrong.is_empty() { settings.check().map(|()| settings) } else { Err(SettingsError(reader.wrong)) }
    }

    /// Whether the settings go together: the answers that one mail gives must not make a code too easy to guess. Each function
    /// reads all of it, so that none starts with what another refuses.
    ///
    /// # Errors
    /// [`SettingsError`] where guessing succeeds more often than once in 2,000 mails.
    pub fn check(&self) -> Result<(), SettingsError> {
        let codes = |digits: usize| u32::try_from(digits).ok().and_then(|digits| 10_u64.checked_pow(digits)).unwrap_or(u64::MAX);
        let (digits, attempts) = (self.code_length.digits(), u64::from(self.max_attempts));
        if codes(digits) / LEAST_CODES_PER_ATTEMPT >= attempts {
            return Ok(());
        }
        let enough = (digits..).find(|digits| codes(*digits) / LEAST_CODES_PER_ATTEMPT >= attempts).unwrap_or_default();
        Err(SettingsError(vec![WrongVariable {
            name: "CODE_LENGTH and MAX_ATTEMPTS",
            wanted: format!(
                "such that one mail gives no better chance than 1 in {LEAST_CODES_PER_ATTEMPT} (set CODE_LENGTH to {enough} or more, or \
                 MAX_ATTEMPTS to {} or less)",
                codes(digits) / LEAST_CODES_PER_ATTEMPT
            ),
            given: format!("{digits} and {attempts}"),
        }]))
    }
}

impl WhenUnreachable {
    /// Reads `ATTEMPTS_UNREACHABLE` through `variable`, as [`Settings::from_variables`] does: `REFUSE`, the default, or `ALLOW`.
    ///
    /// # Errors
    /// [`SettingsError`] when it is neither. The deployer is to blame.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        match present(variable("ATTEMPTS_UNREACHABLE")).as_deref() {
            None | Some("REFUSE") => Ok(Self::Refuse),
            Some("ALLOW") => Ok(Self::Allow),
            Some(other) => Err(SettingsError(vec![WrongVariable {
                name: "ATTEMPTS_UNREACHABLE",
                wanted: "REFUSE or ALLOW".to_owned(),
                given: shown(other),
            }])),
        }
    }
}

/// `EMAIL_SENDER`: an address, or a name and an address as in `Example <no-reply@example.com>`. A name that is not ASCII becomes
/// encoded words (RFC 2047), because SES takes headers as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Sender(String);

impl Sender {
    /// Reads the variable through `variable`, as [`Settings::from_variables`] does.
    ///
    /// # Errors
    /// [`SettingsError`] when it is absent or no address. The deployer is to blame.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        const WANTED: &str = "an address such as no-reply@example.com, or Example <no-reply@example.com>";
        let wrong = |given: String| SettingsError(vec![WrongVariable { name: "EMAIL_SENDER", wanted: WANTED.to_owned(), given }]);
        let text = present(variable("EMAIL_SENDER")).ok_or_else(|| wrong(String::new()))?;
        let address = text.parse::<EmailAddress>().ok().filter(|_| !text.contains(char::is_control));
        match address {
            Some(address) if address.display_part().is_ascii() => Ok(Self(text)),
            Some(address) => Ok(Self(format!("{} <{}>", encoded_words(address.display_part()), address.email()))),
            None => Err(wrong(shown(&text))),
        }
    }

    /// For the header `From`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// RFC 2047, section 2: no word is longer than 75 characters, and none ends within a character.
fn encoded_words(name: &str) -> String {
    let mut words = vec![String::new()];
    for char in name.trim_matches('"').chars() {
        match words.last_mut() {
            // 45 bytes are 60 characters of Base64.
            Some(word) if word.len() + char.len_utf8() <= 45 => word.push(char),
            _ => words.push(char.into()),
        }
    }
    let encoded = words.iter().map(|word| format!("=?UTF-8?B?{}?=", Base64::encode_string(word.as_bytes())));
    encoded.collect::<Vec<_>>().join(" ")
}

/// An address is nobody's business in a log.
impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

/// Variables whose values cannot be used; its text names each, what it must be, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError(Vec<WrongVariable>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct WrongVariable {
    name: &'static str,
    wanted: String,
    given: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, WrongVariable { name, wanted, given }) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{name} must be {wanted}")?;
            match given.as_str() {
                "" => f.write_str(", but it is not set")?,
                given => write!(f, ", not {given:?}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

struct Reader<Variable> {
    variable: Variable,
    wrong: Vec<WrongVariable>,
}

impl<Variable: Fn(&str) -> Option<String>> Reader<Variable> {
    fn number(&mut self, name: &'static str, (least, most): (u32, u32), default: u32) -> u32 {
        let Some(text) = present((self.variable)(name)) else { return default };
        let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        number.filter(|number| (least..=most).contains(number)).unwrap_or_else(|| {
            self.wrong.push(WrongVariable {
                name,
                wanted: format!("a whole number from {least} to {most}"),
                given: shown(&text),
            });
            default
        })
    }

    fn product_name(&mut self) -> Option<String> {
        let text = present((self.variable)("PRODUCT_NAME"))?;
        // Braces would be taken for the service's own placeholders.
        let is_out_of_place = |char: char| char.is_control() || "{}<>".contains(char);
        let name = text.replace(['\u{a0}', '\u{3000}'], " ");
        if name.chars().count() <= 64 && !name.contains(is_out_of_place) && name.chars().all(is_taken_by_service) {
            return Some(name);
        }
        let wanted = "at most 64 characters without line breaks, invisible characters, { } < or >".to_owned();
        self.wrong.push(WrongVariable { name: "PRODUCT_NAME", wanted, given: shown(&text) });
        None
    }
}

fn present(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Enough to recognise it, whatever it is.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        Settings::from_variables(|name| {
            variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
        })
    }

    fn sender(value: &str) -> Result<Sender, SettingsError> {
        Sender::from_variables(|_| Some(value.to_owned()))
    }

    #[test]
    fn nothing_set_gives_the_defaults() {
        assert_eq!(read(&[]).unwrap(), Settings::default());
        assert_eq!(read(&[("CODE_LENGTH", ""), ("PRODUCT_NAME", "  ")]).unwrap(), Settings::default());
    }

    #[test]
    fn each_variable_is_read() {
        let settings = read(&[
            ("CODE_LENGTH", " 8 "),
            ("CODE_TTL_SECONDS", "600"),
            ("MAX_ATTEMPTS", "5"),
            ("MAILS_PER_HOUR", "1"),
            ("MAILS_PER_DAY", "1000"),
            ("RESEND_AFTER_SECONDS", "0"),
            ("PRODUCT_NAME", "Exämple & Co"),
        ]);
        let expected = Settings {
            code_length: CodeLength::new(8).unwrap(),
            code_ttl_secs: 600,
            max_attempts: 5,
            resend_after_secs: 0,
            mails_per_hour: 1,
            mails_per_day: 1000,
            product_name: Some("Exämple & Co".to_owned()),
        };
        assert_eq!(settings.unwrap(), expected);
    }

    #[test]
    fn a_wrong_value_is_an_error_that_names_the_variable_and_its_bounds() {
        for (name, value, bounds) in [
            ("CODE_LENGTH", "3", "4 to 10"),
            ("CODE_LENGTH", "11", "4 to 10"),
            ("CODE_LENGTH", "six", "4 to 10"),
            ("CODE_LENGTH", "+6", "4 to 10"),
            ("CODE_LENGTH", "99999999999999999999", "4 to 10"),
            ("CODE_TTL_SECONDS", "0", "1 to 3600"),
            ("CODE_TTL_SECONDS", "3601", "1 to 3600"),
            ("MAX_ATTEMPTS", "0", "1 to 10"),
            ("MAX_ATTEMPTS", "-1", "1 to 10"),
            ("RESEND_AFTER_SECONDS", "1.5", "0 to 900"),
            ("MAILS_PER_HOUR", "0", "1 to 1000"),
            ("MAILS_PER_DAY", "1001", "1 to 1000"),
        ] {
            let error = read(&[(name, value)]).unwrap_err().to_string();
            assert_eq!(error, format!("{name} must be a whole number from {bounds}, not {value:?}"));
        }
        assert!(read(&[("PRODUCT_NAME", "{####}")]).is_err());
        assert!(read(&[("PRODUCT_NAME", "two\nlines")]).is_err());
        assert!(read(&[("PRODUCT_NAME", "zero\u{200b}width")]).is_err());
        assert_eq!(read(&[("PRODUCT_NAME", "例の\u{3000}サイト")]).unwrap().product_name.as_deref(), Some("例の サイト"));
    }

    #[test]
    fn a_code_that_one_mail_lets_guess_too_often_is_refused_with_both_variables_named() {
        let set = |digits: &str, attempts: &str| read(&[("CODE_LENGTH", digits), ("MAX_ATTEMPTS", attempts)]);
        for (digits, attempts) in [("4", "5"), ("4", "1"), ("5", "10"), ("10", "10")] {
            set(digits, attempts).unwrap();
        }
        let expected = "CODE_LENGTH and MAX_ATTEMPTS must be such that one mail gives no better chance than 1 in 2000 (set CODE_LENGTH \
                        to 5 or more, or MAX_ATTEMPTS to 5 or less), not \"4 and 10\"";
        assert_eq!(set("4", "10").unwrap_err().to_string(), expected);
        assert!(set("4", "6").is_err());
        // As the local pool is set.
        assert!(Settings { max_attempts: 501, ..Settings::default() }.check().is_err());
        assert!(Settings { max_attempts: 500, ..Settings::default() }.check().is_ok());
    }

    #[test]
    fn every_wrong_variable_is_named_at_once() {
        let error = read(&[("CODE_LENGTH", "3"), ("MAX_ATTEMPTS", "none")]).unwrap_err().to_string();
        assert!(error.contains("CODE_LENGTH must be") && error.contains("; MAX_ATTEMPTS must be"), "{error}");
    }

    #[test]
    fn what_happens_without_the_table_is_refusal_unless_it_is_said() {
        let read = |value: &str| WhenUnreachable::from_variables(|_| Some(value.to_owned()));
        assert_eq!((read(""), read("REFUSE")), (Ok(WhenUnreachable::Refuse), Ok(WhenUnreachable::Refuse)));
        assert_eq!(read(" ALLOW "), Ok(WhenUnreachable::Allow));
        let error = read("allow").unwrap_err().to_string();
        assert_eq!(error, "ATTEMPTS_UNREACHABLE must be REFUSE or ALLOW, not \"allow\"");
    }

    #[test]
    fn a_senders_name_in_another_script_is_encoded() {
        let japanese = "=?UTF-8?B?5pel5pys?= <no-reply@example.com>";
        assert_eq!(sender("日本 <no-reply@example.com>").unwrap().as_str(), japanese);
        assert_eq!(sender("\"日本\" <no-reply@example.com>").unwrap().as_str(), japanese);
        let long = sender(&format!("{} <a@example.com>", "あ".repeat(20))).unwrap();
        let words: Vec<&str> = long.as_str().split(' ').collect();
        assert_eq!(words.len(), 3, "{words:?}");
        assert!(words[..2].iter().all(|word| word.len() <= 75 && word.starts_with("=?UTF-8?B?") && word.ends_with("?=")));
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        for right in [
            "no-reply@example.com",
            " no-reply@example.com ",
            "Example <no-reply@example.com>",
            "Example Login <no-reply@example.com>",
            "\"Example, Inc.\" <no-reply@example.com>",
            "=?UTF-8?B?5pel5pys?= <no-reply@example.com>",
        ] {
            assert_eq!(sender(right).unwrap().as_str(), right.trim());
        }
        for wrong in ["example.com", "@example.com", "a@b@c", "a@example.com\r\nBcc: b@example.com", "Example"] {
            let error = sender(wrong).unwrap_err().to_string();
            assert!(error.starts_with("EMAIL_SENDER must be an address such as"), "{error}");
        }
        let error = sender("").unwrap_err().to_string();
        assert!(error.ends_with("but it is not set"), "{error}");
        assert!(Sender::from_variables(|_| None).is_err());
    }
}
