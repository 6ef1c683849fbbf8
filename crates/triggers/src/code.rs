//! Codes: how long they are, how they are made and kept.

use crate::{attempts::Mark, error::RandomnessFailed, event::Texts};

/// How many digits a code has: 4 to 10, by default 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLength(u8);

impl CodeLength {
    /// The bounds: fewer digits can be guessed in a few tries too often, more cannot be typed.
    pub const BOUNDS: std::ops::RangeInclusive<u8> = 4..=10;

    /// The length as a number; `None` outside of [`Self::BOUNDS`].
    #[must_use]
    pub fn new(digits: u8) -> Option<Self> {
        Self::BOUNDS.contains(&digits).then_some(Self(digits))
    }

    /// The number of digits.
    #[must_use]
    pub fn digits(self) -> usize {
        usize::from(self.0)
    }
}

impl Default for CodeLength {
    fn default() -> Self {
        Self(6)
    }
}

/// In front of the code in `challengeMetadata`, as AWS's samples do.
const METADATA_PREFIX: &str = "CODE-";

/// Names of the private parameters.
const ANSWER: &str = "answer";
const EXPIRES_AT: &str = "expiresAt";
const ID: &str = "id";

/// A code and the end of its life. There is no Debug: it would show the code.
#[derive(PartialEq, Eq)]
pub(crate) struct Code {
    digits: String,
    mark: Mark,
}

impl Code {
    /// Digits from the source of randomness, each equally likely.
    pub fn make(
        length: CodeLength,
        expires_secs: i64,
        fill_random: &mut dyn FnMut(&mut [u8]) -> Result<(), RandomnessFailed>,
    ) -> Result<Self, RandomnessFailed> {
        let digits = make_digits(length, fill_random)?;
        let mut id = [0; 8];
        fill_random(&mut id)?;
        Ok(Self { digits, mark: Mark { id: format!("{:016x}", u64::from_be_bytes(id)), expires_secs } })
    }

    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// What tells it from other codes.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    pub fn is_expired(&self, now_secs: i64) -> bool {
        now_secs >= self.mark.expires_secs
    }

    /// For the `session` of later events of this sign-in.
    pub fn to_metadata(&self) -> String {
        format!("{METADATA_PREFIX}{}-{}-{}", self.digits, self.mark.expires_secs, self.mark.id)
    }

    /// `None` for whatever [`Self::to_metadata`] does not make.
    pub fn from_metadata(text: &str) -> Option<Self> {
        let (digits, rest) = text.strip_prefix(METADATA_PREFIX)?.split_once('-')?;
        let (expires_at, id) = rest.split_once('-').map_or((rest, None), |(expires_at, id)| (expires_at, Some(id)));
        Self::read(digits, expires_at, id)
    }

    /// For the trigger that compares the answer.
    pub fn to_private_parameters(&self) -> Texts {
        let Mark { id, expires_secs } = &self.mark;
        let parameters = [(ANSWER, self.digits.clone()), (EXPIRES_AT, expires_secs.to_string()), (ID, id.clone())];
        parameters.map(|(name, value)| (name.to_owned(), value)).into()
    }

    /// `None` for whatever [`Self::to_private_parameters`] does not make.
    pub fn from_private_parameters(parameters: &Texts) -> Option<Self> {
        Self::read(parameters.get(ANSWER)?, parameters.get(EXPIRES_AT)?, parameters.get(ID).map(String::as_str))
    }

    /// Without an id, as earlier versions made codes, which are alive while a function is updated, it is the end of the code's life.
    fn read(digits: &str, expires_at: &str, id: Option<&str>) -> Option<Self> {
        let expires_secs = expires_at.parse().ok()?;
        let id = id.unwrap_or(expires_at).to_owned();
        is_code(digits).then(|| Self { digits: digits.to_owned(), mark: Mark { id, expires_secs } })
    }
}

/// As many digits as asked for, each equally likely: a byte of 250 or more is thrown away, since 256 is no multiple of 10.
fn make_digits(
    length: CodeLength,
    fill_random: &mut dyn FnMut(&mut [u8]) -> Result<(), RandomnessFailed>,
) -> Result<String, RandomnessFailed> {
    let mut code = String::with_capacity(length.digits());
    let mut bytes = [0_u8; 32];
    // One byte in 43 is thrown away; a source that fails this often is broken, and must not hang the sign-in.
    for _ in 0..16 {
        fill_random(&mut bytes)?;
        for byte in bytes.iter().filter(|byte| **byte < 250) {
            code.push(char::from(b'0' + byte % 10));
            if code.len() == length.digits() {
                return Ok(code);
            }
        }
    }
    Err(RandomnessFailed)
}

/// Whether `text` can be a code of ours.
fn is_code(text: &str) -> bool {
    u8::try_from(text.len()).is_ok_and(|digits| CodeLength::BOUNDS.contains(&digits))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_would_favour_low_digits_are_thrown_away() {
        let mut sequence = [255, 250, 249, 0, 19, 28, 251, 37, 46].into_iter().cycle();
        let code = make_digits(CodeLength::default(), &mut |bytes| {
            bytes.fill_with(|| sequence.next().unwrap_or_default());
            Ok(())
        });
        assert_eq!(code.unwrap(), "909876");
    }

    #[test]
    fn every_digit_comes_from_as_many_bytes() {
        let mut counts = [0; 10];
        for byte in 0..250_u8 {
            counts[usize::from(byte % 10)] += 1;
        }
        assert_eq!(counts, [25; 10]);
    }

    #[test]
    fn a_broken_source_is_an_error_not_a_hang() {
        let stuck = make_digits(CodeLength::default(), &mut |bytes| {
            bytes.fill(255);
            Ok(())
        });
        assert_eq!(stuck, Err(RandomnessFailed));
        assert_eq!(make_digits(CodeLength::default(), &mut |_| Err(RandomnessFailed)), Err(RandomnessFailed));
    }

    #[test]
    fn the_length_has_bounds() {
        assert_eq!(CodeLength::default().digits(), 6);
        for digits in 4..=10 {
            assert_eq!(CodeLength::new(digits).unwrap().digits(), usize::from(digits));
        }
        for digits in [0, 3, 11, 255] {
            assert_eq!(CodeLength::new(digits), None);
        }
    }
}
