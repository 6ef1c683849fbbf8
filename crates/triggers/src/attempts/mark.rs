//! What tells one code from another without telling the code.

/// A code's random name and the end of its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Made with the code; not made of it.
    pub id: String,
    /// Seconds since 1970. From then on every answer is wrong, so nothing is counted any more.
    pub expires_secs: i64,
}
