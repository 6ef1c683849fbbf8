//! What the scenarios play with.

mod authenticator;
mod canned_server;
mod piped;
mod pool_server;
mod program;
mod server;
mod terminal;

pub use authenticator::Authenticator;
pub use canned_server::{CannedServer, http};
pub use piped::Piped;
pub use pool_server::{MFA_ON, NOW_SECS, new_user, pool, pool_url};
pub use program::{Outcome, Program};
pub use server::{Server, free_port};
pub use terminal::AtTerminal;
