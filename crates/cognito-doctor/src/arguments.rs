//! The command line becomes a question: whether this configuration can work.

use clap::Parser;
use cognito_protocol::fault::region;
use url::{Host, Url};

const ABOUT_EXIT: &str = "\
Nobody's account is touched: the sign-in that is begun is that of a random name.

Exit codes:
    0  nothing is wrong
    1  faults were found; each has a code, and a section in docs/troubleshooting.md
    2  it could not be told: no reply came, or none that says anything
   64  the command line is wrong";

/// Tells what is wrong with a configuration of the login widget, and how to mend it.
#[derive(Debug, Parser)]
#[command(name = "cognito-doctor", version, after_help = ABOUT_EXIT)]
pub struct Arguments {
    /// The user pool, such as eu-central-1_AbCdEfGhI
    #[arg(long, value_name = "ID", alias = "user-pool-id")]
    pool_id: String,
    /// The app client
    #[arg(long, value_name = "ID")]
    client_id: String,
    /// The attribute endpoint, where the page sets it: https, or http on this machine
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The attribute auth-flow
    #[arg(long, value_name = "FLOW", default_value = "USER_SRP_AUTH",
        value_parser = ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH"])]
    auth_flow: String,
    /// Where the page is served, such as `https://shop.example`: whether it may call the endpoint is asked as well
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// The page sets the property secretHash, so that a client with a secret is right
    #[arg(long)]
    secret_hash: bool,
    /// The attribute oauth-domain: a host name, or a URL
    #[arg(long, value_name = "HOST")]
    oauth_domain: Option<String>,
    /// The attribute oauth-redirect-uri: whether the client has it as a callback URL
    #[arg(long, value_name = "URL", requires = "oauth_domain")]
    oauth_redirect_uri: Option<String>,
    /// The attribute oauth-providers: whether the client has each, such as "Google MyCompany"
    #[arg(long, value_name = "NAMES", requires = "oauth_redirect_uri", default_value = "", hide_default_value = true)]
    oauth_providers: String,
    /// The attribute oauth-scopes
    #[arg(long, value_name = "SCOPES", default_value = "openid email profile")]
    oauth_scopes: String,
    /// The pool's relying party ID: whether passkeys can be used at the origin
    #[arg(long, value_name = "DOMAIN", requires = "origin")]
    rp_id: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What is asked, checked for its form.
#[derive(Clone, Debug)]
pub struct Question {
    /// The user pool.
    pub pool_id: String,
    /// The app client.
    pub client_id: String,
    /// Where requests go.
    pub endpoint: Url,
    /// Whether the page names the endpoint itself.
    pub is_endpoint_given: bool,
    /// The flow that a sign-in begins with.
    pub auth_flow: String,
    /// Where the page is served.
    pub origin: Option<Url>,
    /// The page answers for the client's secret.
    pub has_secret_hash: bool,
    /// The pool's domain for sign-in by redirect.
    pub oauth_domain: Option<Url>,
    /// Where a sign-in by redirect comes back.
    pub oauth_redirect_uri: Option<String>,
    /// The providers that a sign-in by redirect can go to.
    pub oauth_providers: Vec<String>,
    /// What a sign-in by redirect asks for.
    pub oauth_scopes: String,
    /// The pool's relying party.
    pub rp_id: Option<String>,
}

/// Longest ids, from the API reference.
const MAX_POOL_ID: usize = 55;
const MAX_CLIENT_ID: usize = 128;

impl Arguments {
    /// The question, or what is wrong with an argument.
    ///
    /// # Errors
    /// The argument's name and what it must be.
    pub fn question(&self) -> Result<Question, String> {
        let is_pool_id = self.pool_id.len() <= MAX_POOL_ID
            && self.pool_id.split_once('_').is_some_and(|(region, name)| {
                !region.is_empty()
                    && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                    && !name.is_empty()
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        if !is_pool_id {
            return Err(format!("--pool-id: {:?} is not a user pool id, such as eu-central-1_AbCdEfGhI", self.pool_id));
        }
        let is_client_id = !self.client_id.is_empty()
            && self.client_id.len() <= MAX_CLIENT_ID
            && self.client_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+".contains(&byte));
        if !is_client_id {
            return Err(format!("--client-id: {:?} is not the id of an app client", self.client_id));
        }
        let endpoint = self.endpoint.clone().unwrap_or_else(|| endpoint_of(&self.pool_id));
        let oauth_domain = self
            .oauth_domain
            .as_ref()
            .map(|domain| if domain.contains("://") { domain.clone() } else { format!("https://{domain}") });
        let origin = self.origin.as_deref().map(|text| Url::parse(text).map_err(|_| format!("--origin: {text:?} is not a URL")));
        Ok(Question {
            pool_id: self.pool_id.clone(),
            client_id: self.client_id.clone(),
            endpoint: safe_url("--endpoint", &endpoint)?,
            is_endpoint_given: self.endpoint.is_some(),
            auth_flow: self.auth_flow.clone(),
            origin: origin.transpose()?,
            has_secret_hash: self.secret_hash,
            oauth_domain: oauth_domain.map(|domain| safe_url("--oauth-domain", &domain)).transpose()?,
            oauth_redirect_uri: self.oauth_redirect_uri.clone(),
            oauth_providers: self.oauth_providers.split_ascii_whitespace().map(str::to_owned).collect(),
            oauth_scopes: self.oauth_scopes.clone(),
            rp_id: self.rp_id.clone(),
        })
    }
}

/// The service's own URL for a pool.
fn endpoint_of(pool_id: &str) -> String {
    let region = region::of_pool(pool_id).unwrap_or_default();
    // The partitions' own domains; all others are amazonaws.com.
    let domain = match region.split('-').next() {
        Some("cn") => "amazonaws.com.cn",
        Some("eusc") => "amazonaws.eu",
        _ => "amazonaws.com",
    };
    format!("https://cognito-idp.{region}.{domain}/")
}

/// As the widget takes URLs: tokens must not travel in the clear.
fn safe_url(name: &str, text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| url.username().is_empty() && url.password().is_none());
    url.filter(|url| url.scheme() == "https" || url.scheme() == "http" && is_this_machine(url))
        .ok_or_else(|| format!("{name}: {text:?} must be an https URL; http is for 127.0.0.1 and localhost alone"))
}

/// Whether a URL leads to this machine.
#[must_use]
pub fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
