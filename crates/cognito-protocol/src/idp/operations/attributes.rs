//! The signed-in user's attributes, and the end of the user.

use crate::Secret;
use crate::idp::operations::{sign_up::CodeDeliveryDetails, user::Attribute};
use crate::idp::string_map::StringMap;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Changes attributes; an empty value deletes one. An address that must prove itself first gets a code.
    "UpdateUserAttributes": pub struct UpdateUserAttributesRequest -> UpdateUserAttributesReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// The new values.
        user_attributes: Vec<Attribute> => "UserAttributes",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
    }

    /// Deletes attributes.
    "DeleteUserAttributes": pub struct DeleteUserAttributesRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Their names.
        user_attribute_names: Vec<String> => "UserAttributeNames",
    }

    /// Sends a code to an address that is to be verified.
    "GetUserAttributeVerificationCode": pub struct GetUserAttributeVerificationCodeRequest -> GetUserAttributeVerificationCodeReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// `email` or `phone_number`.
        attribute_name: String => "AttributeName",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
    }

    /// Verifies an address by that code.
    "VerifyUserAttribute": pub struct VerifyUserAttributeRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// `email` or `phone_number`.
        attribute_name: String => "AttributeName",
        /// The code.
        code: Secret => "Code",
    }

    /// Deletes the user. The reply has no body.
    "DeleteUser": pub struct DeleteUserRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
    }
}

wire! {
    /// What `UpdateUserAttributes` answers.
    pub struct UpdateUserAttributesReply {
        /// Where codes went.
        code_delivery_details_list: Vec<CodeDeliveryDetails> => "CodeDeliveryDetailsList",
    }

    /// What `GetUserAttributeVerificationCode` answers.
    pub struct GetUserAttributeVerificationCodeReply {
        /// Where the code went.
        code_delivery_details: Option<CodeDeliveryDetails> => "CodeDeliveryDetails",
    }
}
