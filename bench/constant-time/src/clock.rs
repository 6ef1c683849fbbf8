//! What times are read from.

/// A clock that is never set back.
pub trait Clock {
    /// Milliseconds since some moment that stays the same.
    fn now(&self) -> f64;
}
