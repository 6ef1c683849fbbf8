//! One file a check; none knows of another.

mod client;
mod clock;
mod cors;
mod keys;
mod oauth;
mod passkey;
mod region;

use cognito_protocol::fault::Fault;

use crate::{
    arguments::Question,
    report::{Finding, Report},
};

/// Asks everything.
#[must_use]
pub fn examine(question: &Question) -> Report {
    let mut findings = region::check(question);
    // What an endpoint of another Region says is nothing about this pool.
    if findings.iter().any(|finding| matches!(finding, Finding::Fault(Fault::RegionMismatch, _))) {
        return Report::new(question, findings);
    }
    let asked = client::check(question);
    let reply = asked.reply;
    findings.extend(asked.findings);
    if let Some(reply) = &reply {
        findings.extend(keys::check(question));
        findings.extend(cors::check(question, reply));
        findings.extend(clock::check(reply));
    }
    let knows_client = !findings.iter().any(|finding| matches!(finding, Finding::Fault(Fault::ClientUnknown, _)));
    findings.extend(oauth::check(question, &oauth::Endpoint { is_online: reply.is_some(), knows_client }));
    findings.extend(passkey::check(question));
    if findings.iter().all(|finding| !matches!(finding, Finding::Fault(..))) {
        findings.push(Finding::Note(
            "Whether the app client is one of this pool, or of another in the same Region, cannot be asked without signing in."
                .to_owned(),
        ));
    }
    Report::new(question, findings)
}
