//! Tokens: refreshed, revoked, all of them ended.

use crate::Secret;
use crate::idp::operations::sign_in::AuthenticationResult;
use crate::idp::string_map::StringMap;
use crate::idp::wire::{EmptyReply, operations, wire};

operations! {
    /// Refreshes tokens, also where refresh tokens rotate.
    "GetTokensFromRefreshToken": pub struct GetTokensFromRefreshTokenRequest -> GetTokensFromRefreshTokenReply {
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

    /// Ends a refresh token and the access tokens made from it.
    "RevokeToken": pub struct RevokeTokenRequest -> EmptyReply {
        /// The refresh token.
        token: Secret => "Token",
        /// The app client that got it.
        client_id: String => "ClientId",
        /// Plain, not hashed; a browser has none.
        client_secret: Option<Secret> => "ClientSecret",
        /// `LINKED` ends the session of managed login with it that it came through; `NONE` does not.
        revoke_associated_sessions: Option<String> => "RevokeAssociatedSessions",
    }

    /// Ends all sessions of the user. It takes the access token alone.
    "GlobalSignOut": pub struct GlobalSignOutRequest -> EmptyReply {
        /// The access token.
        access_token: Secret => "AccessToken",
    }
}

wire! {
    /// What `GetTokensFromRefreshToken` answers.
    pub struct GetTokensFromRefreshTokenReply {
        /// New tokens; with a refresh token only where they rotate.
        authentication_result: AuthenticationResult => "AuthenticationResult",
    }
}
