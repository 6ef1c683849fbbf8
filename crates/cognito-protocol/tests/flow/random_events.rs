//! Whatever happens in whatever order: nothing panics, and every request for tokens is answered once.

use std::collections::BTreeSet;

use cognito_protocol::{
    Secret,
    flow::{CallError, Derived, Effect, Event, Job, PasswordFlow, Purpose, Screen, State, Step, StoredSession, View, step},
    idp::{Json, Reply, Request, ServiceError},
    srp::{ClientEphemeral, EphemeralSecret, SrpError},
};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, NOW, settings, stored},
    service::{
        NAME, PASSWORD, SECRET_BLOCK, SESSION_MARK, TOKEN_MARK, TOTP_SECRET, USER_ID, email_challenge, mfa_setup,
        new_access_token, session, tokens, totp_challenge, user,
    },
    totp_setup::code,
};

/// Something that happens. Numbers choose among what is under way, modulo how much that is.
#[derive(Clone, Debug)]
enum Happening {
    /// The person or the page does something.
    Does(u8),
    /// A call is answered.
    Reply { which: u8, how: u8 },
    /// A job is done, or fails.
    Job { which: u8, works: bool },
    /// A timer runs out.
    Timer(u8),
    /// The browser grants the lock.
    Lock(u8),
    /// Another tab changes the store.
    Storage(u8),
    /// Time goes by.
    Minutes(u8),
    /// An event with an id that nobody gave, or a lock that nobody asked for.
    Stray { kind: u8, id: u32 },
}

fn happening(with_strays: bool) -> impl Strategy<Value = Happening> {
    let strays = if with_strays { 2 } else { 0 };
    prop_oneof![
        8 => any::<u8>().prop_map(Happening::Does),
        10 => (any::<u8>(), any::<u8>()).prop_map(|(which, how)| Happening::Reply { which, how }),
        6 => (any::<u8>(), prop::bool::weighted(0.9)).prop_map(|(which, works)| Happening::Job { which, works }),
        1 => any::<u8>().prop_map(Happening::Timer),
        4 => any::<u8>().prop_map(Happening::Lock),
        1 => any::<u8>().prop_map(Happening::Storage),
        2 => any::<u8>().prop_map(Happening::Minutes),
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
    stored: Option<StoredSession>,
    /// Who waits for the lock, and whether it is held.
    waiting_for_lock: u32,
    holds_lock: bool,
    /// Locks were granted that nobody asked for, so that counting them proves nothing.
    has_strays: bool,
    next_request: u32,
    unanswered: BTreeSet<u32>,
}

/// One of `items`, chosen by `number`.
fn take<T>(items: &mut Vec<T>, number: u8) -> Option<T> {
    (!items.is_empty()).then(|| items.swap_remove(usize::from(number) % items.len()))
}

impl World {
    fn new(flow: PasswordFlow, purpose: Purpose, stored: Option<StoredSession>) -> Self {
        let mut world = Self {
            state: Some(State::new(settings(flow, purpose))),
            now: NOW,
            calls: Vec::new(),
            jobs: Vec::new(),
            timers: Vec::new(),
            stored: stored.clone(),
            waiting_for_lock: 0,
            holds_lock: false,
            has_strays: false,
            next_request: 0,
            unanswered: BTreeSet::new(),
        };
        world.on(Event::Started { stored });
        world
    }

    fn view(&self) -> View {
        self.state.as_ref().expect("a state").view()
    }

    fn on(&mut self, event: Event) {
        let mut debug = format!("{event:?}");
        if let Event::TokensRequested { request } = event {
            self.unanswered.insert(request);
        }
        let Step { state, effects } = step(self.state.take().expect("a state"), self.now, event);
        debug.push_str(&format!("{state:?} {:?} {effects:?}", state.view()));
        for secret in [PASSWORD, TOKEN_MARK, SESSION_MARK, TOTP_SECRET] {
            assert!(!debug.contains(secret), "{secret} shows in {debug}");
        }
        self.state = Some(state);
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Call { id, request } => self.calls.push((id, request)),
            Effect::Derive { id, job } => self.jobs.push((id, job)),
            Effect::StartTimer { id, .. } => self.timers.push(id),
            Effect::Store(session) => self.stored = Some(session),
            Effect::Forget => self.stored = None,
            Effect::AcquireRefreshLock => self.waiting_for_lock += 1,
            Effect::ReleaseRefreshLock => {
                assert!(self.holds_lock || self.has_strays, "released a lock that is not held");
                self.holds_lock = false;
            }
            Effect::AnswerTokens { request, .. } => {
                assert!(self.unanswered.remove(&request), "request {request} was answered twice or never made");
            }
            Effect::Tell(_) => {}
        }
    }

    fn happens(&mut self, happening: &Happening) {
        match *happening {
            Happening::Does(what) => {
                let event = self.deed(what);
                self.on(event);
            }
            Happening::Reply { which, how } => {
                if let Some((id, request)) = take(&mut self.calls, which) {
                    let outcome = outcome(&request, how);
                    let service_millis = (how % 3 != 0).then_some(self.now);
                    self.on(Event::Replied { id, outcome, service_millis });
                }
            }
            Happening::Job { which, works } => {
                if let Some((id, job)) = take(&mut self.jobs, which) {
                    let derived = if works { derived(&job) } else { Derived::Failed(SrpError::ServerPublicZero) };
                    self.on(Event::Derived { id, derived });
                }
            }
            Happening::Timer(which) => {
                if let Some(id) = take(&mut self.timers, which) {
                    self.on(Event::TimerFired { id });
                }
            }
            Happening::Lock(kind) => self.grant_lock(kind),
            Happening::Storage(kind) => {
                self.stored = self.other_session(kind);
                self.on(Event::StorageChanged { stored: self.stored.clone() });
            }
            Happening::Minutes(minutes) => self.now += i64::from(minutes) * 60_000,
            Happening::Stray { kind, id } => {
                self.has_strays = true;
                self.on(match kind % 5 {
                    0 => Event::Replied { id, outcome: Ok(Reply::Empty), service_millis: Some(i64::MAX) },
                    1 => Event::Replied { id, outcome: Err(CallError::BadReply), service_millis: Some(i64::MIN) },
                    2 => Event::Derived { id, derived: Derived::PasswordClaim("stray".into()) },
                    3 => Event::TimerFired { id },
                    _ => Event::RefreshLockAcquired { stored: self.stored.clone() },
                });
            }
        }
    }

    fn deed(&mut self, what: u8) -> Event {
        let answer = |text: &str| Event::AnswerSubmitted { answer: text.into() };
        match what % 20 {
            0..=2 => Event::CredentialsSubmitted { sign_in_name: NAME.to_owned(), password: PASSWORD.into() },
            3 => Event::CredentialsSubmitted { sign_in_name: " ".to_owned(), password: Secret::default() },
            4 => Event::CredentialsTouched,
            5 | 6 => answer(&code(self.now - NOW)),
            7 => answer(&code(self.now - NOW + 90_000)),
            8 => answer("a cat"),
            9 => Event::NewCodeRequested,
            10 => Event::BackRequested,
            11 => Event::SignInRequested,
            12 => Event::SignOutRequested { global: what > 127 },
            13 => Event::AuthenticatorSetupRequested,
            14 => Event::AuthenticatorTurnOffRequested,
            15 => Event::ResetRequested,
            16 => Event::ScreenRequested(if what > 127 { Screen::TotpSetup } else { Screen::SignIn }),
            17 => Event::ChallengeTakenOver,
            _ => {
                self.next_request += 1;
                Event::TokensRequested { request: self.next_request }
            }
        }
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
        self.on(Event::RefreshLockAcquired { stored: self.stored.clone() });
    }

    /// What another tab may have left in the store.
    fn other_session(&self, kind: u8) -> Option<StoredSession> {
        match kind % 5 {
            0 => None,
            1 => Some(stored(8, self.now + HOUR)),
            2 => Some(stored(9, self.now)),
            3 => Some(StoredSession { refresh_token: None, ..stored(8, self.now + HOUR) }),
            _ => Some(StoredSession { username: "other-id".to_owned(), ..stored(7, self.now + HOUR) }),
        }
    }

    /// Everything that is under way comes to an end, each call by a network error or, with `how`, by a reply.
    fn settles(&mut self, how: Option<u8>) {
        for _ in 0..100 {
            if let Some((id, request)) = self.calls.pop() {
                let outcome = how.map_or(Err(CallError::Network), |how| outcome(&request, how));
                self.on(Event::Replied { id, outcome, service_millis: None });
            } else if let Some((id, job)) = self.jobs.pop() {
                self.on(Event::Derived { id, derived: derived(&job) });
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
        Job::ProvePassword(_) => Derived::PasswordClaim("a signature".into()),
    }
}

fn outcome(request: &Request, how: u8) -> Result<Reply, CallError> {
    const ERRORS: [(&str, &str); 9] = [
        ("NotAuthorizedException", "Incorrect username or password."),
        ("NotAuthorizedException", "Invalid session for the user."),
        ("NotAuthorizedException", "Refresh Token has been revoked"),
        ("CodeMismatchException", ""),
        ("ExpiredCodeException", "Your software token has already been used once."),
        ("TooManyRequestsException", ""),
        ("UnknownOperationException", ""),
        ("UserLambdaValidationException", "PreAuthentication failed with error No."),
        ("InvalidParameterException", ""),
    ];
    match how {
        0..=79 => match ERRORS.get(usize::from(how) % 12) {
            Some((code, message)) => {
                let body = json!({ "__type": code, "message": message });
                Err(CallError::Service(ServiceError::of_reply(400, None, Some(body.into()))))
            }
            None => Err(CallError::Network),
        },
        80..=89 => Err(CallError::BadReply),
        90..=94 => Ok(Reply::Empty),
        _ => request.decode_reply(Json::from(body(request, how))).map_err(|_| CallError::BadReply),
    }
}

fn body(request: &Request, how: u8) -> Value {
    let number = u32::from(how);
    match request {
        Request::InitiateAuth(request) if request.auth_parameters.get("REFRESH_TOKEN").is_some() => new_access_token(number),
        Request::InitiateAuth(_) => json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeParameters": { "SALT": "1", "SECRET_BLOCK": SECRET_BLOCK, "SRP_B": "1", "USER_ID_FOR_SRP": USER_ID },
        }),
        Request::RespondToAuthChallenge(_) => match how % 7 {
            0 | 1 => tokens(number),
            2 | 3 => email_challenge(number),
            4 => totp_challenge(number),
            5 => mfa_setup(number),
            _ => json!({ "ChallengeName": "SMS_MFA", "Session": session(number) }),
        },
        Request::GetTokensFromRefreshToken(_) => match how % 3 {
            0 => tokens(number),
            1 => new_access_token(number),
            // Tokens that are old when they come.
            _ => json!({ "AuthenticationResult": { "AccessToken": format!("{TOKEN_MARK}.old"), "ExpiresIn": 0 } }),
        },
        Request::GetUser(_) => user(if how.is_multiple_of(2) { &[] } else { &["SOFTWARE_TOKEN_MFA"] }),
        Request::AssociateSoftwareToken(_) => json!({ "SecretCode": TOTP_SECRET, "Session": session(number) }),
        Request::VerifySoftwareToken(_) => {
            json!({ "Status": if how.is_multiple_of(4) { "ERROR" } else { "SUCCESS" }, "Session": session(number) })
        }
        Request::RevokeToken(_) | Request::GlobalSignOut(_) | Request::SetUserMfaPreference(_) => json!({}),
    }
}

fn world() -> impl Strategy<Value = World> {
    let flow = prop_oneof![Just(PasswordFlow::Srp), Just(PasswordFlow::Custom)];
    let purpose = prop_oneof![Just(Purpose::SignIn), Just(Purpose::Account)];
    let session = prop_oneof![
        2 => Just(None),
        1 => Just(Some(stored(1, NOW + HOUR))),
        1 => Just(Some(stored(1, NOW))),
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
