//! Settings as a file has them: TOML or JSON of one shape, read as a whole, with every mistake named.
//!
//! They are read by hand and not by derived code: that would tell of one mistake only, and would quote what stands where something
//! else should, which may be a password. `docs/local-pool.md` is the reference.

mod app_client;
mod code_digits;
mod device_configuration;
mod fields;
mod identity_provider;
mod mistakes;
mod oauth_client;
mod password_policy;
mod sign_in_names;
mod tree;
mod user;
mod user_pool;
mod web_authn;
mod whole;

use std::path::Path;

use aws_lc_rs::digest;

use crate::seed::SeededUser;
pub use mistakes::ConfigError;
pub(crate) use tree::Tree;
pub(crate) use whole::{read, write, write_without_secrets};

/// What settings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Version 1.0 of TOML, or 1.1.
    Toml,
    /// JSON
    Json,
}

/// The settings in a file; its name says what they are written in.
pub(crate) fn load(path: &Path) -> Result<Tree, ConfigError> {
    let shown = path.display().to_string();
    let format = match path.extension().and_then(|extension| extension.to_str()) {
        Some("toml") => Format::Toml,
        Some("json") => Format::Json,
        _ => return Err(mistake("the name of a file of settings ends in .toml or .json").in_file(&shown)),
    };
    let text =
        std::fs::read_to_string(path).map_err(|error| mistake(&format!("this cannot be read: {error}")).in_file(&shown))?;
    parse(&text, format).map_err(|error| error.in_file(&shown))
}

/// The settings in a text.
pub(crate) fn parse(text: &str, format: Format) -> Result<Tree, ConfigError> {
    match format {
        // Without the lines that the parser would show: there may be a password in them.
        Format::Toml => toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            mistake(&format!("{} at line {line} column {column}", error.message().trim_end()))
        }),
        Format::Json => serde_json::from_str(text).map_err(|error| mistake(&error.to_string())),
    }
}

/// Whether settings say the same of two users.
pub(crate) fn is_same_user(one: &SeededUser, other: &SeededUser) -> bool {
    let is_namesake = one.user_pool_id == other.user_pool_id && one.sign_in_name() == other.sign_in_name();
    is_namesake && user::write(one) == user::write(other)
}

/// A short text that changes with what settings say of a user.
pub(crate) fn fingerprint(user: &SeededUser) -> String {
    let said = Tree::table([(user.sign_in_name(), Some(user::write(user)))]);
    let said = serde_json::to_string(&said).unwrap_or_default();
    let digest = digest::digest(&digest::SHA256, said.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Names the file in what is wrong with the settings of it.
pub(crate) fn in_file(path: &Path) -> impl FnOnce(ConfigError) -> ConfigError {
    move |error| error.in_file(&path.display().to_string())
}

/// What is said to a patch that does not come as text.
pub(crate) fn unreadable() -> ConfigError {
    mistake("send JSON as UTF-8 text")
}

fn mistake(what: &str) -> ConfigError {
    ConfigError { file: None, mistakes: vec![terminal_line::one_line(what)] }
}
