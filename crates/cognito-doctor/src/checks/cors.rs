//! Whether pages of the origin may call the endpoint: the preflight that a browser sends, and the headers of a reply.

use cognito_protocol::fault::Fault;
use ureq::http::Request;

use crate::{arguments::Question, report::Finding, web, web::Reply};

/// What the widget's requests carry that needs a permission.
const HEADERS: [&str; 2] = ["content-type", "x-amz-target"];

pub(super) fn check(question: &Question, reply: &Reply) -> Vec<Finding> {
    let Some(origin) = &question.origin else {
        return vec![Finding::Note("Whether pages may call the endpoint was not asked: name one with --origin.".to_owned())];
    };
    let origin = origin.origin().ascii_serialization();
    let request = Request::builder()
        .method("OPTIONS")
        .header("origin", &origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", HEADERS.join(","));
    let Ok(preflight) = web::send(request, &question.endpoint, "") else {
        return vec![Finding::Unknown("No reply came to the preflight.".to_owned())];
    };
    let fault = |seen: String| vec![Finding::Fault(Fault::CorsMissing, seen)];
    if !(200..300).contains(&preflight.status) {
        return fault(format!("OPTIONS is answered by {}", preflight.summary()));
    }
    for (name, answer) in [("OPTIONS", &preflight), ("POST", reply)] {
        match answer.header("access-control-allow-origin") {
            Some(allowed) if allowed == "*" || allowed == origin => {}
            Some(allowed) => return fault(format!("the reply to {name} allows {allowed}, not {origin}")),
            None => return fault(format!("the reply to {name} has no Access-Control-Allow-Origin for {origin}")),
        }
    }
    if let Some(missing) = HEADERS.iter().find(|name| !lists(&preflight, "access-control-allow-headers", name)) {
        return fault(format!("Access-Control-Allow-Headers does not name {missing}"));
    }
    let mut findings = vec![Finding::Right(format!("Pages of {origin} may call the endpoint."))];
    if !lists(reply, "access-control-expose-headers", "date") {
        let text = "Scripts may not read the header Date there, so the widget relies on the clock of each device: name Date in \
                    Access-Control-Expose-Headers.";
        findings.push(Finding::Note(text.to_owned()));
    }
    findings
}

/// Whether a header has a name in its list; the widget sends no cookies, so `*` is every name.
fn lists(reply: &Reply, header: &str, name: &str) -> bool {
    let list = reply.header(header).unwrap_or_default();
    list.split(',').map(str::trim).any(|listed| listed == "*" || listed.eq_ignore_ascii_case(name))
}
