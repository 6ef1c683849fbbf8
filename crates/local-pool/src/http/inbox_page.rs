//! `GET /`: the inbox as a page, without a script.

use axum::{
    extract::State as Extracted,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{
    html_text::escape,
    inbox::{Medium, Message},
    pool::Pool,
    random,
};

const STYLE: &str = "\
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#1a1d21;--quiet:#5c6570;--line:#dfe3e8;--code:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ground:#15181c;--card:#1e2328;--ink:#e9edf1;--quiet:#9aa5b1;--line:#333a42;--code:#8ec5ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:40rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.5rem;margin:0}
.about{color:var(--quiet);margin:.25rem 0 1.5rem}
.about code{overflow-wrap:anywhere}
article{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin:0 0 1rem}
h2{font-size:1rem;margin:0}
.meta{color:var(--quiet);font-size:.875rem;margin:0;overflow-wrap:anywhere}
.code{color:var(--code);font:600 2.25rem/1.2 ui-monospace,monospace;letter-spacing:.12em;margin:.75rem 0;overflow-wrap:anywhere}
.meta time{white-space:nowrap}
.body{white-space:pre-wrap;margin:.75rem 0 0;overflow-wrap:anywhere}
.html{margin:.75rem 0 0}
a{color:var(--code)}
.empty{text-align:center;color:var(--quiet);padding:3rem 1rem}";

pub(super) async fn page(Extracted(pool): Extracted<Pool>) -> Response {
    let Ok(nonce) = random::uuid() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let messages: String = pool.shared.inbox().newest_first().map(article).collect();
    let list = if messages.is_empty() {
        "<article class=\"empty\">No mail yet. Codes that are sent appear here.</article>".to_owned()
    } else {
        messages
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"refresh\" content=\"3\">\n<title>Inbox of the local pool</title>\n\
         <style nonce=\"{nonce}\">{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Inbox</h1>\n\
         <p class=\"about\">Everything the local pool and its triggers would have sent, newest first. As JSON: \
         <a href=\"/local/inbox\">/local/inbox</a>. Who can sign in: <a href=\"/local/users\">/local/users</a>.</p>\n\
         {list}</main>\n</body>\n</html>\n"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors http://127.0.0.1:* http://localhost:*"
    );
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn article(message: &Message) -> String {
    let Message { id, medium, from, to, subject, body, html, code, sent_at, .. } = message;
    let medium = match medium {
        Medium::Email => "Mail",
        Medium::Sms => "Text message",
    };
    let (to, body) = (escape(to), escape(body.trim_end()));
    let subject = escape(subject.as_deref().unwrap_or(medium));
    let from = from.as_ref().map(|from| format!("from {} · ", escape(from))).unwrap_or_default();
    let code = code.as_ref().map(|code| format!("<p class=\"code\">{}</p>\n", escape(code))).unwrap_or_default();
    // A document of its own: what others wrote has no place in this one, and a frame would blink with each refresh.
    let html = html.as_ref().map(|_| {
        format!(
            "<p class=\"meta html\"><a href=\"/local/inbox/{id}/html\" target=\"_blank\" rel=\"noopener\">HTML part</a></p>\n"
        )
    });
    let html = html.unwrap_or_default();
    format!(
        "<article>\n<h2>{subject}</h2>\n\
         <p class=\"meta\">{from}to {to} · <time datetime=\"{sent_at}\">{sent_at}</time></p>\n\
         {code}<p class=\"body\">{body}</p>\n{html}</article>\n"
    )
}
