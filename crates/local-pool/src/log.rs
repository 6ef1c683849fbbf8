//! Lines on standard error, for who runs the pool.

use terminal_line::one_line;

use crate::clock;

/// Operation, user, outcome. No password, code, token or session, and no name that is not a user's.
pub(crate) fn line(now_millis: i64, operation: &str, user: Option<&str>, outcome: &str) {
    eprintln!("{}", text(now_millis, operation, user, outcome));
}

/// Names that clients made up stand in some messages; they must not begin a line of their own, nor turn the line around.
fn text(now_millis: i64, operation: &str, user: Option<&str>, outcome: &str) -> String {
    one_line(&format!("{} {operation} {} -> {outcome}", clock::iso(now_millis), user.unwrap_or("-")))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_made_up_name_stays_where_it_is() {
        let outcome = "ResourceNotFoundException: User pool client \u{202e}x\r\n\u{2028}\u{1b}[2J does not exist.";
        let line = text(1_757_408_703_000, "InitiateAuth", Some("a\u{2066}b@example.com"), outcome);
        assert_eq!(
            line,
            "2025-09-09T09:05:03Z InitiateAuth a\u{fffd}b@example.com -> ResourceNotFoundException: \
             User pool client \u{fffd}x\u{fffd}\u{fffd}\u{fffd}\u{fffd}[2J does not exist."
        );
    }
}
