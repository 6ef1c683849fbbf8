//! The command line becomes a configuration, by the checks that the widget makes of its attributes.

use clap::Parser;
use cognito_login::{LoginConfig, config::UsernameKind};

use crate::failure::Failure;

const EXIT_CODES: &str = "\
The password and the codes are asked for on the terminal and not shown. Where standard input is no terminal, each is one line
of it. Questions and errors go to the terminal or to standard error; standard output has the result alone.

Exit codes:
    0  signed in
    1  refused: wrong password or code, user disabled or not confirmed, a step that is not available here, …
    2  the command line is wrong, or the app client is not set up for it
    3  the service could not be reached, failed, or answered something that is not its protocol
    4  the input ended before the sign-in did, or the output could not be written
  130  interrupted (Ctrl-C)";

/// Signs in to an Amazon Cognito user pool.
#[derive(Debug, Parser)]
#[command(name = "sign_in", after_help = EXIT_CODES)]
pub struct Arguments {
    /// The user pool, such as eu-central-1_AbCdEfGhI
    #[arg(long, value_name = "ID", alias = "user-pool-id")]
    pool_id: String,
    /// The app client, which must have no secret
    #[arg(long, value_name = "ID")]
    client_id: String,
    /// The name to sign in with: an e-mail address, a phone number or a username, as the pool has it
    #[arg(long, value_name = "NAME", value_parser = name)]
    username: String,
    /// How to sign in: by the password alone, by the password and then the pool's own challenge, or by what the pool lets one choose
    #[arg(long, value_name = "FLOW", default_value = "USER_SRP_AUTH", value_parser = ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH"])]
    auth_flow: String,
    /// Replaces the service's own URL: https, or http on this machine
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The app client's AuthSessionValidity in minutes, 3 to 15 [default: 3]
    #[arg(long, value_name = "MINUTES")]
    session_minutes: Option<String>,
    /// The issuer that an authenticator app shows [default: the pool's id]
    #[arg(long, value_name = "NAME")]
    totp_issuer: Option<String>,
    /// Handed to the pool's triggers; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    client_metadata: Vec<(String, String)>,
    /// When signed in, set up (or replace) the user's authenticator app and ask for its codes from then on
    #[arg(long)]
    pub enrol_totp: bool,
    /// Print the tokens as one JSON object: idToken, accessToken, refreshToken, expiresAt (milliseconds since 1970)
    #[arg(long)]
    pub print_tokens: bool,
}

impl Arguments {
    /// The configuration of a widget with these values in its attributes.
    pub fn configuration(&self) -> Result<LoginConfig, Failure> {
        let mut config = LoginConfig::from_attributes(|name| match name {
            "user-pool-id" => Some(self.pool_id.clone()),
            "client-id" => Some(self.client_id.clone()),
            "username" => Some(self.username.clone()),
            "auth-flow" => Some(self.auth_flow.clone()),
            "endpoint" => self.endpoint.clone(),
            "session-minutes" => self.session_minutes.clone(),
            "totp-issuer" => Some(self.totp_issuer.as_ref().unwrap_or(&self.pool_id).clone()),
            _ => None,
        })
        .map_err(|error| Failure::configuration(&error))?;
        config.username_kind = kind_of(&self.username);
        for (name, value) in &self.client_metadata {
            config.client_metadata.insert(name, value.as_str());
        }
        Ok(config)
    }
}

/// What a wrong sign-in is to speak of.
fn kind_of(username: &str) -> UsernameKind {
    if username.contains('@') {
        UsernameKind::Email
    } else if username.starts_with('+') {
        UsernameKind::Phone
    } else {
        UsernameKind::Username
    }
}

fn name(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("it is empty") } else { Ok(text.to_owned()) }
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("this takes NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
