//! What is wrong with settings, and where.

use std::{cell::RefCell, fmt};

use terminal_line::one_line;

/// What is wrong with settings: a line a mistake, with its place, and with what to write instead. No line quotes a password or a
/// secret. Whoever wrote them is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file, where there is one.
    pub(super) file: Option<String>,
    pub(super) mistakes: Vec<String>,
}

impl ConfigError {
    /// The mistakes, without the file's name.
    #[must_use]
    pub fn mistakes(&self) -> &[String] {
        &self.mistakes
    }

    pub(super) fn in_file(self, file: &str) -> Self {
        Self { file: Some(one_line(file)), ..self }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            let line_end = if index == 0 { "" } else { "\n" };
            match &self.file {
                Some(file) => write!(f, "{line_end}{file}: {mistake}")?,
                None => write!(f, "{line_end}{mistake}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// The mistakes found so far.
#[derive(Default)]
pub(super) struct Mistakes(RefCell<Vec<String>>);

impl Mistakes {
    pub fn add(&self, place: &Place, what: impl AsRef<str>) {
        // What others wrote may be in both.
        let mistake = if place.0.is_empty() { what.as_ref().to_owned() } else { format!("{}: {}", place.0, what.as_ref()) };
        self.0.borrow_mut().push(one_line(&mistake));
    }

    /// What was read, if nothing is wrong.
    pub fn none_or<T>(self, read: T) -> Result<T, ConfigError> {
        match self.0.into_inner() {
            mistakes if mistakes.is_empty() => Ok(read),
            mistakes => Err(ConfigError { file: None, mistakes }),
        }
    }
}

/// A place in the settings: the keys that lead there, such as `pools.us-east-1_Example.users."a@example.com"`.
#[derive(Clone, Default)]
pub(super) struct Place(String);

impl Place {
    pub fn at(&self, key: &str) -> Self {
        let is_bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let key = if is_bare { key.to_owned() } else { format!("\"{key}\"") };
        Self(if self.0.is_empty() { key } else { format!("{}.{key}", self.0) })
    }
}
