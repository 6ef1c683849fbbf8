//! Who may call the two APIs: programs of this machine, and no web page.
//!
//! Lambda has no CORS either; but a browser sends simple requests without asking, and pages need not see the answer: without this any
//! page could run the functions of this machine, or answer for them.

use axum::extract::Request;

/// Why a request is refused, if it is.
pub(crate) fn refusal(request: &Request) -> Option<String> {
    if loopback::is_from_browser(request.headers()) {
        return Some("A web page cannot invoke functions, nor answer for them".to_owned());
    }
    loopback::asker(request).err().map(|foreign| foreign.to_string())
}
