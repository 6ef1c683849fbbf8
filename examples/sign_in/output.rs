//! The result: the one line on standard output.

use std::io::{Write, stdout};

use cognito_protocol::{Secret, flow::StoredSession, srp::format_timestamp};

use crate::{failure::Failure, terminal::printable};

/// Prints who is signed in, or the tokens for whoever asked for them.
pub fn print(session: &StoredSession, with_tokens: bool) -> Result<(), Failure> {
    let line = if with_tokens { tokens(session) } else { summary(session).into() };
    writeln!(stdout(), "{}", line.expose()).map_err(|error| Failure::output(&error))
}

/// For a person.
fn summary(session: &StoredSession) -> String {
    let StoredSession { sign_in_name, username, expires_at_millis, .. } = session;
    let expiry = format_timestamp(*expires_at_millis);
    printable(&format!("Signed in as {sign_in_name} (username {username}) until {expiry}"))
}

/// For a program.
fn tokens(session: &StoredSession) -> Secret {
    let tokens = serde_json::json!({
        "idToken": session.id_token.expose(),
        "accessToken": session.access_token.expose(),
        "refreshToken": session.refresh_token.as_ref().map(Secret::expose),
        "expiresAt": session.expires_at_millis,
    });
    tokens.to_string().into()
}
