//! The call that refreshes. The newer operation works with rotation and without; servers that do not know it get the older.

use super::{
    call_error::CallError,
    cx::Cx,
    event::{CallResult, read_reply},
};
use crate::{
    Secret,
    idp::{AuthFlow, AuthenticationResult, ErrorCode, GetTokensFromRefreshTokenRequest, InitiateAuthRequest, StringMap},
};

/// A refresh that the service has not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refreshing {
    /// The call's id.
    pub call: u32,
    by: RefreshOperation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RefreshOperation {
    GetTokensFromRefreshToken,
    InitiateAuth,
}

impl Refreshing {
    /// Asks for new tokens.
    pub fn begin(cx: &mut Cx<'_>, refresh_token: &Secret) -> Self {
        Self::ask(cx, refresh_token, RefreshOperation::GetTokensFromRefreshToken)
    }

    /// Asks by the older operation.
    pub fn go_on(self, cx: &mut Cx<'_>, refresh_token: &Secret) -> Self {
        Self::ask(cx, refresh_token, RefreshOperation::InitiateAuth)
    }

    fn ask(cx: &mut Cx<'_>, refresh_token: &Secret, by: RefreshOperation) -> Self {
        let client_id = cx.settings().client_id.clone();
        let client_metadata = cx.settings().client_metadata.clone();
        let call = match by {
            RefreshOperation::GetTokensFromRefreshToken => cx.call(GetTokensFromRefreshTokenRequest {
                refresh_token: refresh_token.clone(),
                client_id,
                client_secret: None,
                device_key: None,
                client_metadata,
            }),
            RefreshOperation::InitiateAuth => cx.call(InitiateAuthRequest {
                auth_flow: AuthFlow::RefreshTokenAuth,
                client_id,
                auth_parameters: StringMap::of([("REFRESH_TOKEN", refresh_token.expose())]),
                client_metadata,
                session: None,
                analytics_metadata: StringMap::default(),
                user_context_data: StringMap::default(),
            }),
        };
        Self { call, by }
    }

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

    /// Whether the error says that the server does not know the newer operation.
    pub fn may_go_on_after(self, error: &CallError) -> bool {
        let is_unknown = matches!(error, CallError::Service(error) if matches!(
            error.code,
            ErrorCode::UnknownOperation | ErrorCode::UnsupportedOperation | ErrorCode::OperationNotEnabled
        ));
        self.by == RefreshOperation::GetTokensFromRefreshToken && is_unknown
    }
}
