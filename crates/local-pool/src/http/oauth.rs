//! `/oauth2/…` and `/logout` over HTTP: pages and redirects for browsers, JSON for programs.

use axum::{
    Json, Router,
    extract::{Form, Query, State as Extracted, rejection::FormRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing,
};
use serde_json::{Value, json};

use crate::{
    cx::Cx,
    log,
    oauth::{self, Answer, Cookie, Credentials, OauthError, Page, Parameters, UserInfoError},
    pool::Pool,
    random,
};

const COOKIE: &str = "local-pool-browser";

type Pairs = Vec<(String, String)>;

pub(super) fn routes() -> Router<Pool> {
    Router::new()
        .route("/oauth2/authorize", routing::get(authorize))
        .route("/oauth2/idpresponse", routing::get(idp_response))
        .route("/oauth2/token", routing::post(token).options(preflight))
        .route("/oauth2/revoke", routing::post(revoke).options(preflight))
        .route("/oauth2/userInfo", routing::get(user_info).post(user_info).options(preflight))
        .route("/logout", routing::get(logout))
}

async fn authorize(Extracted(pool): Extracted<Pool>, uri: Uri, headers: HeaderMap) -> Response {
    browse(pool, "authorize", &uri, &headers, oauth::authorize).await
}

async fn idp_response(Extracted(pool): Extracted<Pool>, uri: Uri, headers: HeaderMap) -> Response {
    browse(pool, "idpresponse", &uri, &headers, |cx, parameters, _| oauth::idp_response(cx, parameters)).await
}

async fn logout(Extracted(pool): Extracted<Pool>, uri: Uri, headers: HeaderMap) -> Response {
    browse(pool, "logout", &uri, &headers, oauth::logout).await
}

/// A request that a browser makes by navigation.
async fn browse(
    pool: Pool,
    name: &'static str,
    uri: &Uri,
    headers: &HeaderMap,
    run: fn(&mut Cx<'_>, &Parameters, Option<&str>) -> Answer,
) -> Response {
    let parameters = Query::<Pairs>::try_from_uri(uri).map(|Query(pairs)| Parameters::new(pairs));
    let browser = cookie(headers);
    let answered = with_cx(pool, name, move |cx| {
        let answer = match parameters {
            Ok(parameters) => run(cx, &parameters, browser.as_deref()),
            Err(_) => Answer::Page(Page::error("The query could not be read.")),
        };
        let outcome = match &answer {
            Answer::Page(Page { is_error: true, .. }) => "refused on a page",
            Answer::Page(_) => "a page",
            Answer::Redirect { .. } => "redirected",
        };
        (answer, outcome)
    });
    match answered.await {
        Some(answer) => shown(answer),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn shown(answer: Answer) -> Response {
    match answer {
        Answer::Page(page) => {
            let Ok(nonce) = random::uuid() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
            let policy = format!(
                "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            );
            let status = if page.is_error { StatusCode::BAD_REQUEST } else { StatusCode::OK };
            let mut response = (status, Html(page.html(&nonce))).into_response();
            private(response.headers_mut());
            set(response.headers_mut(), header::CONTENT_SECURITY_POLICY, &policy);
            response
        }
        Answer::Redirect { to, cookie } => {
            let mut response = StatusCode::FOUND.into_response();
            let headers = response.headers_mut();
            private(headers);
            set(headers, header::LOCATION, &to);
            let attributes = "HttpOnly; SameSite=Lax; Path=/";
            match cookie {
                Cookie::Stays => {}
                Cookie::Set(browser) => {
                    set(headers, header::SET_COOKIE, &format!("{COOKIE}={browser}; {attributes}; Max-Age=3600"));
                }
                Cookie::Ends => set(headers, header::SET_COOKIE, &format!("{COOKIE}=; {attributes}; Max-Age=0")),
            }
            response
        }
    }
}

/// Codes and states stand in URLs here: nothing keeps them, nothing frames the pages, and no `Referer` tells of them.
fn private(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

async fn token(Extracted(pool): Extracted<Pool>, headers: HeaderMap, form: Result<Form<Pairs>, FormRejection>) -> Response {
    program(pool, "token", &headers, form, oauth::token).await
}

async fn revoke(Extracted(pool): Extracted<Pool>, headers: HeaderMap, form: Result<Form<Pairs>, FormRejection>) -> Response {
    program(pool, "revoke", &headers, form, |cx, parameters, credentials| {
        oauth::revoke(cx, parameters, credentials).map(|()| Value::Null)
    })
    .await
}

/// A form that a program sends. `Null` is an answer without a body.
async fn program(
    pool: Pool,
    name: &'static str,
    headers: &HeaderMap,
    form: Result<Form<Pairs>, FormRejection>,
    run: fn(&mut Cx<'_>, &Parameters, Option<&Credentials>) -> Result<Value, OauthError>,
) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default().to_owned());
    let answered = with_cx(pool, name, move |cx| {
        let result = match (form, authorization) {
            (Err(_), _) => Err(OauthError("invalid_request")),
            (Ok(Form(pairs)), None) => run(cx, &Parameters::new(pairs), None),
            (Ok(Form(pairs)), Some(authorization)) => match Credentials::of(&authorization) {
                Some(credentials) => run(cx, &Parameters::new(pairs), Some(&credentials)),
                None => Err(OauthError("invalid_client")),
            },
        };
        let outcome = match &result {
            Ok(_) => "ok",
            Err(OauthError(error)) => *error,
        };
        (result, outcome)
    });
    let mut response = match answered.await.unwrap_or(Err(OauthError("server_error"))) {
        Ok(Value::Null) => StatusCode::OK.into_response(),
        Ok(body) => Json(body).into_response(),
        Err(OauthError(error)) => {
            let status = if error == "server_error" { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
            (status, Json(json!({"error": error}))).into_response()
        }
    };
    open_to_all(response.headers_mut());
    response
}

async fn user_info(Extracted(pool): Extracted<Pool>, headers: HeaderMap) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let answered = with_cx(pool, "userInfo", move |cx| {
        let result = oauth::user_info(cx, authorization.as_deref());
        let outcome = if result.is_ok() { "ok" } else { "refused" };
        (result, outcome)
    });
    let refuse = |status: StatusCode, challenge: &'static str| {
        (status, [(header::WWW_AUTHENTICATE, challenge)], Json(json!({}))).into_response()
    };
    let mut response = match answered.await {
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Some(Ok(told)) => Json(told).into_response(),
        Some(Err(UserInfoError::NoToken)) => refuse(StatusCode::UNAUTHORIZED, "Bearer"),
        Some(Err(UserInfoError::InvalidToken)) => refuse(StatusCode::UNAUTHORIZED, "Bearer error=\"invalid_token\""),
        Some(Err(UserInfoError::InsufficientScope)) => refuse(StatusCode::FORBIDDEN, "Bearer error=\"insufficient_scope\""),
    };
    open_to_all(response.headers_mut());
    response
}

async fn preflight(request: HeaderMap) -> Response {
    let asked = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    open_to_all(headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET,POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.unwrap_or(HeaderValue::from_static("authorization,content-type")));
    response
}

fn open_to_all(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// Runs something with the state, on a thread where nobody else is kept waiting. `None` where it broke.
async fn with_cx<T: Send + 'static>(
    pool: Pool,
    name: &'static str,
    run: impl FnOnce(&mut Cx<'_>) -> (T, &'static str) + Send + 'static,
) -> Option<T> {
    let ran = tokio::task::spawn_blocking(move || {
        let shared = &pool.shared;
        let state = shared.state();
        let configuration = shared.configuration();
        let now_millis = shared.now_millis();
        let mut cx = Cx { shared, configuration: &configuration, state, now_millis, user_for_log: None };
        let (answer, outcome) = run(&mut cx);
        let user_for_log = cx.user_for_log.take();
        drop(cx);
        shared.changed();
        if configuration.settings.log {
            log::line(now_millis, &format!("oauth2/{name}"), user_for_log.as_deref(), outcome);
        }
        answer
    });
    ran.await.ok()
}
