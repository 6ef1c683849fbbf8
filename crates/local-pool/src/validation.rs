//! Lengths and patterns of members, with the sentences that the service says about them.
//!
//! # Source
//! The service model (botocore `cognito-idp`); sentences as AWS services word constraint violations.

use std::ops::RangeInclusive;

use cognito_protocol::{Secret, idp::StringMap};

use crate::error::ApiError;

/// Collects violations, because the service reports all of them at once.
#[derive(Default)]
pub(crate) struct Checks(Vec<String>);

impl Checks {
    pub fn client_id(self, value: &str) -> Self {
        let right = value.chars().all(|char| is_word(char) || char == '+');
        self.length("clientId", value, 1..=128).pattern("clientId", value, right, r"[\w+]+")
    }

    pub fn username(self, value: &str) -> Self {
        let right = value.chars().all(|char| !char.is_whitespace() && !char.is_control());
        self.length("username", value, 1..=128).pattern("username", value, right, r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")
    }

    /// The model says `[\S]+`, which a password with an inner space satisfies; outer spaces are refused with the longer form.
    pub fn password(self, value: &str) -> Self {
        self.password_at("password", value)
    }

    pub fn password_at(self, at: &str, value: &str) -> Self {
        let right = value.trim() == value;
        self.length(at, value, 0..=256).pattern(at, value, right, r"^[\S]+.*[\S]+$")
    }

    pub fn code(self, at: &str, value: &str) -> Self {
        let right = value.chars().any(|char| !char.is_whitespace());
        self.length(at, value, 1..=2048).pattern(at, value, right, r"[\S]+")
    }

    pub fn user_code(self, value: &str) -> Self {
        let right = value.bytes().all(|byte| byte.is_ascii_digit());
        self.length("userCode", value, 6..=6).pattern("userCode", value, right, "[0-9]+")
    }

    pub fn session(self, value: Option<&Secret>) -> Self {
        match value {
            Some(session) => self.length("session", session.expose(), 20..=4096),
            None => self,
        }
    }

    pub fn access_token(self, value: Option<&Secret>) -> Self {
        match value {
            Some(token) => self.token("accessToken", token),
            None => self,
        }
    }

    /// A token of whatever kind.
    pub fn token(self, at: &str, value: &Secret) -> Self {
        let token = value.expose();
        let right = token.chars().all(|char| char.is_ascii_alphanumeric() || "-_=.".contains(char));
        self.length(at, token, 1..=131_072).pattern(at, token, right, "[A-Za-z0-9-_=.]+")
    }

    /// A text that may be left out, without white space.
    pub fn optional_text(self, at: &str, value: Option<&str>, bounds: RangeInclusive<usize>) -> Self {
        match value {
            Some(text) => {
                let right = text.chars().any(|char| !char.is_whitespace());
                self.length(at, text, bounds).pattern(at, text, right, r"[\S]+")
            }
            None => self,
        }
    }

    pub fn device_key(self, value: &str) -> Self {
        let chars: Vec<char> = value.chars().collect();
        let right = chars.windows(3).any(|three| match three {
            [before, '_', after] => (is_word(*before) || *before == '-') && matches!(after, '0'..='9' | 'a'..='f' | '-'),
            _ => false,
        });
        self.length("deviceKey", value, 1..=55).pattern("deviceKey", value, right, r"[\w-]+_[0-9a-f-]+")
    }

    pub fn attribute_name(self, at: &str, value: &str) -> Self {
        let right = value.chars().all(|char| !char.is_control() || "\t\n\r".contains(char));
        let pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+";
        self.length(at, value, 1..=32).pattern(at, value, right, pattern)
    }

    pub fn user_pool_id(self, value: &str) -> Self {
        let right = value.rsplit_once('_').is_some_and(|(region, name)| {
            let is_name = !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric());
            is_name && !region.is_empty() && region.chars().all(|char| is_word(char) || char == '-')
        });
        self.length("userPoolId", value, 1..=55).pattern("userPoolId", value, right, r"[\w-]+_[0-9a-zA-Z]+")
    }

    pub fn event_id(self, value: &str) -> Self {
        let right = value.chars().all(|char| is_word(char) || "+-".contains(char));
        self.length("eventId", value, 1..=50).pattern("eventId", value, right, r"[\w+-]+")
    }

    pub fn session_id(self, value: &str) -> Self {
        let right = value
            .strip_prefix("tkn")
            .or_else(|| value.strip_prefix("sso"))
            .is_some_and(|rest| rest.len() == 25 && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        self.length("sessionId", value, 28..=28).pattern("sessionId", value, right, "^(tkn|sso)[a-z0-9]{25}$")
    }

    pub fn associated_sessions(self, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.one_of("revokeAssociatedSessions", value, matches!(value, "NONE" | "LINKED"), "NONE, LINKED"),
            None => self,
        }
    }

    pub fn secret_hash(self, value: Option<&Secret>) -> Self {
        match value.map(Secret::expose) {
            Some(hash) => {
                let right = hash.chars().all(|char| is_word(char) || "+=/".contains(char));
                self.length("secretHash", hash, 1..=128).pattern("secretHash", hash, right, r"[\w+=/]+")
            }
            None => self,
        }
    }

    pub fn client_secret(self, value: Option<&Secret>) -> Self {
        match value.map(Secret::expose) {
            Some(secret) => {
                let right = secret.chars().all(|char| is_word(char) || char == '+');
                self.length("clientSecret", secret, 24..=64).pattern("clientSecret", secret, right, r"[\w+]+")
            }
            None => self,
        }
    }

    /// The two structures that every public operation takes and that nothing here uses.
    pub fn bystanders(mut self, analytics_metadata: &StringMap, user_context_data: &StringMap) -> Self {
        let known = |map: &StringMap, names: &[&str]| map.iter().all(|(name, _)| names.contains(&name));
        if !known(analytics_metadata, &["AnalyticsEndpointId"]) {
            self.0.push("Value at 'analyticsMetadata' failed to satisfy constraint: Member must be known".to_owned());
        }
        if !known(user_context_data, &["IpAddress", "EncodedData"]) {
            self.0.push("Value at 'userContextData' failed to satisfy constraint: Member must be known".to_owned());
        }
        self
    }

    pub fn one_of(mut self, at: &str, value: &str, known: bool, names: &str) -> Self {
        if !known {
            let shown: String = value.chars().filter(|char| !char.is_control()).take(64).collect();
            self.0.push(format!(
                "Value '{shown}' at '{at}' failed to satisfy constraint: Member must satisfy enum value set: [{names}]"
            ));
        }
        self
    }

    pub fn length(mut self, at: &str, value: &str, bounds: RangeInclusive<usize>) -> Self {
        let length = value.chars().count();
        let (bound, which) = if length < *bounds.start() {
            (bounds.start(), "greater")
        } else if length > *bounds.end() {
            (bounds.end(), "less")
        } else {
            return self;
        };
        self.0.push(format!(
            "Value at '{at}' failed to satisfy constraint: Member must have length {which} than or equal to {bound}"
        ));
        self
    }

    pub fn number(mut self, at: &str, value: f64, bounds: RangeInclusive<u8>) -> Self {
        let (which, bound) = if value < f64::from(*bounds.start()) {
            ("greater", bounds.start())
        } else if value > f64::from(*bounds.end()) {
            ("less", bounds.end())
        } else {
            return self;
        };
        self.0.push(format!(
            "Value '{value}' at '{at}' failed to satisfy constraint: Member must have value {which} than or equal to {bound}"
        ));
        self
    }

    /// An empty text is for [`length`](Self::length) to judge.
    pub fn pattern(mut self, at: &str, value: &str, right: bool, pattern: &str) -> Self {
        if !right && !value.is_empty() {
            self.0.push(format!(
                "Value at '{at}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}"
            ));
        }
        self
    }

    pub fn finish(self) -> Result<(), ApiError> {
        let sentences = self.0;
        let errors = match sentences.len() {
            0 => return Ok(()),
            1 => "1 validation error".to_owned(),
            several => format!("{several} validation errors"),
        };
        Err(ApiError::invalid_parameter(format!("{errors} detected: {}", sentences.join("; "))))
    }
}

/// `\w`
fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// A parameter of `AuthParameters` or `ChallengeResponses` that must be there.
pub(crate) fn required<'a>(map: &'a StringMap, name: &str) -> Result<&'a str, ApiError> {
    map.get(name).filter(|value| !value.is_empty()).ok_or_else(|| ApiError::missing_parameter(name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences() {
        assert!(Checks::default().client_id("abc+1_").username("a@b").finish().is_ok());
        let error = Checks::default().client_id("").finish().unwrap_err();
        assert_eq!(
            error.message,
            "1 validation error detected: Value at 'clientId' failed to satisfy constraint: \
             Member must have length greater than or equal to 1"
        );
        let error = Checks::default().client_id("a b").username("a b").finish().unwrap_err();
        assert_eq!(
            error.message,
            "2 validation errors detected: Value at 'clientId' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\w+]+; \
             Value at 'username' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
        );
    }

    #[test]
    fn passwords_may_hold_inner_spaces_only() {
        assert!(Checks::default().password("a b").finish().is_ok());
        assert!(Checks::default().password(" ab").finish().is_err());
        assert!(Checks::default().password(&"x".repeat(257)).finish().is_err());
        assert!(Checks::default().password(&"日".repeat(256)).finish().is_ok());
    }
}
