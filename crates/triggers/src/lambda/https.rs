//! HTTP to AWS: one client for all services, made once.

use std::time::Duration;

use aws_smithy_http_client::{
    Connector,
    proxy::ProxyConfig,
    tls::{Provider, TlsContext, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpClient, SharedHttpConnector, http_client_fn};

use super::{StartError, trust::trust_store};

/// A connection within a Region takes some milliseconds.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(700);

/// Trusts Amazon's roots, or those of `AWS_CA_BUNDLE` or `SSL_CERT_FILE`; goes through the proxy of `HTTPS_PROXY`, if that is set.
///
/// The SDK's own would read the system's roots, and make the configuration of TLS anew for each service and each timeout.
pub(super) fn client(variable: impl Fn(&str) -> Option<String>) -> Result<SharedHttpClient, StartError> {
    let not_made = |error: aws_smithy_http_client::HttpClientError| StartError::Runtime(error.into());
    let tls = TlsContext::builder().with_trust_store(trust_store(variable)?).build().map_err(not_made)?;
    let mut builder = Connector::builder()
        .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
        .tls_context(tls)
        .connector_settings(HttpConnectorSettings::builder().connect_timeout(CONNECT_TIMEOUT).build());
    builder.set_proxy_config(Some(ProxyConfig::from_env()));
    let connector = SharedHttpConnector::new(builder.build());
    // Other timeouts are the operations', which the SDK keeps itself.
    Ok(http_client_fn(move |_, _| connector.clone()))
}
