//! `InitiateAuth`: which flow it is.

use cognito_protocol::idp::{AuthFlow, AuthReply, ErrorCode, InitiateAuthRequest, StringMap};

use super::{
    challenge::{Outcome, password_verifier},
    custom_auth,
    next::next,
    password, refresh, sign_in_device, user_auth,
};
use crate::{
    config::AppClient,
    cx::Cx,
    error::ApiError,
    state::{Flow, Progress},
    validation::{Checks, required},
};

const FLOWS: &str = "USER_AUTH, USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, \
                     USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH";

pub(super) fn initiate_auth(cx: &mut Cx<'_>, request: InitiateAuthRequest) -> Result<AuthReply, ApiError> {
    let flow = request.auth_flow.as_str();
    let is_admin = matches!(flow, "ADMIN_NO_SRP_AUTH" | "ADMIN_USER_PASSWORD_AUTH");
    let is_known = is_admin || !matches!(request.auth_flow, AuthFlow::Other(_));
    Checks::default()
        .one_of("authFlow", flow, is_known, FLOWS)
        .client_id(&request.client_id)
        .session(request.session.as_ref())
        .bystanders(&request.analytics_metadata, &request.user_context_data)
        .finish()?;
    if is_admin {
        return Err(ApiError::invalid_parameter("Initiate Auth method not supported."));
    }
    let client = cx.client(&request.client_id)?;
    let parameters = &request.auth_parameters;
    let outcome = match request.auth_flow {
        AuthFlow::RefreshTokenAuth | AuthFlow::RefreshToken => return refresh::refresh_token_auth(cx, client, parameters),
        AuthFlow::UserSrpAuth => {
            allowed(client.allow_user_srp_auth, flow)?;
            let username = named(cx, client, &request)?;
            let srp_a = required(parameters, "SRP_A")?;
            let progress = Progress::new(cx.identify(client, username)?, client, Flow::Password);
            Outcome::Challenge(password_verifier::open(cx, progress, username, srp_a)?)
        }
        AuthFlow::CustomAuth => {
            allowed(client.allow_custom_auth, flow)?;
            let username = named(cx, client, &request)?;
            custom_auth::begin(cx, client, username, parameters)?
        }
        AuthFlow::UserPasswordAuth => {
            allowed(client.allow_user_password_auth, flow)?;
            let username = named(cx, client, &request)?;
            let password = required(parameters, "PASSWORD")?;
            let mut progress = Progress::new(cx.identify(client, username)?, client, Flow::Password);
            sign_in_device::take(&mut progress, parameters);
            Outcome::Passed(password::check(cx, progress, password)?)
        }
        AuthFlow::UserAuth => {
            allowed(client.allow_user_auth, flow)?;
            let username = typed_name(cx, client, parameters)?;
            user_auth::begin(cx, client, username, parameters, request.session.as_ref())?
        }
        AuthFlow::Other(_) => return Err(not_enabled(flow)),
    };
    // The service hands the metadata of InitiateAuth to none of the triggers that come after the password.
    next(cx, client, outcome, &StringMap::default())
}

/// The sign-in name of a flow that takes no session.
fn named<'a>(cx: &Cx<'_>, client: &AppClient, request: &'a InitiateAuthRequest) -> Result<&'a str, ApiError> {
    if request.session.is_some() {
        // Only `USER_AUTH` takes the session of `ConfirmSignUp`.
        return Err(ApiError::invalid_session());
    }
    typed_name(cx, client, &request.auth_parameters)
}

/// The sign-in name, with the hash that belongs to it.
fn typed_name<'a>(cx: &Cx<'_>, client: &AppClient, parameters: &'a StringMap) -> Result<&'a str, ApiError> {
    let username = required(parameters, "USERNAME")?;
    Checks::default().username(username).finish()?;
    cx.check_secret_hash_in(client, username, parameters)?;
    Ok(username)
}

fn allowed(is_allowed: bool, flow: &str) -> Result<(), ApiError> {
    if is_allowed { Ok(()) } else { Err(not_enabled(flow)) }
}

fn not_enabled(flow: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidParameter, format!("{flow} flow not enabled for this client"))
}
