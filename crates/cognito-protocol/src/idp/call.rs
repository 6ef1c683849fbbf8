//! Requests and replies of any operation, as one value each.

use super::{
    AccessTokenRequest, AssociateSoftwareTokenReply, AssociateSoftwareTokenRequest, AuthReply, GetTokensFromRefreshTokenReply,
    GetTokensFromRefreshTokenRequest, GetUserReply, InitiateAuthRequest, Json, RespondToAuthChallengeRequest, RevokeTokenRequest,
    SetUserMfaPreferenceRequest, VerifySoftwareTokenReply, VerifySoftwareTokenRequest, Wire, WireError,
};

/// The header `X-Amz-Target` is this prefix and the operation's name.
pub const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// The content type of requests. Replies may carry `-1.0` as well: it is not checked.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// A request that the sign-in machine sends.
#[derive(Clone, Debug)]
pub enum Request {
    /// `InitiateAuth`
    InitiateAuth(InitiateAuthRequest),
    /// `RespondToAuthChallenge`
    RespondToAuthChallenge(RespondToAuthChallengeRequest),
    /// `GetTokensFromRefreshToken`
    GetTokensFromRefreshToken(GetTokensFromRefreshTokenRequest),
    /// `RevokeToken`
    RevokeToken(RevokeTokenRequest),
    /// `GlobalSignOut`
    GlobalSignOut(AccessTokenRequest),
    /// `GetUser`
    GetUser(AccessTokenRequest),
    /// `AssociateSoftwareToken`
    AssociateSoftwareToken(AssociateSoftwareTokenRequest),
    /// `VerifySoftwareToken`
    VerifySoftwareToken(VerifySoftwareTokenRequest),
    /// `SetUserMFAPreference`
    SetUserMfaPreference(SetUserMfaPreferenceRequest),
}

/// What an operation answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Of `InitiateAuth` and `RespondToAuthChallenge`.
    Auth(AuthReply),
    /// Of `GetTokensFromRefreshToken`.
    GetTokensFromRefreshToken(GetTokensFromRefreshTokenReply),
    /// Of `GetUser`.
    GetUser(GetUserReply),
    /// Of `AssociateSoftwareToken`.
    AssociateSoftwareToken(AssociateSoftwareTokenReply),
    /// Of `VerifySoftwareToken`.
    VerifySoftwareToken(VerifySoftwareTokenReply),
    /// Of operations that have nothing to tell.
    Empty,
}

impl Request {
    /// The operation's name.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::InitiateAuth(_) => "InitiateAuth",
            Self::RespondToAuthChallenge(_) => "RespondToAuthChallenge",
            Self::GetTokensFromRefreshToken(_) => "GetTokensFromRefreshToken",
            Self::RevokeToken(_) => "RevokeToken",
            Self::GlobalSignOut(_) => "GlobalSignOut",
            Self::GetUser(_) => "GetUser",
            Self::AssociateSoftwareToken(_) => "AssociateSoftwareToken",
            Self::VerifySoftwareToken(_) => "VerifySoftwareToken",
            Self::SetUserMfaPreference(_) => "SetUserMFAPreference",
        }
    }

    /// The request's body.
    #[must_use]
    pub fn encode(&self) -> Json {
        match self {
            Self::InitiateAuth(request) => request.encode(),
            Self::RespondToAuthChallenge(request) => request.encode(),
            Self::GetTokensFromRefreshToken(request) => request.encode(),
            Self::RevokeToken(request) => request.encode(),
            Self::GlobalSignOut(request) | Self::GetUser(request) => request.encode(),
            Self::AssociateSoftwareToken(request) => request.encode(),
            Self::VerifySoftwareToken(request) => request.encode(),
            Self::SetUserMfaPreference(request) => request.encode(),
        }
    }

    /// The reply to this request in a body of status 200.
    ///
    /// # Errors
    /// [`WireError`] when the body is not the operation's output: the server is to blame.
    pub fn decode_reply(&self, body: Json) -> Result<Reply, WireError> {
        match self {
            Self::InitiateAuth(_) | Self::RespondToAuthChallenge(_) => Wire::decode(body).map(Reply::Auth),
            Self::GetTokensFromRefreshToken(_) => Wire::decode(body).map(Reply::GetTokensFromRefreshToken),
            Self::GetUser(_) => Wire::decode(body).map(Reply::GetUser),
            Self::AssociateSoftwareToken(_) => Wire::decode(body).map(Reply::AssociateSoftwareToken),
            Self::VerifySoftwareToken(_) => Wire::decode(body).map(Reply::VerifySoftwareToken),
            // Some of these answer `{}` and some nothing at all.
            Self::RevokeToken(_) | Self::GlobalSignOut(_) | Self::SetUserMfaPreference(_) => Ok(Reply::Empty),
        }
    }
}
