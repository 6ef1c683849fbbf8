//! `/local/…`: what a developer and a test want to see and do, and what no real pool would show.

use axum::{
    Json, Router,
    extract::{
        Query, State as Extracted,
        rejection::{JsonRejection, StringRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing,
};
use cognito_protocol::{Secret, totp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::mail_document;
use crate::{
    clock,
    config::{Settings, TriggerSource},
    config_file::{self, ConfigError, Format, Tree},
    configuration::Configuration,
    inbox::Message,
    pool::Pool,
};

pub(super) fn routes() -> Router<Pool> {
    Router::new()
        .route("/local", routing::get(index))
        .route("/local/", routing::get(index))
        .route("/local/config", routing::get(config))
        .route("/local/settings", routing::get(settings).patch(change_settings))
        .route("/local/users", routing::get(users))
        .route("/local/inbox", routing::get(inbox))
        .route("/local/inbox/{id}/html", routing::get(mail_document::html))
        .route("/local/reset", routing::post(reset).delete(reset))
        .route("/local/clock", routing::post(advance_clock))
}

async fn index() -> Json<Value> {
    Json(json!({
        "GET /": "the inbox as a page",
        "GET /local/config": "user pools, app clients, settings",
        "GET /local/settings": "the running settings, as a file of --config has them, without passwords and secrets",
        "PATCH /local/settings": "a JSON Merge Patch changes them until the next reset",
        "GET /local/users": "the seeded users, with their passwords and present TOTP codes",
        "GET /local/inbox": "the mails and text messages, newest first; ?to=<address or phone number> for one person's",
        "GET /local/inbox/<id>/html": "the HTML part of a mail, as a document of its own",
        "POST /local/reset": "back to the start, settings included (DELETE does the same)",
        "POST /local/clock": "{\"advanceSeconds\": 200} moves the pool's clock forward",
        "POST /": "the API of Amazon Cognito user pools",
        "GET /oauth2/authorize": "sign-in with another provider, which a page plays; /oauth2/token, /oauth2/revoke, /oauth2/userInfo and /logout beside it",
        "POST /v2/email/outbound-emails": "SendEmail of Amazon SES: AWS_ENDPOINT_URL_SESV2 is this server's address",
        "GET /<user pool id>/.well-known/jwks.json": "the keys of the tokens",
    }))
}

async fn config(Extracted(pool): Extracted<Pool>) -> Json<Value> {
    let configuration = pool.shared.configuration();
    let Configuration { settings, seed } = &*configuration;
    let user_pools: Vec<Value> = seed
        .user_pools
        .iter()
        .map(|user_pool| {
            json!({
                "userPoolId": user_pool.id,
                "region": user_pool.region(),
                "mfaConfiguration": user_pool.mfa.as_str(),
                "allowedFirstAuthFactors": user_pool.first_factors.iter().map(|factor| factor.name()).collect::<Vec<_>>(),
                "webAuthnConfiguration": {
                    "relyingPartyId": user_pool.web_authn.relying_party_id,
                    "userVerification": user_pool.web_authn.user_verification.name(),
                    "factorConfiguration": user_pool.web_authn.factor_configuration.name(),
                },
                "secondFactors": user_pool.second_factors.iter().map(|factor| factor.name()).collect::<Vec<_>>(),
                "requiredAttributes": user_pool.required_attributes,
                "attributesRequireVerificationBeforeUpdate":
                    user_pool.verifies_before_update.iter().map(|attribute| attribute.name()).collect::<Vec<_>>(),
                "deviceConfiguration": user_pool.device_configuration.map(|devices| json!({
                    "challengeRequiredOnNewDevice": devices.challenge_required_on_new_device,
                    "deviceOnlyRememberedOnUserPrompt": devices.device_only_remembered_on_user_prompt,
                })),
                "usernameAttributes": user_pool.sign_in_names.username_attributes(),
                "aliasAttributes": user_pool.sign_in_names.alias_attributes(),
                "usernameCaseSensitive": user_pool.sign_in_names.case_sensitive,
                "passwordPolicy": user_pool.password_policy.for_attribute(),
                "issuer": pool.shared.issuer(&user_pool.id),
            })
        })
        .collect();
    let clients: Vec<Value> = seed
        .clients
        .iter()
        .map(|client| {
            let flows: Vec<&str> = client.explicit_auth_flows().map(|flow| flow.name()).collect();
            json!({
                "clientId": client.id,
                "clientSecret": client.secret.as_ref().map(Secret::expose),
                "userPoolId": client.user_pool_id,
                "description": client.description,
                "explicitAuthFlows": flows,
                "preventUserExistenceErrors":
                    if client.prevent_user_existence_errors { "ENABLED" } else { "LEGACY" },
                "refreshTokenRotation": client.refresh_token_rotation,
                "callbackURLs": client.oauth.callback_urls,
                "supportedIdentityProviders": client.oauth.identity_providers,
            })
        })
        .collect();
    let triggers = match &settings.trigger_source {
        TriggerSource::InProcess => "in process".to_owned(),
        TriggerSource::Invoke { url } => url.to_string(),
    };
    let Settings { session_validity, access_token_validity, refresh_token_validity, .. } = settings;
    Json(json!({
        "endpoint": format!("{}/", pool.shared.base_url()),
        "userPools": user_pools,
        "clients": clients,
        "settings": {
            "sessionSeconds": session_validity.as_secs(),
            "accessTokenSeconds": access_token_validity.as_secs(),
            "refreshTokenSeconds": refresh_token_validity.as_secs(),
            "triggers": triggers,
            "sesIdentities": settings.ses_identities,
        },
        "now": clock::iso(pool.now_millis()),
    }))
}

async fn settings(Extracted(pool): Extracted<Pool>) -> Json<Tree> {
    Json(config_file::write_without_secrets(&pool.shared.configuration()))
}

/// A JSON Merge Patch (RFC 7396). Where something is wrong with what would come of it, nothing changes. On a thread of its own, since it
/// waits for operations.
async fn change_settings(Extracted(pool): Extracted<Pool>, body: Result<String, StringRejection>) -> Response {
    let changed = tokio::task::spawn_blocking(move || {
        let patch = config_file::parse(&body.map_err(|_| config_file::unreadable())?, Format::Json)?;
        pool.shared.reconfigure(patch)?;
        Ok(config_file::write_without_secrets(&pool.shared.configuration()))
    });
    match changed.await {
        Ok(Ok(settings)) => Json(settings).into_response(),
        Ok(Err(error)) => {
            let error: ConfigError = error;
            (StatusCode::BAD_REQUEST, Json(json!({"message": error.to_string(), "mistakes": error.mistakes()}))).into_response()
        }
        Err(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"message": "The settings could not be changed"}))).into_response()
        }
    }
}

async fn users(Extracted(pool): Extracted<Pool>) -> Json<Value> {
    let now_secs = pool.now_millis().div_euclid(1000);
    let configuration = pool.shared.configuration();
    let users = configuration.seed.users.iter().map(|user| {
        let code = user.totp_secret.as_ref().and_then(|secret| totp::code_at(secret, now_secs).ok());
        let mut shown = json!({
            "username": user.sign_in_name(),
            "email": user.email,
            "password": user.password.expose(),
            "description": user.description,
            "authFlow": user.auth_flow,
            "userPoolId": user.user_pool_id,
            "clientId": user.client_id,
        });
        if let Some(phone_number) = &user.phone_number {
            shown["phoneNumber"] = json!(phone_number);
        }
        if let (Some(secret), Some(code)) = (&user.totp_secret, code) {
            shown["totpSecret"] = json!(secret.expose());
            shown["totpCode"] = json!(code);
        }
        shown
    });
    Json(users.collect())
}

#[derive(Deserialize)]
struct InboxQuery {
    to: Option<String>,
}

async fn inbox(Extracted(pool): Extracted<Pool>, Query(query): Query<InboxQuery>) -> Json<Value> {
    let inbox = pool.shared.inbox();
    // The `+` of a phone number that was not encoded comes as a space.
    let is_for = |message: &Message, to: &str| message.to == to || message.to == to.replace(' ', "+");
    let messages = inbox.newest_first().filter(|message| query.to.as_deref().is_none_or(|to| is_for(message, to)));
    Json(messages.map(|message| json!(message)).collect())
}

/// On a thread of its own, since it waits for operations.
async fn reset(Extracted(pool): Extracted<Pool>) -> (StatusCode, Json<Value>) {
    match tokio::task::spawn_blocking(move || pool.reset()).await {
        Ok(()) => (StatusCode::OK, Json(json!({}))),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"message": "The pool could not be reset"}))),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: u32,
}

/// Only forward: what has happened has happened.
async fn advance_clock(
    Extracted(pool): Extracted<Pool>,
    advance: Result<Json<Advance>, JsonRejection>,
) -> (StatusCode, Json<Value>) {
    match advance {
        Ok(Json(Advance { advance_seconds })) => {
            pool.advance_clock(std::time::Duration::from_secs(advance_seconds.into()));
            (StatusCode::OK, Json(json!({"now": clock::iso(pool.now_millis())})))
        }
        Err(_) => (StatusCode::BAD_REQUEST, Json(json!({"message": "Send JSON like {\"advanceSeconds\": 200}"}))),
    }
}
