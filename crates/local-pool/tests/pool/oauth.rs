//! A browser and a page at the OAuth endpoints, for the tests of them

use axum::{
    body::Body,
    http::{Request, header},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use local_pool::seed;

use crate::client::{Client, Reply};

pub const CALLBACK: &str = "http://127.0.0.1:8080/";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// Appendix B of RFC 7636 has both.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What a page asks for, to be changed.
pub fn request() -> Vec<(&'static str, String)> {
    [
        ("client_id", seed::FEDERATION_CLIENT),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid email profile"),
        ("identity_provider", "Google"),
        ("state", "a state & more"),
        ("nonce", "a-nonce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// The request with another value; an empty one leaves the parameter out.
pub fn with(name: &str, value: &str) -> Vec<(&'static str, String)> {
    let mut request = request();
    for pair in request.iter_mut().filter(|(known, _)| *known == name) {
        value.clone_into(&mut pair.1);
    }
    request.retain(|(_, value)| !value.is_empty());
    request
}

pub fn query(pairs: &[(&str, String)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// A page of the pool, or where it sends the browser.
pub struct Visited(pub Reply);

impl Visited {
    #[track_caller]
    pub fn location(&self) -> &str {
        assert_eq!(self.0.status, 302, "{}", self.0.body);
        self.0.headers["location"].to_str().unwrap()
    }

    /// A parameter that the redirect URI got.
    #[track_caller]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let (before, query) = self.location().split_once('?').unwrap();
        assert_eq!(before, CALLBACK);
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    }

    pub fn text(&self) -> &str {
        self.0.body.as_str().unwrap_or_default()
    }

    /// Where a link of the page leads.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        let page = self.text();
        let at = page.find(&format!(">{text}<")).unwrap_or_else(|| panic!("no link {text:?} in {page}"));
        let href = page[..at].rsplit_once("href=\"").unwrap().1;
        href.split('"').next().unwrap().replace("&amp;", "&")
    }

    pub fn cookie(&self) -> Option<String> {
        let cookie = self.0.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        cookie.split(';').next().map(str::to_owned)
    }
}

impl Client {
    pub async fn visit(&self, path: &str, cookie: Option<&str>) -> Visited {
        let mut request = Request::get(path).header("host", "127.0.0.1:9229");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        Visited(self.send(request.body(Body::empty()).unwrap()).await)
    }

    pub async fn authorize(&self, pairs: &[(&str, String)]) -> Visited {
        self.visit(&format!("/oauth2/authorize?{}", query(pairs)), None).await
    }

    /// Chooses somebody at the provider; the answer leads back to the page.
    pub async fn choose(&self, pairs: &[(&str, String)], link: &str) -> Visited {
        let page = self.authorize(pairs).await;
        assert_eq!(page.0.status, 200, "{}", page.0.body);
        self.visit(&page.link(link), None).await
    }

    pub async fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        let pairs: Vec<(&str, String)> = pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(query(&pairs))).unwrap()).await
    }

    /// A code of `Jane Doe` at Google.
    pub async fn code(&self) -> String {
        self.choose(&request(), "Continue as Jane Doe").await.parameter("code").unwrap()
    }

    pub async fn exchange(&self, code: &str) -> Reply {
        self.exchange_with(code, "", "").await
    }

    /// The exchange with one parameter changed.
    pub async fn exchange_with(&self, code: &str, name: &str, value: &str) -> Reply {
        let mut pairs = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", seed::FEDERATION_CLIENT),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        for pair in pairs.iter_mut().filter(|(known, _)| *known == name) {
            pair.1 = value;
        }
        self.form("/oauth2/token", &pairs).await
    }
}

#[test]
fn the_challenge_is_of_the_verifier() {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, VERIFIER.as_bytes());
    assert_eq!(Base64UrlUnpadded::encode_string(digest.as_ref()), CHALLENGE);
}
