//! Operations that a sign-in widget does not need: the old setting of text messages, and what people say of a suspicious sign-in.

use crate::Secret;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Turns codes by text message on, or off with an empty list; `SetUserMFAPreference` took its place.
    "SetUserSettings": pub struct SetUserSettingsRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Text messages, or nothing.
        mfa_options: Vec<MfaOption> => "MFAOptions",
    }

    /// Says whether a sign-in was one's own. The link to it is in a mail of the service.
    "UpdateAuthEventFeedback": pub struct UpdateAuthEventFeedbackRequest -> EmptyReply {
        /// The user pool.
        user_pool_id: String => "UserPoolId",
        /// The user.
        username: String => "Username",
        /// The sign-in.
        event_id: String => "EventId",
        /// By whose leave: a token in the mail.
        feedback_token: Secret => "FeedbackToken",
        /// `Valid` or `Invalid`.
        feedback_value: String => "FeedbackValue",
    }
}

wire! {
    /// An old way to say by which way codes go.
    pub struct MfaOption {
        /// `SMS`
        delivery_medium: Option<String> => "DeliveryMedium",
        /// `phone_number`
        attribute_name: Option<String> => "AttributeName",
    }
}
