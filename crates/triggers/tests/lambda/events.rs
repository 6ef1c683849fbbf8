//! Events as the service sends them.

use serde_json::{Value, json};

/// A file in `tests/events`.
pub fn event(name: &str) -> Value {
    let path = format!("{}/tests/events/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// An element of a session.
pub fn passed(challenge: &str, result: bool) -> Value {
    json!({"challengeName": challenge, "challengeResult": result, "challengeMetadata": null})
}

/// The event that follows on a right code, which gives tokens.
pub fn define_after_right_code() -> Value {
    let mut event = event("define-srp-a");
    let challenges = ["SRP_A", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE"];
    event["request"]["session"] = challenges.iter().map(|challenge| passed(challenge, true)).collect();
    event
}
