//! The browser, the network and the page around a machine.

use std::collections::BTreeSet;

use cognito_protocol::{
    flow::{
        CallError, Ceremony, Derived, Device, Effect, Event, HostEvent, Job, Outcome, Page, Purpose, Returned, Settings,
        SignInFlow, State, Step, Tokens, View, step,
    },
    idp::{Json, Request},
    srp::SrpError,
};
use serde_json::Value;

use super::{
    deeds::Deed,
    happening::Happening,
    replies::{SIGNED, derived, passkey, reply},
};
use crate::{
    federation::{self, federation},
    machine::{HOUR, NOW, settings, stored},
    service::{PASSWORD, SESSION_MARK, TOKEN_MARK, TOTP_SECRET},
};

/// The browser, the network and the page around one machine.
pub(super) struct World {
    state: Option<State>,
    pub now: i64,
    calls: Vec<(u32, Request)>,
    jobs: Vec<(u32, Job)>,
    timers: Vec<u32>,
    /// What the browser asks for.
    prompt: Option<(u32, Ceremony)>,
    stored: Option<Tokens>,
    /// The challenge that is kept over a reload.
    kept: Option<Json>,
    /// What is kept of the device.
    device: Option<Device>,
    /// What a way to another provider left in the tab, and whether the page's address tells of a return.
    way: Option<Json>,
    is_back: bool,
    /// Who waits for the lock, and whether it is held.
    pub waiting_for_lock: u32,
    pub holds_lock: bool,
    /// Locks were granted that nobody asked for, so that counting them proves nothing.
    has_strays: bool,
    /// What the store feeds back, after the step that asked.
    coming: Vec<Event>,
    pub next_request: u32,
    pub unanswered: BTreeSet<u32>,
    /// The last challenge that the page was told of.
    pub challenge: u32,
    /// What was met, to see that nothing is left out.
    pub screens: BTreeSet<&'static str>,
    pub deeds: BTreeSet<Deed>,
    pub notices: BTreeSet<&'static str>,
}

/// One of `items`, chosen by `number`.
fn take<T>(items: &mut Vec<T>, number: u8) -> Option<T> {
    (!items.is_empty()).then(|| items.swap_remove(usize::from(number) % items.len()))
}

impl World {
    pub fn new(flow: SignInFlow, purpose: Purpose, stored: Option<Tokens>) -> Self {
        let settings = Settings { has_passkeys: true, federation: Some(federation()), ..settings(flow, purpose) };
        let mut world = Self::before(settings, stored);
        world.starts();
        world
    }

    /// Before the first event.
    fn before(settings: Settings, stored: Option<Tokens>) -> Self {
        Self {
            state: Some(State::new(settings)),
            now: NOW,
            calls: Vec::new(),
            jobs: Vec::new(),
            timers: Vec::new(),
            prompt: None,
            stored,
            kept: None,
            device: None,
            way: None,
            is_back: false,
            waiting_for_lock: 0,
            holds_lock: false,
            has_strays: false,
            coming: Vec::new(),
            next_request: 0,
            unanswered: BTreeSet::new(),
            challenge: 0,
            screens: BTreeSet::new(),
            deeds: BTreeSet::new(),
            notices: BTreeSet::new(),
        }
    }

    pub fn view(&self) -> &View {
        self.state.as_ref().expect("a state").view()
    }

    fn on(&mut self, event: impl Into<Event>) {
        let event = event.into();
        self.deeds.extend(Deed::of(&event));
        let mut debug = format!("{event:?}");
        match event {
            Event::Page(
                Page::TokensRequested { request }
                | Page::SignOutRequested { request, .. }
                | Page::ScreenRequested { request, .. },
            ) => drop(self.unanswered.insert(request)),
            Event::Page(_) | Event::Person(_) | Event::Outcome(_) => {}
        }
        let Step { state, effects } = step(self.state.take().expect("a state"), self.now, event);
        debug.push_str(&format!("{state:?} {:?} {effects:?}", state.view()));
        for secret in [PASSWORD, TOKEN_MARK, SESSION_MARK, TOTP_SECRET, SIGNED] {
            assert!(!debug.contains(secret), "{secret} shows in {debug}");
        }
        self.notices.extend(state.view().notice.as_ref().map(|shown| shown.notice.kind.code()));
        self.state = Some(state);
        for effect in effects {
            self.perform(effect);
        }
        for event in core::mem::take(&mut self.coming) {
            self.on(event);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Call { id, request } => {
                let session = |json: &Json| json.get("Session").and_then(Json::as_text).map(str::to_owned);
                let used = session(&request.body);
                let kept = self.kept.as_ref().and_then(|record| session(record.get("SignIn")?));
                assert!(used.is_none() || kept != used, "a session is kept that a call uses");
                self.calls.push((id, request));
            }
            Effect::Derive { id, job } => self.jobs.push((id, job)),
            Effect::StartTimer { id, .. } => self.timers.push(id),
            Effect::Store(tokens) => self.stored = Some(tokens),
            Effect::StoreRenewed { tokens, used } => {
                let held = self.stored.as_ref().and_then(|stored| stored.refresh_token.as_ref());
                if held.is_some_and(|held| held.expose() == used.expose()) {
                    self.stored = Some(tokens);
                } else {
                    self.coming.push(Outcome::LeftOver { sessions: vec![tokens] }.into());
                    self.coming.push(Page::StoreChanged { stored: self.stored.clone(), was_removed: false }.into());
                }
            }
            Effect::Forget => self.stored = None,
            Effect::RememberFactor(_) | Effect::Navigate { .. } => {}
            Effect::FindDevice { id, .. } => {
                self.coming.push(Outcome::DeviceFound { id, device: self.device.clone() }.into());
            }
            Effect::KeepDevice { device, .. } => self.device = Some(device),
            Effect::ForgetDevice { .. } => self.device = None,
            Effect::AskPasskey { id, ceremony, .. } => {
                assert!(self.prompt.is_none(), "two dialogs at once");
                self.prompt = Some((id, ceremony));
            }
            Effect::DismissPasskey => self.prompt = None,
            Effect::Leave { id, record, .. } if id % 8 == 0 => {
                drop(record);
                self.coming.push(Outcome::CouldNotLeave { id }.into());
            }
            // By the button "Back" the page is as it was, and by a new load it has a return in its address.
            Effect::Leave { record, .. } => {
                (self.way, self.is_back) = (Some(record), true);
                self.coming.push(Page::Cached.into());
                self.coming.push(Page::StoreChanged { stored: self.stored.clone(), was_removed: false }.into());
            }
            Effect::ForgetReturn => (self.way, self.is_back) = (None, false),
            Effect::Exchange { id, .. } => {
                let reply = if id % 2 == 0 { Ok(federation::token_reply(id).into()) } else { Err(CallError::Network) };
                self.coming.push(Outcome::Replied { id, reply, service_millis: None }.into());
            }
            Effect::KeepChallenge(record) => {
                let text = Value::from(&record).to_string();
                assert!(!text.contains(PASSWORD) && !text.contains(TOTP_SECRET), "{text}");
                self.kept = Some(record);
            }
            Effect::ForgetChallenge => self.kept = None,
            Effect::AcquireRefreshLock => self.waiting_for_lock += 1,
            Effect::ReleaseRefreshLock => {
                assert!(self.holds_lock || self.has_strays, "released a lock that is not held");
                self.holds_lock = false;
            }
            Effect::Answer { request, .. } => {
                assert!(self.unanswered.remove(&request), "request {request} was answered twice or never made");
            }
            Effect::Tell(HostEvent::ScreenChanged(screen)) => drop(self.screens.insert(screen.as_str())),
            Effect::Tell(HostEvent::Challenge { id, .. }) => self.challenge = id,
            Effect::Tell(
                HostEvent::SignedIn { .. } | HostEvent::SignedOut(_) | HostEvent::TokensRefreshed | HostEvent::Error { .. },
            ) => {}
        }
    }

    pub fn happens(&mut self, happening: &Happening) {
        match *happening {
            Happening::Does { deed, how } => {
                self.next_request += 1;
                let event = self.deed(deed, how);
                self.on(event);
            }
            Happening::Reply { which, how } => {
                if let Some((id, request)) = take(&mut self.calls, which) {
                    let service_millis = (how % 3 != 0).then_some(self.now);
                    self.on(Outcome::Replied { id, reply: reply(&request, how), service_millis });
                }
            }
            Happening::Job { which, works } => {
                if let Some((id, job)) = take(&mut self.jobs, which) {
                    let derived = if works { derived(&job) } else { Derived::Failed(SrpError::ServerPublicZero) };
                    self.on(Outcome::Derived { id, derived });
                }
            }
            Happening::Passkey(how) => {
                if let Some((id, ceremony)) = self.prompt.take() {
                    self.on(Outcome::PasskeyAnswered { id, answer: passkey(ceremony, how) });
                }
            }
            Happening::Timer(which) => {
                if let Some(id) = take(&mut self.timers, which) {
                    self.on(Outcome::TimerFired { id });
                }
            }
            Happening::Lock(kind) => self.grant_lock(kind),
            Happening::Storage(kind) => {
                self.stored = self.other_session(kind);
                self.on(Page::StoreChanged { stored: self.stored.clone(), was_removed: kind > 127 });
            }
            Happening::Minutes(minutes) => self.now += i64::from(minutes) * 60_000,
            Happening::Reload => self.reload(),
            Happening::Stray { kind, id } => {
                self.has_strays = true;
                self.on(match kind % 6 {
                    0 => Outcome::Replied { id, reply: Ok(Json::Object(Vec::new())), service_millis: Some(i64::MAX) },
                    1 => Outcome::Replied { id, reply: Err(CallError::BadReply), service_millis: Some(i64::MIN) },
                    2 => Outcome::Derived { id, derived: Derived::PasswordClaim("stray".into()) },
                    3 => Outcome::TimerFired { id },
                    4 => Outcome::PasskeyAnswered { id, answer: Ok(Json::Null) },
                    _ => Outcome::RefreshLockAcquired { stored: self.stored.clone() },
                });
            }
        }
    }

    /// The page is loaded anew: what was under way is gone, and what was stored and kept is there.
    fn reload(&mut self) {
        let settings = self.state.as_ref().expect("a state").settings().clone();
        let (kept, device, way, is_back) = (self.kept.clone(), self.device.clone(), self.way.clone(), self.is_back);
        let fresh = Self { now: self.now, kept, device, way, is_back, ..Self::before(settings, self.stored.clone()) };
        let Self { screens, deeds, notices, .. } = core::mem::replace(self, fresh);
        (self.screens, self.deeds, self.notices) = (screens, deeds, notices);
        self.starts();
    }

    fn starts(&mut self) {
        if let Some(record) = self.kept.clone() {
            self.on(Page::ChallengeFound { record });
        }
        if let (Some(record), true) = (self.way.clone(), self.is_back) {
            let state = record.get("State").and_then(Json::as_text).unwrap_or_default().into();
            let is_cancelled = self.now % 3 == 0;
            let (code, error) = if is_cancelled { (None, Some("access_denied".to_owned())) } else { (Some("code".into()), None) };
            self.on(Page::ReturnFound(Returned { record, state, code, error, description: None }));
        }
        self.on(Page::Started { stored: self.stored.clone() });
    }

    /// Locks are exclusive: one is granted when none is held.
    fn grant_lock(&mut self, kind: u8) {
        if self.holds_lock || self.waiting_for_lock == 0 {
            return;
        }
        self.waiting_for_lock -= 1;
        self.holds_lock = true;
        if kind.is_multiple_of(4) {
            self.stored = self.other_session(kind / 4);
        }
        self.on(Outcome::RefreshLockAcquired { stored: self.stored.clone() });
    }

    /// What another tab may have left in the store.
    fn other_session(&self, kind: u8) -> Option<Tokens> {
        match kind % 5 {
            0 => None,
            1 => Some(stored(8, self.now + HOUR)),
            2 => Some(stored(9, self.now)),
            3 => Some(Tokens { refresh_token: None, ..stored(8, self.now + HOUR) }),
            _ => Some(Tokens { username: "other-id".to_owned(), ..stored(7, self.now + HOUR) }),
        }
    }

    /// Everything that is under way comes to an end, each call by a network error or, with `how`, by a reply.
    pub fn settles(&mut self, how: Option<u8>) {
        let mut is_asked_again = false;
        for _ in 0..100 {
            if let Some((id, request)) = self.calls.pop() {
                let reply = how.map_or(Err(CallError::Network), |how| reply(&request, how));
                self.on(Outcome::Replied { id, reply, service_millis: None });
            } else if let Some((id, job)) = self.jobs.pop() {
                self.on(Outcome::Derived { id, derived: derived(&job) });
            } else if let Some((id, ceremony)) = self.prompt.take() {
                // Nobody goes on for ever with a service that wants one passkey after another.
                let how = how.filter(|_| !core::mem::replace(&mut is_asked_again, true)).unwrap_or(0);
                self.on(Outcome::PasskeyAnswered { id, answer: passkey(ceremony, how) });
            } else if self.waiting_for_lock > 0 && !self.holds_lock {
                self.grant_lock(1);
            } else {
                return;
            }
        }
        panic!("it goes on for ever: {:?}", self.state);
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.state.fmt(f)
    }
}
