//! Forgotten and changed passwords.

use crate::Secret;
use crate::idp::operations::sign_up::CodeDeliveryDetails;
use crate::idp::string_map::StringMap;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Sends a code for a new password. Where the client hides who exists, it answers alike for everybody.
    "ForgotPassword": pub struct ForgotPasswordRequest -> ForgotPasswordReply {
        /// The app client.
        client_id: String => "ClientId",
        /// Proof of the client's secret.
        secret_hash: Option<Secret> => "SecretHash",
        /// The sign-in name.
        username: String => "Username",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }

    /// Sets a new password by that code. No session is involved.
    "ConfirmForgotPassword": pub struct ConfirmForgotPasswordRequest -> EmptyReply {
        /// The app client.
        client_id: String => "ClientId",
        /// Proof of the client's secret.
        secret_hash: Option<Secret> => "SecretHash",
        /// The name of `ForgotPassword`.
        username: String => "Username",
        /// The code.
        confirmation_code: Secret => "ConfirmationCode",
        /// The new password.
        password: Secret => "Password",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }

    /// Changes the signed-in user's password.
    "ChangePassword": pub struct ChangePasswordRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// The password in force; absent where there is none.
        previous_password: Option<Secret> => "PreviousPassword",
        /// The new one.
        proposed_password: Secret => "ProposedPassword",
    }
}

wire! {
    /// What `ForgotPassword` answers.
    pub struct ForgotPasswordReply {
        /// Where the code went, or would have gone.
        code_delivery_details: Option<CodeDeliveryDetails> => "CodeDeliveryDetails",
    }
}
