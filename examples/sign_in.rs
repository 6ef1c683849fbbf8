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
//! | [`output`] | the one line of the result |
//! | [`failure`] | why it did not work out, and the exit code for it |
//!
//! The protocol comes from `cognito-protocol` alone. Of `cognito-login` it takes the checks of a configuration and the words for
//! notices, so that both say the same.

#[cfg(not(target_arch = "wasm32"))]
#[path = "sign_in/arguments.rs"]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
#[path = "sign_in/failure.rs"]
mod failure;
#[cfg(not(target_arch = "wasm32"))]
#[path = "sign_in/machine.rs"]
mod machine;
#[cfg(not(target_arch = "wasm32"))]
#[path = "sign_in/output.rs"]
mod output;
#[cfg(not(target_arch = "wasm32"))]
#[path = "sign_in/terminal.rs"]
mod terminal;
#[cfg(not(target_arch = "wasm32"))]
#[path = "sign_in/transport.rs"]
mod transport;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments = <arguments::Arguments as clap::Parser>::parse();
    let signed_in = arguments.configuration().and_then(|config| machine::sign_in(&config, arguments.enrol_totp));
    match signed_in.and_then(|tokens| output::print(&tokens, arguments.print_tokens)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            terminal::say(&format!("sign_in: {failure}"));
            failure.exit.into()
        }
    }
}

/// Browsers have the widget.
#[cfg(target_arch = "wasm32")]
fn main() {}
