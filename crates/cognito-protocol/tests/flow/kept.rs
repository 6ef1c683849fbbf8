//! What a shell keeps over a reload of the page. The transcripts leave it out; the tests of reloads look at it.

use cognito_protocol::flow::Effect;
use serde_json::Value;

/// The store of challenges that wait.
#[derive(Default)]
pub struct Kept {
    pub record: Option<Value>,
    /// What was done to it, since a test looked last.
    deeds: Vec<&'static str>,
}

impl Kept {
    /// Whether an effect is nothing of this.
    pub fn sees(&mut self, effect: &Effect) -> bool {
        let (deed, record) = match effect {
            Effect::KeepChallenge(record) => ("keep", Some(Value::from(record))),
            Effect::ForgetChallenge => ("forget", None),
            _ => return true,
        };
        self.deeds.push(deed);
        self.record = record;
        false
    }

    /// What was done to it.
    pub fn takes_deeds(&mut self) -> Vec<&'static str> {
        core::mem::take(&mut self.deeds)
    }
}
