//! The operations, with their requests and replies; member names are those of the API reference.
//!
//! # Source
//! Amazon Cognito user pools API reference, the page of each operation.

use super::{
    AuthFlow, ChallengeName,
    wire::{StringMap, wire},
};
use crate::Secret;

wire! {
    /// Begins a sign-in, or refreshes tokens.
    pub struct InitiateAuthRequest {
        /// Which flow.
        auth_flow: AuthFlow => "AuthFlow",
        /// The app client.
        client_id: String => "ClientId",
        /// `USERNAME`, `SRP_A`, `PASSWORD`, `REFRESH_TOKEN`, …
        auth_parameters: StringMap => "AuthParameters",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// Of `ConfirmSignUp`, with `USER_AUTH`.
        session: Option<Secret> => "Session",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }

    /// Answers a challenge.
    pub struct RespondToAuthChallengeRequest {
        /// The app client.
        client_id: String => "ClientId",
        /// The challenge that is answered.
        challenge_name: ChallengeName => "ChallengeName",
        /// The newest session, byte for byte.
        session: Option<Secret> => "Session",
        /// The answer; always with `USERNAME`.
        challenge_responses: StringMap => "ChallengeResponses",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
        /// For Pinpoint; not used here.
        analytics_metadata: StringMap => "AnalyticsMetadata",
        /// For threat protection; not used here.
        user_context_data: StringMap => "UserContextData",
    }

    /// What `InitiateAuth` and `RespondToAuthChallenge` answer: tokens or the next challenge.
    pub struct AuthReply {
        /// The next challenge.
        challenge_name: Option<ChallengeName> => "ChallengeName",
        /// Its session, 20 to 4096 characters, for one use.
        session: Option<Secret> => "Session",
        /// What the challenge tells.
        challenge_parameters: StringMap => "ChallengeParameters",
        /// The tokens, when the sign-in is complete.
        authentication_result: Option<AuthenticationResult> => "AuthenticationResult",
        /// The first factors to choose from, with `SELECT_CHALLENGE`.
        available_challenges: Vec<ChallengeName> => "AvailableChallenges",
    }

    /// Tokens.
    pub struct AuthenticationResult {
        /// JWT for the pool's own API and for resource servers.
        access_token: Option<Secret> => "AccessToken",
        /// Life of the access token in seconds.
        expires_in: Option<f64> => "ExpiresIn",
        /// `Bearer`.
        token_type: Option<String> => "TokenType",
        /// Opaque; absent where the old one stays in force.
        refresh_token: Option<Secret> => "RefreshToken",
        /// JWT with the user's attributes.
        id_token: Option<Secret> => "IdToken",
        /// The pool tracks devices and this one is new.
        new_device_metadata: Option<NewDeviceMetadata> => "NewDeviceMetadata",
    }

    /// A device that the pool offers to remember.
    pub struct NewDeviceMetadata {
        /// Names the device.
        device_key: Option<String> => "DeviceKey",
        /// Names its group; takes the pool name's place in SRP.
        device_group_key: Option<String> => "DeviceGroupKey",
    }

    /// Refreshes tokens, also where refresh tokens rotate.
    pub struct GetTokensFromRefreshTokenRequest {
        /// The refresh token.
        refresh_token: Secret => "RefreshToken",
        /// The app client.
        client_id: String => "ClientId",
        /// Plain, not hashed; a browser has none.
        client_secret: Option<Secret> => "ClientSecret",
        /// The confirmed device.
        device_key: Option<String> => "DeviceKey",
        /// Handed to the triggers.
        client_metadata: StringMap => "ClientMetadata",
    }

    /// What `GetTokensFromRefreshToken` answers.
    pub struct GetTokensFromRefreshTokenReply {
        /// New tokens; with a refresh token only where they rotate.
        authentication_result: AuthenticationResult => "AuthenticationResult",
    }

    /// Ends a refresh token and the access tokens made from it.
    pub struct RevokeTokenRequest {
        /// The refresh token.
        token: Secret => "Token",
        /// The app client that got it.
        client_id: String => "ClientId",
        /// Plain, not hashed; a browser has none.
        client_secret: Option<Secret> => "ClientSecret",
    }

    /// An operation that takes an access token alone: `GetUser`, `GlobalSignOut`.
    pub struct AccessTokenRequest {
        /// The access token.
        access_token: Secret => "AccessToken",
    }

    /// What operations answer that have nothing to tell.
    pub struct EmptyReply {}

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

    /// A user's attribute.
    pub struct Attribute {
        /// Its name, custom ones with the prefix `custom:`.
        name: String => "Name",
        /// Its value.
        value: Option<String> => "Value",
    }

    /// Makes a new TOTP secret, by access token or by the session of `MFA_SETUP`, never both.
    pub struct AssociateSoftwareTokenRequest {
        /// The access token, when signed in.
        access_token: Option<Secret> => "AccessToken",
        /// The challenge's session.
        session: Option<Secret> => "Session",
    }

    /// What `AssociateSoftwareToken` answers.
    pub struct AssociateSoftwareTokenReply {
        /// Base32 without padding.
        secret_code: Secret => "SecretCode",
        /// The next session, in the session mode.
        session: Option<Secret> => "Session",
    }

    /// Proves that the authenticator app has the secret.
    pub struct VerifySoftwareTokenRequest {
        /// The access token, when signed in.
        access_token: Option<Secret> => "AccessToken",
        /// The session of the last `AssociateSoftwareToken`.
        session: Option<Secret> => "Session",
        /// Six digits.
        user_code: Secret => "UserCode",
        /// Comes back as `FRIENDLY_DEVICE_NAME`.
        friendly_device_name: Option<String> => "FriendlyDeviceName",
    }

    /// What `VerifySoftwareToken` answers.
    pub struct VerifySoftwareTokenReply {
        /// `SUCCESS` or `ERROR`.
        status: Option<String> => "Status",
        /// The next session, in the session mode.
        session: Option<Secret> => "Session",
    }

    /// Chooses the second factors; one that is not mentioned keeps its state.
    pub struct SetUserMfaPreferenceRequest {
        /// The access token.
        access_token: Secret => "AccessToken",
        /// Text messages.
        sms_mfa_settings: Option<MfaSettings> => "SMSMfaSettings",
        /// The authenticator app.
        software_token_mfa_settings: Option<MfaSettings> => "SoftwareTokenMfaSettings",
        /// E-mail.
        email_mfa_settings: Option<MfaSettings> => "EmailMfaSettings",
        /// Passkeys.
        web_authn_mfa_settings: Option<MfaSettings> => "WebAuthnMfaSettings",
    }

    /// Settings of one second factor.
    pub struct MfaSettings {
        /// Whether it is asked for.
        enabled: Option<bool> => "Enabled",
        /// Whether it is asked for first; at most one factor is.
        preferred_mfa: Option<bool> => "PreferredMfa",
    }

    /// Registers a user.
    pub struct SignUpRequest {
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

    /// Confirms a sign-up with its code.
    pub struct ConfirmSignUpRequest {
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

    /// What `ConfirmSignUp` answers.
    pub struct ConfirmSignUpReply {
        /// For `InitiateAuth` with `USER_AUTH`.
        session: Option<Secret> => "Session",
    }
}
