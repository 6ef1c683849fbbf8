//! Names of flows and challenges.
//!
//! # Source
//! API reference: `InitiateAuth`, `RespondToAuthChallenge`.

use super::wire::names;

names! {
    /// `AuthFlow` of `InitiateAuth`.
    pub enum AuthFlow {
        /// SRP password sign-in.
        UserSrpAuth => "USER_SRP_AUTH",
        /// The pool's own challenges; here with SRP first.
        CustomAuth => "CUSTOM_AUTH",
        /// The pool offers a choice of first factors.
        UserAuth => "USER_AUTH",
        /// The password travels in the request.
        UserPasswordAuth => "USER_PASSWORD_AUTH",
        /// New tokens for a refresh token.
        RefreshTokenAuth => "REFRESH_TOKEN_AUTH",
        /// The older name of the same.
        RefreshToken => "REFRESH_TOKEN",
    }
}

names! {
    /// `ChallengeName` of a reply.
    pub enum ChallengeName {
        /// Prove the password by SRP.
        PasswordVerifier => "PASSWORD_VERIFIER",
        /// What the pool's triggers ask.
        CustomChallenge => "CUSTOM_CHALLENGE",
        /// A code of the authenticator app.
        SoftwareTokenMfa => "SOFTWARE_TOKEN_MFA",
        /// A second factor must be set up first.
        MfaSetup => "MFA_SETUP",
        /// A code by text message, as second factor.
        SmsMfa => "SMS_MFA",
        /// A code by e-mail.
        EmailOtp => "EMAIL_OTP",
        /// A code by text message, as first factor.
        SmsOtp => "SMS_OTP",
        /// Choose one of several second factors.
        SelectMfaType => "SELECT_MFA_TYPE",
        /// Choose one of several first factors.
        SelectChallenge => "SELECT_CHALLENGE",
        /// The temporary password must be replaced.
        NewPasswordRequired => "NEW_PASSWORD_REQUIRED",
        /// Prove a remembered device by SRP.
        DeviceSrpAuth => "DEVICE_SRP_AUTH",
        /// The second step of the same.
        DevicePasswordVerifier => "DEVICE_PASSWORD_VERIFIER",
        /// Send the password.
        Password => "PASSWORD",
        /// Begin SRP.
        PasswordSrp => "PASSWORD_SRP",
        /// Assert a passkey.
        WebAuthn => "WEB_AUTHN",
        /// Server-side sign-in; never in this API.
        AdminNoSrpAuth => "ADMIN_NO_SRP_AUTH",
    }
}
