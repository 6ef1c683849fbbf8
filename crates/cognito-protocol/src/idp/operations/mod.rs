//! The operations, each in one place: its name, its request and its reply. Member names are those of the API reference.
//!
//! # Source
//! Amazon Cognito user pools API reference, the page of each operation.

mod attributes;
mod devices;
mod password;
mod sign_in;
mod sign_up;
mod software_token;
mod tokens;
mod user;
mod user_sessions;
mod user_settings;
mod web_authn;

pub use attributes::*;
pub use devices::*;
pub use password::*;
pub use sign_in::*;
pub use sign_up::*;
pub use software_token::*;
pub use tokens::*;
pub use user::*;
pub use user_sessions::*;
pub use user_settings::*;
pub use web_authn::*;
