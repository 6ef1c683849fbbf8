//! Sign-in: the flows and their challenges.

use crate::Secret;
use crate::idp::challenge::{AuthFlow, ChallengeName};
use crate::idp::string_map::StringMap;
use crate::idp::wire::{operations, wire};

operations! {
    /// Begins a sign-in, or refreshes tokens.
    "InitiateAuth": pub struct InitiateAuthRequest -> AuthReply {
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
    "RespondToAuthChallenge": pub struct RespondToAuthChallengeRequest -> AuthReply {
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
}

wire! {
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
}
