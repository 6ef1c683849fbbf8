//! What came of a step of a sign-in.

use cognito_protocol::idp::AuthReply;

use crate::{config::SecondFactor, state::Progress};

/// What came of a step of a sign-in, if it was no error.
pub(in crate::operations) enum Outcome {
    /// The password or a second factor was right; what is still missing comes next.
    Passed(Progress),
    /// The person wants to be asked for this second factor.
    Chosen(Progress, SecondFactor),
    /// The triggers' challenge was answered, rightly or wrongly: they say what that means.
    Answered(Progress),
    /// This challenge comes next, whatever else is missing.
    Challenge(AuthReply),
    /// Nothing is missing.
    Complete(Progress),
}
