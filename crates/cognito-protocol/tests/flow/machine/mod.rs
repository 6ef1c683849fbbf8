//! A machine under test, with whoever performs its effects.

mod acts;
mod given;
mod starts;
mod told;

use std::collections::VecDeque;

use cognito_protocol::{
    flow::{Device, Effect, Event, Job, Notice, Outcome, PasskeyFailure, Settings, State, Step, View, step},
    idp::{Json, Request},
};
use serde_json::Value;

use super::{
    kept::Kept,
    service::{PASSWORD, SESSION_MARK, TOKEN_MARK, TOTP_SECRET},
};
pub use given::{HOUR, NOBODY, NONCE, NOW, found, on_device, settings, stored, typed};

pub struct Machine {
    state: Option<State>,
    /// What the last event led to and the test has not named yet.
    effects: VecDeque<Effect>,
    pub now: i64,
    /// The service's clock less the local one; `None` where its replies do not tell.
    pub service_ahead: Option<i64>,
    /// The last call, job and timer.
    call: Option<(u32, Request)>,
    job: Option<(u32, Job)>,
    /// What the store has of devices, and by which name it was last asked for one. The transcripts leave the asking out.
    pub device: Option<Device>,
    pub device_asked_for: Option<String>,
    /// The store answers when the test says so; the ids of what it was asked then.
    pub is_store_slow: bool,
    pub lookups: Vec<u32>,
    /// What the browser was last asked for.
    prompt: Option<(u32, Json)>,
    pub timer: u32,
    /// The last challenge that the page was told of.
    pub challenge: u32,
    /// What is kept over a reload, which the transcripts leave out.
    pub kept: Kept,
    secrets: Vec<String>,
    /// What a way to another provider left in the tab, where it went, and the last exchange. The URL is the form of the latter, once there is one.
    pub record: Option<Value>,
    pub url: String,
    pub exchange: u32,
}

impl Machine {
    /// A machine before its first event.
    pub fn new(settings: Settings) -> Self {
        let secrets = [PASSWORD, TOKEN_MARK, SESSION_MARK, TOTP_SECRET].map(str::to_owned).to_vec();
        let state = Some(State::new(settings));
        let (effects, service_ahead) = (VecDeque::new(), Some(0));
        Self {
            state,
            effects,
            now: NOW,
            service_ahead,
            call: None,
            job: None,
            device: None,
            is_store_slow: false,
            lookups: Vec::new(),
            device_asked_for: None,
            prompt: None,
            timer: 0,
            challenge: 0,
            kept: Kept::default(),
            secrets,
            record: None,
            url: String::new(),
            exchange: 0,
        }
    }

    fn state(&self) -> &State {
        self.state.as_ref().expect("a state")
    }

    /// Feeds an event. All effects of the one before must have been named by then.
    pub fn on(&mut self, event: impl Into<Event>) -> &mut Self {
        self.does([]);
        self.effects = self.steps(event.into()).into();
        self.effects.retain(|effect| self.kept.sees(effect));
        self.effects.retain(|effect| !matches!(effect, Effect::Answer { request: NOBODY, .. }));
        self
    }

    /// One step, and those that follow because the store is asked for a device.
    fn steps(&mut self, event: Event) -> Vec<Effect> {
        let mut debug = format!("{event:?}");
        let Step { state, mut effects } = step(self.state.take().expect("a state"), self.now, event);
        debug.push_str(&format!("{state:?} {:?} {effects:?}", state.view()));
        for secret in &self.secrets {
            assert!(!debug.contains(secret), "{secret} shows in {debug}");
        }
        self.state = Some(state);
        let Some(at) = effects.iter().position(|effect| matches!(effect, Effect::FindDevice { .. })) else { return effects };
        let rest = effects.split_off(at + 1);
        if let Some(Effect::FindDevice { id, name }) = effects.pop() {
            self.device_asked_for = Some(name);
            if self.is_store_slow {
                self.lookups.push(id);
                effects.extend(rest);
                return effects;
            }
            effects.extend(self.steps(Outcome::DeviceFound { id, device: self.device.clone() }.into()));
        }
        effects.extend(rest);
        effects
    }

    /// Names the next effects, in their order; there must be no others.
    pub fn does<const N: usize>(&mut self, expected: [&str; N]) {
        let actual: Vec<String> = {
            let effects = core::mem::take(&mut self.effects);
            effects.into_iter().map(|effect| self.call_job_or_timer(effect)).collect()
        };
        assert_eq!(actual, expected);
    }

    /// The body of a call of `operation`, which is the next effect.
    pub fn sends(&mut self, operation: &str) -> Value {
        let effect = self.effects.pop_front().expect("a call");
        assert_eq!(self.call_job_or_timer(effect), format!("call {operation}"));
        let (_, request) = self.call.as_ref().expect("a call");
        Value::from(&request.body)
    }

    /// The last call that was named.
    pub fn request(&self) -> &Request {
        &self.call.as_ref().expect("a call").1
    }

    /// Looks at no effect.
    pub fn does_whatever(&mut self) {
        for effect in core::mem::take(&mut self.effects) {
            self.call_job_or_timer(effect);
        }
    }

    /// Names the first effects; the others are still to be named.
    pub fn first_does<const N: usize>(&mut self, expected: [&str; N]) {
        let rest = self.effects.split_off(N.min(self.effects.len()));
        self.does(expected);
        self.effects = rest;
    }

    pub fn view(&self) -> &View {
        self.state.as_ref().expect("a state").view()
    }

    pub fn notice(&self) -> Notice {
        self.view().notice.as_ref().expect("a notice").notice.clone()
    }

    /// What the browser is asked for.
    pub fn options(&self) -> Value {
        Value::from(&self.prompt.as_ref().expect("a prompt").1)
    }

    /// The browser gives what it was asked for, or says why not.
    pub fn passkey(&mut self, answer: Result<Value, PasskeyFailure>) -> &mut Self {
        let (id, _) = self.prompt.take().expect("a prompt");
        self.on(Outcome::PasskeyAnswered { id, answer: answer.map(Json::from) })
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.does([]);
        }
    }
}
