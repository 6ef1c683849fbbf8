//! Where functions can be invoked.

use std::{fmt, str::FromStr};

use axum::http::Uri;

/// An `http` URL without a query, such as `http://127.0.0.1:9001`.
///
/// There is no `https`: whatever plays Lambda for a local pool does so on the same machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvokeUrl(String);

impl InvokeUrl {
    /// Where the function of that name is invoked.
    pub(crate) fn invocations(&self, function: &str) -> String {
        format!("{}/2015-03-31/functions/{function}/invocations", self.0)
    }
}

impl FromStr for InvokeUrl {
    type Err = InvokeUrlError;

    fn from_str(text: &str) -> Result<Self, InvokeUrlError> {
        let uri: Uri = text.parse().map_err(|_| InvokeUrlError)?;
        let authority = uri.authority().ok_or(InvokeUrlError)?.as_str();
        if uri.scheme_str() != Some("http") || uri.query().is_some() || authority.contains('@') || text.contains('#') {
            return Err(InvokeUrlError);
        }
        Ok(Self(format!("http://{authority}{}", uri.path().trim_end_matches('/'))))
    }
}

impl fmt::Display for InvokeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text is no [`InvokeUrl`]. Whoever wrote it is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvokeUrlError;

impl fmt::Display for InvokeUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("functions are invoked at an http URL such as http://127.0.0.1:9001, without a query")
    }
}

impl std::error::Error for InvokeUrlError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_http_urls() {
        for (text, invocations) in [
            ("http://127.0.0.1:9001", "http://127.0.0.1:9001/2015-03-31/functions/f/invocations"),
            ("http://localhost:9001/", "http://localhost:9001/2015-03-31/functions/f/invocations"),
            ("http://[::1]:9001/base/", "http://[::1]:9001/base/2015-03-31/functions/f/invocations"),
        ] {
            assert_eq!(text.parse::<InvokeUrl>().unwrap().invocations("f"), invocations);
        }
        for text in [
            "",
            "127.0.0.1:9001",
            "localhost",
            "https://127.0.0.1:9001",
            "unix:///run/x",
            "http://",
            "http:///x",
            "http://a b",
            "http://127.0.0.1:9001?x",
            "http://127.0.0.1:9001/#x",
            "http://user@127.0.0.1:9001",
        ] {
            assert_eq!(text.parse::<InvokeUrl>(), Err(InvokeUrlError), "{text:?}");
        }
    }
}
