//! Sign-up.

use crate::Secret;
use crate::idp::operations::user::Attribute;
use crate::idp::string_map::StringMap;
use crate::idp::wire::{operations, wire};

operations! {
    /// Registers a user.
    "SignUp": pub struct SignUpRequest -> SignUpReply {
        /// The app client.
        client_id: String => "ClientId",
        /// Proof of the client's secret.
        secret_hash: Option<Secret> => "SecretHash",
        /// The sign-in name.
        username: String => "Username",
        /// The password.
        password: Option<Secret> => "Password",
        /// Attributes.
        user_attributes: Vec<Attribute> => "UserAttributes",
        /// Handed to the pre sign-up trigger alone.
        validation_data: Vec<Attribute> => "ValidationData",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }

    /// Confirms a sign-up with its code.
    "ConfirmSignUp": pub struct ConfirmSignUpRequest -> ConfirmSignUpReply {
        /// The app client.
        client_id: String => "ClientId",
        /// Proof of the client's secret.
        secret_hash: Option<Secret> => "SecretHash",
        /// The name of `SignUp`.
        username: String => "Username",
        /// The code.
        confirmation_code: Secret => "ConfirmationCode",
        /// Takes the alias from another user.
        force_alias_creation: Option<bool> => "ForceAliasCreation",
        /// Of `SignUp`.
        session: Option<Secret> => "Session",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }

    /// Sends the code of a sign-up once more.
    "ResendConfirmationCode": pub struct ResendConfirmationCodeRequest -> ResendConfirmationCodeReply {
        /// The app client.
        client_id: String => "ClientId",
        /// Proof of the client's secret.
        secret_hash: Option<Secret> => "SecretHash",
        /// The name of `SignUp`.
        username: String => "Username",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }
}

wire! {
    /// What `SignUp` answers.
    pub struct SignUpReply {
        /// `true`: no code step.
        user_confirmed: bool => "UserConfirmed",
        /// The user's unchanging id.
        user_sub: String => "UserSub",
        /// Where the code went.
        code_delivery_details: Option<CodeDeliveryDetails> => "CodeDeliveryDetails",
        /// For `ConfirmSignUp`.
        session: Option<Secret> => "Session",
    }

    /// Where a code went.
    pub struct CodeDeliveryDetails {
        /// Masked address.
        destination: Option<String> => "Destination",
        /// `SMS` or `EMAIL`.
        delivery_medium: Option<String> => "DeliveryMedium",
        /// Which attribute.
        attribute_name: Option<String> => "AttributeName",
    }

    /// What `ConfirmSignUp` answers.
    pub struct ConfirmSignUpReply {
        /// For `InitiateAuth` with `USER_AUTH`.
        session: Option<Secret> => "Session",
    }
    /// What `ResendConfirmationCode` answers.
    pub struct ResendConfirmationCodeReply {
        /// Where the code went.
        code_delivery_details: CodeDeliveryDetails => "CodeDeliveryDetails",
    }
}
