//! What came of a check.

/// What became of a check that did not fail.
#[derive(Debug)]
pub enum Verdict {
    /// It was made, and nothing was found.
    Holds,
    /// It could not be made here, and why. Nothing is known.
    NotChecked(String),
}
