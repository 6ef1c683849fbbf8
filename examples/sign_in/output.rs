//! The result: the one line on standard output.

use std::io::{Write, stdout};

use cognito_protocol::{Secret, flow::Tokens, srp::format_timestamp};

use crate::{failure::Failure, terminal::printable};

/// Prints who is signed in, or the tokens for whoever asked for them.
pub fn print(tokens: &Tokens, with_tokens: bool) -> Result<(), Failure> {
    let line = if with_tokens { token_object(tokens) } else { summary(tokens).into() };
    writeln!(stdout(), "{}", line.expose()).map_err(|error| Failure::output(&error))
}

/// For a person.
fn summary(tokens: &Tokens) -> String {
    let Tokens { sign_in_name, username, expires_at_millis, .. } = tokens;
    let expiry = format_timestamp(*expires_at_millis);
    printable(&format!("Signed in as {sign_in_name} (username {username}) until {expiry}"))
}

/// For a program.
fn token_object(tokens: &Tokens) -> Secret {
    let tokens = serde_json::json!({
        "idToken": tokens.id_token.expose(),
        "accessToken": tokens.access_token.expose(),
        "refreshToken": tokens.refresh_token.as_ref().map(Secret::expose),
        "expiresAt": tokens.expires_at_millis,
    });
    tokens.to_string().into()
}
