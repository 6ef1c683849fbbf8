//! What was found.

use std::fmt::Write;

use cognito_protocol::fault::Fault;
use serde::Serialize;
use terminal_line::one_line;

use crate::arguments::Question;

/// Nothing is wrong.
pub const EXIT_RIGHT: u8 = 0;
/// There are faults.
pub const EXIT_FAULTS: u8 = 1;
/// It could not be told.
pub const EXIT_UNKNOWN: u8 = 2;
/// The command line is wrong, as `sysexits.h` has it.
pub const EXIT_USAGE: u8 = 64;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Asked, and right.
    Right(String),
    /// Wrong, with what was seen of it.
    Fault(Fault, String),
    /// Asked, and it could not be told.
    Unknown(String),
    /// Not asked, or told beside.
    Note(String),
}

/// All that was found.
#[derive(Clone, Debug)]
pub struct Report {
    pool_id: String,
    client_id: String,
    endpoint: String,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AsJson<'a> {
    pool_id: &'a str,
    client_id: &'a str,
    endpoint: &'a str,
    exit_code: u8,
    findings: Vec<FindingAsJson<'a>>,
}

/// What is `None` is left out.
#[derive(Default, Serialize)]
struct FindingAsJson<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mend: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

impl Report {
    pub(crate) fn new(question: &Question, findings: Vec<Finding>) -> Self {
        Self {
            pool_id: question.pool_id.clone(),
            client_id: question.client_id.clone(),
            endpoint: question.endpoint.to_string(),
            findings,
        }
    }

    /// All findings, in the order of the checks.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The exit code. That nobody answers may be the network's fault, and is none of the configuration.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        let is_fault = |finding: &Finding| matches!(finding, Finding::Fault(fault, _) if *fault != Fault::EndpointUnreachable);
        let is_unknown = |finding: &Finding| matches!(finding, Finding::Fault(..) | Finding::Unknown(_));
        if self.findings.iter().any(is_fault) {
            EXIT_FAULTS
        } else if self.findings.iter().any(is_unknown) {
            EXIT_UNKNOWN
        } else {
            EXIT_RIGHT
        }
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}, app client {}, at {}\n\n", self.pool_id, self.client_id, self.endpoint);
        for finding in &self.findings {
            // What a server sends must not move the cursor.
            let _ = match finding {
                Finding::Right(text) => writeln!(out, "  right    {}", one_line(text)),
                Finding::Unknown(text) => writeln!(out, "  unknown  {}", one_line(text)),
                Finding::Note(text) => writeln!(out, "  note     {}", one_line(text)),
                Finding::Fault(fault, seen) => {
                    let seen = if seen.is_empty() { String::new() } else { format!(" ({})", one_line(seen)) };
                    let (code, problem, mend) = (fault.code(), fault.problem(), fault.mend());
                    let help = fault.help_url();
                    writeln!(out, "  WRONG    {code}: {problem}{seen}\n           {mend}\n           {help}")
                }
            };
        }
        let last = match self.exit_code() {
            EXIT_RIGHT => "Nothing is wrong.",
            EXIT_FAULTS => "This cannot work as it is.",
            _ => "It could not be told whether this works.",
        };
        let _ = writeln!(out, "\n{last}");
        out
    }

    /// For programs: one object on one line.
    #[must_use]
    pub fn json(&self) -> String {
        let findings = self.findings.iter().map(|finding| match finding {
            Finding::Right(text) => FindingAsJson { kind: "right", text, ..FindingAsJson::default() },
            Finding::Unknown(text) => FindingAsJson { kind: "unknown", text, ..FindingAsJson::default() },
            Finding::Note(text) => FindingAsJson { kind: "note", text, ..FindingAsJson::default() },
            Finding::Fault(fault, seen) => FindingAsJson {
                kind: "fault",
                code: Some(fault.code()),
                text: fault.problem(),
                seen: Some(seen.as_str()).filter(|seen| !seen.is_empty()),
                mend: Some(fault.mend()),
                help: Some(fault.help_url()),
            },
        });
        let object = AsJson {
            pool_id: &self.pool_id,
            client_id: &self.client_id,
            endpoint: &self.endpoint,
            exit_code: self.exit_code(),
            findings: findings.collect(),
        };
        // Strings and numbers always have a form in JSON.
        let mut text = serde_json::to_string(&object).unwrap_or_default();
        text.push('\n');
        text
    }
}
