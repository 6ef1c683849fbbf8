//! What a user's sign-ins leave behind, so that nobody guesses codes over many of them.
//!
//! A sign-in alone ends after `MAX_ATTEMPTS` wrong answers, but whoever knows the password can begin another. So a [`Record`] is
//! kept for each user, in a table, under the user's `sub`; it holds times and numbers, and neither an address nor a name.
//!
//! - A sign-in has failed with its first wrong answer. From the third failed one on since the last right code, the next has to
//!   wait: [`wait_after`]. A right code forgets the failed sign-ins and the wait; so does a day without another.
//! - No hour holds more than [`WRONG_PER_HOUR`] wrong answers, and no hour and no day more mails than the [`Limits`] say.
//! - A code is compared at most `MAX_ATTEMPTS` times, also where the service takes several answers to one session at once.
//!
//! What is counted is counted before it is done, by a write that fails when somebody else has written since: answers that come at
//! the same time have no more tries than answers one after another.
//!
//! [`count`] has the rules as pure functions, [`table`] what a table must do, [`guard`] brings them together.

pub mod count;
pub mod guard;
mod limits;
mod mark;
mod memory;
mod record;
pub mod table;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

pub use guard::{Guard, Refused, WhenUnreachable};
pub use limits::{Limits, WRONG_PER_HOUR, wait_after};
pub use mark::Mark;
pub use memory::MemoryTable;
pub use record::{Record, Tried};
pub use table::{AttemptsTable, Unreachable};
