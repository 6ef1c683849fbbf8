//! Posts requests to the pool's endpoint, and to its domain for tokens of another provider's sign-in; to no other host.

use cognito_protocol::{
    Secret,
    flow::{CallError, CallResult},
    idp::{CONTENT_TYPE, Json, Request, ServiceError, TARGET_PREFIX},
};
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect, Response};

use super::json;

/// A reply that has not come after so long will not be waited for.
const TIMEOUT_MILLIS: u32 = 30_000;

/// The longest reply that is read, in UTF-16 units. Tokens of a user with a hundred groups take a tenth of it.
const MAX_REPLY: u32 = 256 * 1024;

/// Sends `request` to `endpoint`, with the hash of the client's secret once that has come; answers with the reply and the service's clock by
/// the `Date` header in milliseconds since the Unix epoch. A fetch that the browser rejects is [`CallError::Network`], whatever the reason: a
/// script is not told more.
pub(crate) async fn post(endpoint: &str, mut request: Request, hash: Option<Promise>) -> (CallResult, Option<i64>) {
    if let Some(hash) = hash {
        match JsFuture::from(hash).await.ok().and_then(|hash| hash.as_string()) {
            Some(hash) => request.insert_secret_hash(Secret::from(hash)),
            None => return (Err(CallError::NoSecretHash), None),
        }
    }
    let headers = [("content-type", CONTENT_TYPE), ("x-amz-target", &[TARGET_PREFIX, request.operation].concat())];
    let body = json::stringify(&request.body).map_or(JsValue::NULL, JsValue::from);
    replied(fetch(endpoint, &headers, &body, request.outlives_page()).await).await
}

/// Sends a form to the token endpoint of the pool's domain.
pub(crate) async fn post_form(url: &str, form: &Secret) -> (CallResult, Option<i64>) {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    replied(fetch(url, &headers, &JsValue::from_str(form.expose()), false).await).await
}

async fn replied(response: Result<Response, JsValue>) -> (CallResult, Option<i64>) {
    match response {
        Ok(response) => {
            let service_millis = date(&response);
            (read(response).await, service_millis)
        }
        Err(_) => (Err(CallError::Network), None),
    }
}

async fn fetch(url: &str, named: &[(&str, &str)], body: &JsValue, outlives_page: bool) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in named {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MILLIS)));
    Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::from_bool(outlives_page))?;
    init.set_headers(&headers);
    init.set_body(body);
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.dyn_into()
}

async fn read(response: Response) -> CallResult {
    let text = JsFuture::from(response.text().map_err(|_| CallError::Network)?).await.map_err(|_| CallError::Network)?;
    let text: js_sys::JsString = text.dyn_into().map_err(|_| CallError::BadReply)?;
    if text.length() > MAX_REPLY {
        return Err(CallError::BadReply);
    }
    let body = json::parse(&text);
    if response.status() != 200 {
        let header = response.headers().get("x-amzn-errortype").ok().flatten();
        return Err(CallError::Service(ServiceError::of_reply(response.status(), header.as_deref(), body)));
    }
    // Operations without output answer `{}` or nothing at all.
    if text.length() == 0 { Ok(Json::Object(Vec::new())) } else { body.ok_or(CallError::BadReply) }
}

/// The service's clock. The service exposes this header to scripts.
#[allow(clippy::cast_possible_truncation)]
fn date(response: &Response) -> Option<i64> {
    let header = response.headers().get("date").ok()??;
    let millis = js_sys::Date::parse(&header);
    millis.is_finite().then_some(millis as i64)
}
