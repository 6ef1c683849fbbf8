//! Authenticator apps.

use crate::Secret;
use crate::idp::wire::{operations, wire};

operations! {
    /// Makes a new TOTP secret, by access token or by the session of `MFA_SETUP`, never both.
    "AssociateSoftwareToken": pub struct AssociateSoftwareTokenRequest -> AssociateSoftwareTokenReply {
        /// The access token, when signed in.
        access_token: Option<Secret> => "AccessToken",
        /// The challenge's session.
        session: Option<Secret> => "Session",
    }

    /// Proves that the authenticator app has the secret.
    "VerifySoftwareToken": pub struct VerifySoftwareTokenRequest -> VerifySoftwareTokenReply {
        /// The access token, when signed in.
        access_token: Option<Secret> => "AccessToken",
        /// The session of the last `AssociateSoftwareToken`.
        session: Option<Secret> => "Session",
        /// Six digits.
        user_code: Secret => "UserCode",
        /// Comes back as `FRIENDLY_DEVICE_NAME`.
        friendly_device_name: Option<String> => "FriendlyDeviceName",
    }
}

wire! {
    /// What `AssociateSoftwareToken` answers.
    pub struct AssociateSoftwareTokenReply {
        /// Base32 without padding.
        secret_code: Secret => "SecretCode",
        /// The next session, in the session mode.
        session: Option<Secret> => "Session",
    }

    /// What `VerifySoftwareToken` answers.
    pub struct VerifySoftwareTokenReply {
        /// `SUCCESS` or `ERROR`.
        status: Option<String> => "Status",
        /// The next session, in the session mode.
        session: Option<Secret> => "Session",
    }
}
