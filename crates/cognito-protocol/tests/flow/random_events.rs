//! Whatever happens in whatever order: nothing panics, and every request for tokens is answered once.

use std::collections::BTreeSet;

use cognito_protocol::{
    flow::{
        AccountView, Action, Answers, CallError, CallResult, Ceremony, Contact, Derived, Details, Device, Effect, Event,
        HostEvent, Job, Outcome, Page, PasskeyFailure, PasswordFlow, Person, Purpose, Returned, Screen, Settings, State, Step,
        Tokens, View, field, step,
    },
    idp::{Json, Request, ServiceError},
    srp::{ClientEphemeral, EphemeralSecret, SrpError, derive_device_verifier},
};
use proptest::{
    collection::vec,
    prelude::*,
    strategy::ValueTree,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

use super::{
    custom_auth::question,
    federation::federation,
    machine::{HOUR, NOW, found, on_device, settings, stored, typed},
    service::{
        DEVICE_GROUP_KEY, DEVICE_KEY, NAME, PASSWORD, SECRET_BLOCK, SESSION_MARK, TOKEN_MARK, TOTP_SECRET, USER_ID,
        email_challenge, mfa_setup, new_access_token, new_device_tokens, session, tokens, totp_challenge, user,
    },
    totp_setup::code,
};

/// What a passkey signed.
const SIGNED: &str = "signed-by-a-passkey";

/// Something that happens. Numbers choose among what is under way, modulo how much that is.
#[derive(Clone, Debug)]
enum Happening {
    /// The person or the page does something.
    Does { deed: Deed, how: u8 },
    /// A call is answered.
    Reply { which: u8, how: u8 },
    /// A job is done, or fails.
    Job { which: u8, works: bool },
    /// The browser has asked for a passkey.
    Passkey(u8),
    /// A timer runs out.
    Timer(u8),
    /// The browser grants the lock.
    Lock(u8),
    /// Another tab changes the store.
    Storage(u8),
    /// Time goes by.
    Minutes(u8),
    /// The page is loaded anew.
    Reload,
    /// An event with an id that nobody gave, or a lock that nobody asked for.
    Stray { kind: u8, id: u32 },
}

/// What the person and the page can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Touches,
    SubmitsCredentials,
    SubmitsAnswer,
    Names,
    Presses,
    RequestsTokens,
    SignsOut,
    RequestsScreen,
    Resets,
    TakesChallengeOver,
    AnswersChallenge,
}

impl Deed {
    /// The deed that an event is; `None` for what comes of other things. An event that is new has to be thought of here.
    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Person(Person::Touched) => Some(Self::Touches),
            Event::Person(Person::Named(_)) => Some(Self::Names),
            Event::Person(Person::Submitted(_)) => Some(Self::SubmitsCredentials),
            Event::Person(Person::Pressed(_)) => Some(Self::Presses),
            Event::Page(Page::TokensRequested { .. }) => Some(Self::RequestsTokens),
            Event::Page(Page::SignOutRequested { .. }) => Some(Self::SignsOut),
            Event::Page(Page::ScreenRequested { .. }) => Some(Self::RequestsScreen),
            Event::Page(Page::ResetRequested) => Some(Self::Resets),
            Event::Page(Page::ChallengeTakenOver { .. }) => Some(Self::TakesChallengeOver),
            Event::Page(Page::ChallengeAnswered { .. }) => Some(Self::AnswersChallenge),
            Event::Page(
                Page::ChallengeFound { .. }
                | Page::FaultFound { .. }
                | Page::ReturnFound(_)
                | Page::Started { .. }
                | Page::StoreChanged { .. },
            )
            | Event::Outcome(
                Outcome::Replied { .. }
                | Outcome::Derived { .. }
                | Outcome::PasskeyAnswered { .. }
                | Outcome::TimerFired { .. }
                | Outcome::DeviceFound { .. }
                | Outcome::CouldNotLeave { .. }
                | Outcome::RefreshLockAcquired { .. }
                | Outcome::LeftOver { .. },
            ) => None,
        }
    }
}

/// Deeds, the more often the further they lead.
fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        1 => Just(Deed::Touches),
        4 => Just(Deed::SubmitsCredentials),
        4 => Just(Deed::SubmitsAnswer),
        1 => Just(Deed::Names),
        6 => Just(Deed::Presses),
        2 => Just(Deed::RequestsTokens),
        1 => Just(Deed::SignsOut),
        1 => Just(Deed::RequestsScreen),
        1 => Just(Deed::Resets),
        1 => Just(Deed::TakesChallengeOver),
        1 => Just(Deed::AnswersChallenge),
    ]
}

fn happening(with_strays: bool) -> impl Strategy<Value = Happening> {
    let strays = if with_strays { 2 } else { 0 };
    prop_oneof![
        8 => (deed(), any::<u8>()).prop_map(|(deed, how)| Happening::Does { deed, how }),
        10 => (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Happening::Reply { which, how }),
        6 => (any::<u8>(), prop::bool::weighted(0.9)).prop_map(|(which, works)| Happening::Job { which, works }),
        5 => any::<u8>().prop_map(Happening::Passkey),
        1 => any::<u8>().prop_map(Happening::Timer),
        4 => any::<u8>().prop_map(Happening::Lock),
        1 => any::<u8>().prop_map(Happening::Storage),
        // Seldom loaded anew, which leads back to the beginning.
        2 => any::<u8>().prop_map(|number| number.checked_sub(24).map_or(Happening::Reload, Happening::Minutes)),
        strays => (any::<u8>(), 0_u32..40).prop_map(|(kind, id)| Happening::Stray { kind, id }),
    ]
}

/// The browser, the network and the page around one machine.
struct World {
    state: Option<State>,
    now: i64,
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
    waiting_for_lock: u32,
    holds_lock: bool,
    /// Locks were granted that nobody asked for, so that counting them proves nothing.
    has_strays: bool,
    /// What the store feeds back, after the step that asked.
    coming: Vec<Event>,
    next_request: u32,
    unanswered: BTreeSet<u32>,
    /// The last challenge that the page was told of.
    challenge: u32,
    /// What was met, to see that nothing is left out.
    screens: BTreeSet<&'static str>,
    deeds: BTreeSet<Deed>,
    notices: BTreeSet<&'static str>,
}

/// One of `items`, chosen by `number`.
fn take<T>(items: &mut Vec<T>, number: u8) -> Option<T> {
    (!items.is_empty()).then(|| items.swap_remove(usize::from(number) % items.len()))
}

impl World {
    fn new(flow: PasswordFlow, purpose: Purpose, stored: Option<Tokens>) -> Self {
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

    fn view(&self) -> &View {
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
                self.coming.push(Page::StoreChanged { stored: self.stored.clone(), was_removed: false }.into());
            }
            Effect::ForgetReturn => (self.way, self.is_back) = (None, false),
            Effect::Exchange { id, .. } => {
                let reply = if id % 2 == 0 { Ok(super::federation::token_reply(id).into()) } else { Err(CallError::Network) };
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

    fn happens(&mut self, happening: &Happening) {
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

    /// Something that the person or the page does. `kind` chooses among all that there is, `how` its details.
    fn deed(&mut self, kind: Deed, how: u8) -> Event {
        let request = self.next_request;
        let credentials = |name: &str, password: &str| {
            Person::Submitted(Answers::of([(field::USERNAME, name.into()), (field::PASSWORD, password.into())])).into()
        };
        match kind {
            Deed::Touches => Person::Touched.into(),
            Deed::SubmitsCredentials if how < 8 => credentials(" ", ""),
            Deed::SubmitsCredentials if how < 60 => credentials(NAME, ""),
            Deed::SubmitsCredentials => credentials(NAME, PASSWORD),
            Deed::Names => Person::Named("ann".to_owned()).into(),
            Deed::SubmitsAnswer => match how % 8 {
                4 => Person::Submitted(Answers::of([(field::CHOICE, "EMAIL_OTP".into())])).into(),
                5 => Person::Submitted(Answers::of([(field::EMAIL, NAME.into())])).into(),
                // What any form of the account asks for.
                6 | 7 => Person::Submitted(Answers::of([
                    (field::PASSWORD, PASSWORD.into()),
                    (field::NEW_PASSWORD, PASSWORD.into()),
                    (field::CODE, "493817".into()),
                    (Contact::Email.attribute(), NAME.into()),
                    (Contact::PhoneNumber.attribute(), "+15550100123".into()),
                ]))
                .into(),
                0 | 1 => typed(&code(self.now - NOW)),
                2 => typed(&code(self.now - NOW + 90_000)),
                _ => typed("a cat"),
            },
            Deed::Presses => Person::Pressed(self.action(how)).into(),
            Deed::RequestsTokens => Page::TokensRequested { request }.into(),
            Deed::SignsOut => Page::SignOutRequested { request, global: how > 127 }.into(),
            Deed::RequestsScreen => {
                Page::ScreenRequested { request, screen: Screen::ALL[usize::from(how) % Screen::ALL.len()] }.into()
            }
            Deed::Resets => Page::ResetRequested.into(),
            Deed::TakesChallengeOver => Page::ChallengeTakenOver { challenge: self.challenge }.into(),
            Deed::AnswersChallenge => {
                Page::ChallengeAnswered { challenge: self.challenge.wrapping_sub(u32::from(how % 2)), answer: "a cat".into() }
                    .into()
            }
        }
    }

    /// One of the devices that are listed.
    fn device_entry(&self, how: u8) -> Option<u32> {
        let Details::Account(AccountView::Ready(settings)) = &self.view().details else { return None };
        let devices = settings.devices.as_ref().filter(|devices| !devices.is_empty())?;
        Some(devices[usize::from(how) / Action::ALL.len() % devices.len()].id)
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

    /// One of the buttons; of those in a list that of an entry.
    fn action(&self, how: u8) -> Action {
        let first = match &self.view().details {
            Details::Account(AccountView::Ready(settings)) => settings.passkeys.as_ref().and_then(|passkeys| passkeys.first()),
            _ => None,
        };
        let of_account = [Action::ForgetDevice(0), Action::AddPasskey, Action::RemovePasskey(0), Action::ChangePassword];
        let is_account = matches!(&self.view().details, Details::Account(AccountView::Ready(_)));
        let action = if is_account && how % 8 < 4 {
            of_account[usize::from(how % 8)]
        } else {
            Action::ALL[usize::from(how) % Action::ALL.len()]
        };
        match action {
            Action::RemovePasskey(_) => Action::RemovePasskey(first.map_or(0, |passkey| passkey.id)),
            Action::ForgetDevice(number) => Action::ForgetDevice(self.device_entry(how).unwrap_or(number)),
            action => action,
        }
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
    fn settles(&mut self, how: Option<u8>) {
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

/// The result of a job, with a cheap secret exponent.
fn derived(job: &Job) -> Derived {
    match job {
        Job::MakePublicValue => {
            let secret = EphemeralSecret::from_bytes(&[2]).expect("a");
            Derived::PublicValue(Box::new(ClientEphemeral::derive(secret).expect("A")))
        }
        Job::MakeRedirectSecrets => Job::MakeRedirectSecrets.run(|bytes| bytes.fill(0xa7)),
        Job::ProvePassword(_) => Derived::PasswordClaim("a signature".into()),
        Job::MakeDevice { .. } => {
            let verifier = derive_device_verifier(DEVICE_GROUP_KEY, DEVICE_KEY, &PASSWORD.into(), &[2]);
            Derived::Device { password: PASSWORD.into(), verifier }
        }
    }
}

/// What the browser gives; hostile options may have made it anything.
fn passkey(ceremony: Ceremony, how: u8) -> Result<Json, PasskeyFailure> {
    match how {
        0..=79 => Err(PasskeyFailure::ALL[usize::from(how) % PasskeyFailure::ALL.len()]),
        80..=89 => Ok(Json::Null),
        _ => Ok(match ceremony {
            Ceremony::Assertion => Json::Text(SIGNED.into()),
            Ceremony::Registration => Json::from(json!({ "id": SIGNED })),
        }),
    }
}

fn reply(request: &Request, how: u8) -> CallResult {
    const ERRORS: [(&str, &str); 15] = [
        ("UserNotConfirmedException", ""),
        ("PasswordResetRequiredException", ""),
        ("NotAuthorizedException", "Incorrect username or password."),
        ("NotAuthorizedException", "Invalid session for the user."),
        ("NotAuthorizedException", "Refresh Token has been revoked"),
        ("CodeMismatchException", ""),
        ("ExpiredCodeException", "Your software token has already been used once."),
        ("TooManyRequestsException", ""),
        ("UnknownOperationException", ""),
        ("UserLambdaValidationException", "PreAuthentication failed with error No."),
        ("InvalidParameterException", ""),
        ("ResourceNotFoundException", "Device does not exist."),
        ("WebAuthnNotEnabledException", ""),
        ("WebAuthnOriginNotAllowedException", ""),
        ("LimitExceededException", ""),
    ];
    match how {
        0..=79 => match ERRORS.get(usize::from(how) % 18) {
            Some((code, message)) => {
                let body = json!({ "__type": code, "message": message });
                Err(CallError::Service(ServiceError::of_reply(400, None, Some(body.into()))))
            }
            None => Err(CallError::Network),
        },
        80..=89 => Err(CallError::BadReply),
        90..=94 => Ok(Json::Object(Vec::new())),
        _ => Ok(Json::from(body(request, how))),
    }
}

fn body(request: &Request, how: u8) -> Value {
    let number = u32::from(how);
    match request.operation {
        "InitiateAuth" if Value::from(&request.body)["AuthFlow"] == "REFRESH_TOKEN_AUTH" => new_access_token(number),
        "InitiateAuth" if Value::from(&request.body)["AuthFlow"] == "USER_AUTH" && !how.is_multiple_of(4) => match how % 12 {
            1 => json!({ "ChallengeName": "EMAIL_OTP", "Session": session(number) }),
            2 => select(number, &["EMAIL_OTP"]),
            3 => select(number, &["PASSWORD"]),
            5 => passkey_challenge(number),
            6 => select(number, &["WEB_AUTHN"]),
            _ => select(number, &["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]),
        },
        "InitiateAuth" => json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": { "SALT": "1", "SECRET_BLOCK": SECRET_BLOCK, "SRP_B": "1", "USER_ID_FOR_SRP": USER_ID },
        }),
        "RespondToAuthChallenge" => match how % 12 {
            0 => tokens(number),
            1 if how > 200 => json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": session(number) }),
            1 if how > 160 => json!({
                "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
                "Session": session(number),
                "ChallengeParameters": { "SALT": "1", "SECRET_BLOCK": SECRET_BLOCK, "SRP_B": "1" },
            }),
            1 => new_device_tokens(number),
            2 => email_challenge(number),
            4 => totp_challenge(number),
            5 => mfa_setup(number),
            6 => question(number, "Your pet?"),
            7 => json!({ "ChallengeName": "SMS_MFA", "Session": session(number) }),
            8 => json!({ "ChallengeName": "EMAIL_OTP", "Session": session(number) }),
            9 if how > 150 => json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session(number) }),
            3 | 9 => json!({
                "ChallengeName": "SELECT_MFA_TYPE",
                "Session": session(number),
                "ChallengeParameters": { "MFAS_CAN_CHOOSE": "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\",\"WEB_AUTHN\"]" },
            }),
            10 => json!({
                "ChallengeName": "MFA_SETUP",
                "Session": session(number),
                "ChallengeParameters": {
                    "MFAS_CAN_SETUP": if how > 190 { "[\"EMAIL_OTP\"]" } else { "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]" },
                },
            }),
            _ if how > 240 => select(number, &["EMAIL_OTP"]),
            _ if how > 160 => passkey_challenge(number),
            _ => json!({ "ChallengeName": "SOMETHING_NEW", "Session": session(number) }),
        },
        "GetTokensFromRefreshToken" => match how % 3 {
            0 => tokens(number),
            1 => new_access_token(number),
            // Tokens that are old when they come.
            _ => json!({ "AuthenticationResult": { "AccessToken": format!("{TOKEN_MARK}.old"), "ExpiresIn": 0 } }),
        },
        "GetUser" => user(if how.is_multiple_of(2) { &[] } else { &["SOFTWARE_TOKEN_MFA"] }),
        "AssociateSoftwareToken" => json!({ "SecretCode": TOTP_SECRET, "Session": session(number) }),
        "VerifySoftwareToken" => {
            json!({ "Status": if how.is_multiple_of(4) { "ERROR" } else { "SUCCESS" }, "Session": session(number) })
        }
        "SignUp" => json!({ "UserConfirmed": how.is_multiple_of(4), "UserSub": USER_ID }),
        "UpdateUserAttributes" if how.is_multiple_of(2) => {
            json!({ "CodeDeliveryDetailsList": [{ "Destination": "m***@e***" }] })
        }
        "ForgotPassword" | "ResendConfirmationCode" | "GetUserAttributeVerificationCode" => {
            json!({ "CodeDeliveryDetails": { "Destination": "m***@e***" } })
        }
        "ConfirmDevice" => json!({ "UserConfirmationNecessary": !how.is_multiple_of(4) }),
        "ListDevices" => json!({
            "Devices": [
                { "DeviceKey": DEVICE_KEY, "DeviceLastAuthenticatedDate": 1e300 },
                { "DeviceKey": "other", "DeviceAttributes": [{ "Name": "device_name", "Value": "a phone" }] },
                {},
            ],
            // For ever.
            "PaginationToken": if how.is_multiple_of(8) { Value::from("more") } else { Value::Null },
        }),
        "UpdateDeviceStatus" | "ForgetDevice" => json!({}),
        "RevokeToken" | "GlobalSignOut" | "SetUserMFAPreference" | "ConfirmSignUp" | "ConfirmForgotPassword" => json!({}),
        "ChangePassword" | "UpdateUserAttributes" | "VerifyUserAttribute" | "DeleteUser" => json!({}),
        "ListWebAuthnCredentials" => json!({
            "Credentials": [{
                "CredentialId": "id",
                "FriendlyCredentialName": "A key",
                "RelyingPartyId": "localhost",
                "CreatedAt": f64::from(how),
            }],
            // Now and then for ever.
            "NextToken": (how > 200).then_some("more"),
        }),
        "StartWebAuthnRegistration" if how > 220 => json!({ "CredentialCreationOptions": "none" }),
        "StartWebAuthnRegistration" => json!({ "CredentialCreationOptions": { "challenge": "AA" } }),
        "CompleteWebAuthnRegistration" | "DeleteWebAuthnCredential" => json!({}),
        other => panic!("no reply to {other} here: write one"),
    }
}

fn passkey_challenge(number: u32) -> Value {
    json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": session(number),
        "ChallengeParameters": { "CREDENTIAL_REQUEST_OPTIONS": "{}" },
    })
}

fn select(number: u32, available: &[&str]) -> Value {
    json!({ "ChallengeName": "SELECT_CHALLENGE", "Session": session(number), "AvailableChallenges": available })
}

fn world() -> impl Strategy<Value = World> {
    let flow = prop_oneof![2 => Just(PasswordFlow::Srp), 2 => Just(PasswordFlow::Custom), 1 => Just(PasswordFlow::Choice)];
    let purpose = prop_oneof![Just(Purpose::SignIn), Just(Purpose::Account)];
    let session = prop_oneof![
        2 => Just(None),
        3 => Just(Some(stored(1, NOW + HOUR))),
        1 => Just(Some(found(NOW + HOUR))),
        1 => Just(Some(stored(1, NOW))),
        1 => Just(Some(on_device(NOW + HOUR))),
    ];
    (flow, purpose, session).prop_map(|(flow, purpose, session)| World::new(flow, purpose, session))
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.state.fmt(f)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_happens_every_request_is_answered_no_lock_is_kept_and_nobody_is_stuck(
        mut world in world(),
        happenings in vec(happening(false), 1..80),
        last in proptest::option::of(any::<u8>()),
    ) {
        for happening in &happenings {
            world.happens(happening);
        }
        world.settles(last);
        prop_assert!(world.unanswered.is_empty(), "unanswered: {:?}", world.unanswered);
        prop_assert!(!world.holds_lock && world.waiting_for_lock == 0);
        prop_assert!(!world.view().busy, "stuck: {:?}", world.view());
    }

    #[test]
    fn events_that_cannot_happen_do_no_harm_either(mut world in world(), happenings in vec(happening(true), 1..80)) {
        for happening in &happenings {
            world.happens(happening);
        }
        world.settles(None);
    }
}

#[test]
fn every_screen_and_every_deed_is_among_what_happens() {
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut missing: BTreeSet<&str> = Screen::ALL.iter().map(|screen| screen.as_str()).collect();
    missing.remove(Screen::Loading.as_str());
    missing.extend(["sign_in_to_change", "password_changed", "verified", "account_deleted"]);
    missing.extend(["device_forgotten", "this_device_forgotten"]);
    missing.extend(["passkey_added", "passkey_removed", "passkey_cancelled", "passkeys_off"]);
    let mut deeds = BTreeSet::new();
    // Few worlds are enough for nearly all of it.
    for _ in 0..65_536 {
        let mut world = world().new_tree(&mut runner).expect("a world").current();
        for happening in vec(happening(false), 1..80).new_tree(&mut runner).expect("happenings").current() {
            world.happens(&happening);
        }
        world.settles(None);
        missing.retain(|name| !world.screens.contains(name) && !world.notices.contains(name));
        deeds.append(&mut world.deeds);
        if missing.is_empty() && deeds.len() == 10 {
            return;
        }
    }
    panic!("never shown: {missing:?}; only {deeds:?} were done");
}
