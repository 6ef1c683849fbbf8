//! The flows that an app client can allow.

use super::AppClient;

/// A flow that an app client can allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthFlowAllowed {
    UserSrp,
    Custom,
    UserPassword,
    UserAuth,
    RefreshToken,
}

impl AuthFlowAllowed {
    pub const ALL: [Self; 5] = [Self::UserSrp, Self::Custom, Self::UserPassword, Self::UserAuth, Self::RefreshToken];

    /// As `ExplicitAuthFlows` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UserSrp => "ALLOW_USER_SRP_AUTH",
            Self::Custom => "ALLOW_CUSTOM_AUTH",
            Self::UserPassword => "ALLOW_USER_PASSWORD_AUTH",
            Self::UserAuth => "ALLOW_USER_AUTH",
            Self::RefreshToken => "ALLOW_REFRESH_TOKEN_AUTH",
        }
    }
}

impl AppClient {
    /// `ExplicitAuthFlows`. With rotation, refresh tokens are renewed by an operation of their own, and the flow is off.
    pub(crate) fn explicit_auth_flows(&self) -> impl Iterator<Item = AuthFlowAllowed> {
        AuthFlowAllowed::ALL.into_iter().filter(|flow| match flow {
            AuthFlowAllowed::UserSrp => self.allow_user_srp_auth,
            AuthFlowAllowed::Custom => self.allow_custom_auth,
            AuthFlowAllowed::UserPassword => self.allow_user_password_auth,
            AuthFlowAllowed::UserAuth => self.allow_user_auth,
            AuthFlowAllowed::RefreshToken => self.allow_refresh_token_auth && !self.refresh_token_rotation,
        })
    }
}
