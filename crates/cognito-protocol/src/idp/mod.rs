//! The public JSON API of Amazon Cognito user pools: what goes over the wire, in AWS's names.
//!
//! Only operations that need no AWS credentials are here. Nothing is sent: see [`Request`] for what to send, [`Operation::Reply`] and
//! [`ServiceError`] for what comes back. Unknown members are ignored, unknown names are kept in `Other`.

mod call;
mod challenge;
mod error;
mod json;
mod operations;
mod string_map;
mod wire;

pub use call::{CONTENT_TYPE, Operation, Request, TARGET_PREFIX};
pub use challenge::{AuthFlow, ChallengeName};
pub use error::{ErrorCode, ServiceError};
pub use json::{Json, MAX_DEPTH};
pub use operations::*;
pub use string_map::StringMap;
pub use wire::{EmptyReply, Member, Wire, WireError, refuse_unknown};
