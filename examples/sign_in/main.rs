//! Signs in on the command line: the machine of `cognito-protocol` with a terminal for its screens and blocking HTTP for its
//! transport, where the widget has Yew and `fetch`.
//!
//! ```sh
//! cargo run -p local-pool    # in another terminal
//! cargo run --example sign_in -- --pool-id us-east-1_LocalPool --client-id localclient000000000000000 \
//!   --username srp@example.com --endpoint http://127.0.0.1:9229/
//! ```
//!
//! | module | |
//! |---|---|
//! | [`machine`] | the whole of the machine's use on one page: begin here |
//! | [`transport`] | posts a request and reads its reply |
//! | [`terminal`] | asks without an echo, draws the QR code |
//! | [`arguments`] | the command line becomes a configuration |
//! | [`failure`] | why it did not work out, and the exit code for it |
//!
//! The protocol comes from `cognito-protocol` alone. Of `cognito-login` it takes the checks of a configuration and the words for
//! notices, so that both say the same.

#[cfg(not(target_arch = "wasm32"))]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
mod failure;
#[cfg(not(target_arch = "wasm32"))]
mod machine;
#[cfg(not(target_arch = "wasm32"))]
mod terminal;
#[cfg(not(target_arch = "wasm32"))]
mod transport;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments = <arguments::Arguments as clap::Parser>::parse();
    match sign_in(&arguments) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            terminal::say(&format!("sign_in: {failure}"));
            failure.exit.into()
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn sign_in(arguments: &arguments::Arguments) -> Result<(), failure::Failure> {
    let config = arguments.configuration()?;
    let session = machine::sign_in(&config, arguments.enrol_totp)?;
    let line = if arguments.print_tokens { tokens(&session) } else { summary(&session).into() };
    terminal::print(line.expose()).map_err(failure::Failure::output)
}

/// Who signed in, for a person.
#[cfg(not(target_arch = "wasm32"))]
fn summary(session: &cognito_protocol::flow::StoredSession) -> String {
    let expiry = cognito_protocol::srp::format_timestamp(session.expires_at_millis);
    format!("Signed in as {} (username {}) until {expiry}", session.sign_in_name, session.username)
}

/// The tokens, for a program. `expiresAt` is the access token's, in milliseconds since the Unix epoch.
#[cfg(not(target_arch = "wasm32"))]
fn tokens(session: &cognito_protocol::flow::StoredSession) -> cognito_protocol::Secret {
    let tokens = serde_json::json!({
        "idToken": session.id_token.expose(),
        "accessToken": session.access_token.expose(),
        "refreshToken": session.refresh_token.as_ref().map(cognito_protocol::Secret::expose),
        "expiresAt": session.expires_at_millis,
    });
    tokens.to_string().into()
}

/// Browsers have the widget.
#[cfg(target_arch = "wasm32")]
fn main() {}
