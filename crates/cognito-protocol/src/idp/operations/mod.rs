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

pub use attributes::*;
pub use devices::*;
pub use password::*;
pub use sign_in::*;
pub use sign_up::*;
pub use software_token::*;
pub use tokens::*;
pub use user::*;
