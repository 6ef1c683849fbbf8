//! The call that refreshes.

use super::{
    call_error::CallError,
    event::{CallResult, read_reply},
    settings::Settings,
};
use crate::{
    Secret,
    idp::{
        AuthFlow, AuthenticationResult, ErrorCode, GetTokensFromRefreshTokenRequest, InitiateAuthRequest, Operation, Request,
        StringMap,
    },
};

/// A refresh that the service has not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refreshing {
    /// The call's id.
    pub call: u32,
    pub by: RefreshOperation,
}

/// The operation that refreshes. The newer one works with rotation and without; servers that do not know it get the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefreshOperation {
    GetTokensFromRefreshToken,
    InitiateAuth,
}

impl RefreshOperation {
    /// The one to begin with. The newer takes a client's secret itself, the older a hash of it.
    pub fn first(settings: &Settings) -> Self {
        if settings.client_has_secret { Self::InitiateAuth } else { Self::GetTokensFromRefreshToken }
    }

    /// The request for new tokens.
    pub fn request(self, settings: &Settings, refresh_token: &Secret, device_key: Option<String>) -> Request {
        let client_id = settings.client_id.clone();
        let client_metadata = settings.client_metadata.clone();
        match self {
            Self::GetTokensFromRefreshToken => {
                let refresh_token = refresh_token.clone();
                GetTokensFromRefreshTokenRequest { refresh_token, client_id, client_secret: None, device_key, client_metadata }
                    .into_request()
            }
            Self::InitiateAuth => {
                let mut auth_parameters = StringMap::of([("REFRESH_TOKEN", refresh_token.expose())]);
                if let Some(device_key) = device_key {
                    auth_parameters.insert("DEVICE_KEY", device_key);
                }
                InitiateAuthRequest {
                    auth_flow: AuthFlow::RefreshTokenAuth,
                    client_id,
                    auth_parameters,
                    client_metadata,
                    session: None,
                    analytics_metadata: StringMap::default(),
                    user_context_data: StringMap::default(),
                }
                .into_request()
            }
        }
    }
}

impl Refreshing {
    /// What the reply brought.
    pub fn result(self, reply: CallResult) -> Result<AuthenticationResult, CallError> {
        match self.by {
            RefreshOperation::GetTokensFromRefreshToken => {
                read_reply::<GetTokensFromRefreshTokenRequest>(reply).map(|reply| reply.authentication_result)
            }
            RefreshOperation::InitiateAuth => {
                read_reply::<InitiateAuthRequest>(reply)?.authentication_result.ok_or(CallError::BadReply)
            }
        }
    }

    /// The older operation, where the error says that the server does not know the newer one.
    pub fn older_after(self, error: &CallError) -> Option<RefreshOperation> {
        let is_unknown = matches!(error, CallError::Service(error) if matches!(
            error.code,
            ErrorCode::UnknownOperation | ErrorCode::UnsupportedOperation | ErrorCode::OperationNotEnabled
        ));
        (self.by == RefreshOperation::GetTokensFromRefreshToken && is_unknown).then_some(RefreshOperation::InitiateAuth)
    }
}
