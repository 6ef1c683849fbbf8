//! The signed-in user.

use crate::Secret;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Reads the user's attributes and second factors. It takes the access token alone.
    "GetUser": pub struct GetUserRequest -> GetUserReply {
        /// The access token.
        access_token: Secret => "AccessToken",
    }

    /// Reads what the user can sign in with. It takes the access token alone.
    "GetUserAuthFactors": pub struct GetUserAuthFactorsRequest -> GetUserAuthFactorsReply {
        /// The access token.
        access_token: Secret => "AccessToken",
    }

    /// Chooses the second factors; one that is not mentioned keeps its state.
    "SetUserMFAPreference": pub struct SetUserMfaPreferenceRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Text messages.
        sms_mfa_settings: Option<MfaSettings> => "SMSMfaSettings",
        /// The authenticator app.
        software_token_mfa_settings: Option<MfaSettings> => "SoftwareTokenMfaSettings",
        /// E-mail.
        email_mfa_settings: Option<MfaSettings> => "EmailMfaSettings",
        /// Passkeys.
        web_authn_mfa_settings: Option<WebAuthnMfaSettings> => "WebAuthnMfaSettings",
    }
}

wire! {
    /// What `GetUser` answers.
    pub struct GetUserReply {
        /// The real username.
        username: String => "Username",
        /// Attributes that the client may read.
        user_attributes: Vec<Attribute> => "UserAttributes",
        /// The preferred second factor.
        preferred_mfa_setting: Option<String> => "PreferredMfaSetting",
        /// The active second factors: `SMS_MFA`, `EMAIL_OTP`, `SOFTWARE_TOKEN_MFA`.
        user_mfa_setting_list: Vec<String> => "UserMFASettingList",
    }

    /// What `GetUserAuthFactors` answers.
    pub struct GetUserAuthFactorsReply {
        /// The real username.
        username: String => "Username",
        /// The preferred second factor.
        preferred_mfa_setting: Option<String> => "PreferredMfaSetting",
        /// The active second factors, as in [`GetUserReply`].
        user_mfa_setting_list: Vec<String> => "UserMFASettingList",
        /// What the user has: `PASSWORD`, `EMAIL_OTP`, `SMS_OTP`, `WEB_AUTHN`, `SOFTWARE_TOKEN`.
        configured_user_auth_factors: Vec<String> => "ConfiguredUserAuthFactors",
    }

    /// A user's attribute.
    pub struct Attribute {
        /// Its name, custom ones with the prefix `custom:`.
        name: String => "Name",
        /// Its value.
        value: Option<String> => "Value",
    }

    /// Settings of one second factor.
    pub struct MfaSettings {
        /// Whether it is asked for.
        enabled: Option<bool> => "Enabled",
        /// Whether it is asked for first; at most one factor is.
        preferred_mfa: Option<bool> => "PreferredMfa",
    }

    /// Settings of passkeys as a second factor; they cannot be the preferred one.
    pub struct WebAuthnMfaSettings {
        /// Whether they count.
        enabled: Option<bool> => "Enabled",
    }
}
