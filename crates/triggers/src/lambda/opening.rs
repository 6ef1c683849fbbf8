//! Connections that are opened before the first event: Lambda gives the whole of a processor while a function starts, and a share of
//! it, by its memory, from then on. TLS is most of the work of the first answer.

use std::time::Duration;

use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector},
    orchestrator::HttpRequest,
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use tokio::{join, time::timeout};

use super::{DynamoDbTable, Mailer};
use crate::attempts::Guard;

/// No longer: the service gives up on a trigger after five seconds, and a table and a mail service that are slow must still fit in.
const PATIENCE: Duration = Duration::from_millis(400);

/// Opens a connection to each service that is used. What fails is left: the first event tries anew, and tells.
pub async fn open(mailer: Option<&Mailer>, guard: Option<&Guard<DynamoDbTable>>) {
    let mail = async {
        if let Some(mailer) = mailer {
            mailer.open().await;
        }
    };
    let table = async {
        if let Some(guard) = guard {
            guard.table().open().await;
        }
    };
    let _ = timeout(PATIENCE, async { join!(mail, table) }).await;
}

/// In the place of a call, asks the host that it would go to for `/`: without a signature, without a body, for nothing. The call
/// is made as far as its endpoint, so that this one is the very host that calls go to later, whatever tells it.
#[derive(Clone, Debug)]
pub(super) struct Opener(pub(super) SharedHttpClient);

impl HttpClient for Opener {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Opening(self.0.http_connector(settings, components)))
    }
}

#[derive(Debug)]
struct Opening(SharedHttpConnector);

impl HttpConnector for Opening {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match HttpRequest::get(origin(request.uri())) {
            Ok(nothing) => self.0.call(nothing),
            Err(error) => HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        }
    }
}

/// Scheme, host and port of a URI, and `/`.
fn origin(uri: &str) -> String {
    let authority = uri.find("://").map_or(0, |scheme| scheme + "://".len());
    let rest = uri.get(authority..).unwrap_or_default();
    let end = rest.find(['/', '?', '#']).map_or(uri.len(), |length| authority + length);
    [uri.get(..end).unwrap_or_default(), "/"].concat()
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_connection_is_opened_to_the_host_of_a_call_and_asks_for_nothing_of_it() {
        for uri in ["https://email.eu-central-1.amazonaws.com", "https://email.eu-central-1.amazonaws.com/v2/email/x?a=/b"] {
            assert_eq!(origin(uri), "https://email.eu-central-1.amazonaws.com/");
        }
        assert_eq!(origin("http://127.0.0.1:9229?x"), "http://127.0.0.1:9229/");
    }
}
