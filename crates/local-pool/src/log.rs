//! Lines on standard error, for who runs the pool.

use crate::clock;

/// Operation, user, outcome. No password, code, token or session, and no name that is not a user's.
pub(crate) fn line(now_millis: i64, operation: &str, user: Option<&str>, outcome: &str) {
    let line = format!("{} {operation} {} -> {outcome}", clock::iso(now_millis), user.unwrap_or("-"));
    // Names that clients made up stand in some messages; they must not begin a line of their own.
    eprintln!("{}", line.replace(char::is_control, " "));
}
