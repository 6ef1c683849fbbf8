//! A machine under test, with whoever performs its effects.

use std::collections::VecDeque;

use cognito_protocol::{
    Secret,
    flow::{
        AccountView, Answer, Answers, CallError, CallResult, Derived, Details, Device, Effect, Event, Factor, HostEvent, Job,
        Notice, Outcome, Page, PasskeyFailure, PasswordFlow, Person, Purpose, RememberDevice, Screen, Settings, State, Step,
        Tokens, UsernameKind, View, field, step,
    },
    idp::{Json, Request, ServiceError, StringMap},
};
use serde_json::{Value, json};

use super::{
    kept::Kept,
    service::{
        CLIENT_ID, DEVICE_KEY, ISSUER, NAME, PASSWORD, POOL_ID, POOL_NAME, Pool, SESSION_MARK, TOKEN_MARK, TOTP_SECRET, USER_ID,
        access_token, device_access_token, new_access_token, refresh_token,
    },
};

/// Tue Sep 9 09:05:03 UTC 2025
pub const NOW: i64 = 1_757_408_703_000;
pub const HOUR: i64 = 3_600_000;
/// A sign-in that counts as recent however late it is.
const FOR_EVER: i64 = i64::MAX;
/// The nonce that comes of the randomness of these tests.
pub const NONCE: &str = "paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU";
/// The id of a request of the page whose answer the test does not look at.
pub const NOBODY: u32 = 0;

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

pub fn settings(password_flow: PasswordFlow, purpose: Purpose) -> Settings {
    Settings {
        client_id: CLIENT_ID.to_owned(),
        user_pool_id: POOL_ID.to_owned(),
        pool_name: POOL_NAME.to_owned(),
        is_endpoint_replaced: false,
        read_claims,
        client_has_secret: false,
        password_flow,
        preferred_challenge: None,
        last_factor: None,
        has_passkeys: false,
        purpose,
        session_millis: 180_000,
        totp_issuer: "example.com".to_owned(),
        totp_label: None,
        sign_in_name: String::new(),
        username_kind: UsernameKind::Email,
        first_screen: Screen::SignIn,
        offers_sign_up: true,
        sign_up_attributes: Vec::new(),
        remember_device: RememberDevice::Ask,
        device_name: "Test".to_owned(),
        client_metadata: StringMap::default(),
        federation: None,
    }
}

/// The tokens of these tests are numbered and no JWTs: they are this pool's, whose kind their second part tells. Others are read.
pub fn read_claims(token: &str) -> Option<Json> {
    let mut parts = token.split('.');
    let (mark, kind) = (parts.next(), parts.next());
    let (token_use, client, auth_time) = match kind.filter(|_| mark == Some(TOKEN_MARK)) {
        Some("access" | "old") => ("access", "client_id", FOR_EVER),
        // Of somebody who signed in long ago.
        Some("found") => ("access", "client_id", NOW / 1000 - 3600),
        Some("device") => ("access", "client_id", FOR_EVER),
        Some("id" | "other") => ("id", "aud", FOR_EVER),
        Some(_) | None => return cognito_protocol::flow::read_claims(token),
    };
    let iss = format!("{ISSUER}/{POOL_ID}");
    let nonce = if kind == Some("id") { NONCE } else { "another" };
    let mut claims = json!({
        "iss": iss, "token_use": token_use, client: CLIENT_ID, "sub": USER_ID, "auth_time": auth_time, "nonce": nonce,
    });
    if kind == Some("device") {
        claims["device_key"] = DEVICE_KEY.into();
    }
    Some(claims.into())
}

/// The form of a challenge, submitted.
pub fn typed(answer: &str) -> Event {
    Person::Submitted(Answers::of([
        (field::CODE, Secret::from(answer)),
        (field::ANSWER, Secret::from(answer)),
        (field::NEW_PASSWORD, Secret::from(PASSWORD)),
    ]))
    .into()
}

/// Tokens as the store holds them.
pub fn stored(number: u32, expires_at_millis: i64) -> Tokens {
    Tokens {
        username: USER_ID.to_owned(),
        sign_in_name: NAME.to_owned(),
        id_token: format!("{TOKEN_MARK}.id.{number}").into(),
        access_token: access_token(number).into(),
        refresh_token: Some(refresh_token(number).into()),
        expires_at_millis,
        is_federated: false,
    }
}

/// The same, of somebody who signed in an hour before.
pub fn found(expires_at_millis: i64) -> Tokens {
    Tokens { access_token: format!("{TOKEN_MARK}.found.1").into(), ..stored(1, expires_at_millis) }
}

/// The same as [`stored`] on a device that the pool knows.
pub fn on_device(expires_at_millis: i64) -> Tokens {
    Tokens { access_token: device_access_token(1).into(), ..stored(1, expires_at_millis) }
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

    /// The sign-in element before anything is known.
    pub fn at_start() -> Self {
        Self::new(settings(PasswordFlow::Srp, Purpose::SignIn))
    }

    /// The sign-in element on a page where nobody is signed in.
    pub fn at_sign_in(password_flow: PasswordFlow) -> Self {
        let mut machine = Self::new(settings(password_flow, Purpose::SignIn));
        machine.on(Page::Started { stored: None }).does(["tell screen sign-in"]);
        machine
    }

    /// The sign-in element, signed in with tokens number 1 for an hour.
    pub fn signed_in() -> Self {
        let mut machine = Self::new(settings(PasswordFlow::Srp, Purpose::SignIn));
        machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
        machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
        machine
    }

    /// The same, two hours later.
    pub fn signed_in_long_ago() -> Self {
        let mut machine = Self::signed_in();
        machine.now += 2 * HOUR;
        machine
    }

    /// The account element of somebody with these second factors.
    pub fn at_account(factors: &[&str]) -> Self {
        let mut machine = Self::new(settings(PasswordFlow::Srp, Purpose::Account));
        machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) });
        machine.does([&format!("tell signed-in {USER_ID}"), "call GetUser", "tell screen account"]);
        machine.replied(super::service::user(factors)).does([]);
        machine
    }

    /// The page is loaded anew, with what was kept.
    pub fn reloaded(self) -> Self {
        let mut next = Self::new(self.state().settings().clone());
        (next.now, next.kept.record) = (self.now, self.kept.record.clone());
        if let Some(record) = &self.kept.record {
            next.on(Page::ChallengeFound { record: record.clone().into() }).does([]);
        }
        next
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

    /// Keeps what a reply or result needs, and says in a few words what the effect is.
    fn call_job_or_timer(&mut self, effect: Effect) -> String {
        match effect {
            Effect::Call { id, request } => {
                let text = format!("call {}", request.operation);
                self.call = Some((id, request));
                text
            }
            Effect::Derive { id, job } => {
                let text = match &job {
                    Job::MakePublicValue => "derive A".to_owned(),
                    Job::MakeRedirectSecrets => "derive redirect secrets".to_owned(),
                    Job::ProvePassword(_) => "derive proof".to_owned(),
                    Job::MakeDevice { .. } => "derive device".to_owned(),
                };
                self.job = Some((id, job));
                text
            }
            Effect::StartTimer { id, millis } => {
                self.timer = id;
                format!("timer {millis}")
            }
            Effect::Store(tokens) => format!("store {} {}", tokens.access_token.expose(), refresh_text(&tokens)),
            Effect::StoreRenewed { tokens, used } => {
                let text = format!("renew {} {}", tokens.access_token.expose(), refresh_text(&tokens));
                if refresh_text(&tokens) == used.expose() { text } else { format!("{text} by {}", used.expose()) }
            }
            Effect::Forget => "forget".to_owned(),
            Effect::AskPasskey { id, ceremony, options } => {
                let text = format!("passkey {}", ceremony.as_str());
                self.prompt = Some((id, options));
                text
            }
            Effect::DismissPasskey => "dismiss".to_owned(),
            Effect::RememberFactor(factor) => format!("remember {}", factor.as_str()),
            Effect::KeepChallenge(_) | Effect::ForgetChallenge | Effect::FindDevice { .. } => unreachable!("left out"),
            Effect::KeepDevice { device, sign_in_name, is_remembered } => {
                let text = format!("keep device of {sign_in_name}{}", if is_remembered { ", remembered" } else { "" });
                self.secrets.push(device.password.expose().to_owned());
                self.device = Some(device);
                text
            }
            Effect::ForgetDevice { username, key } => {
                self.device = None;
                format!("forget device {} of {username}", key.expose())
            }
            Effect::Leave { id, record, url } => {
                (self.timer, self.record) = (id, Some(Value::from(&record)));
                self.url = url.expose().to_owned();
                "leave".to_owned()
            }
            Effect::ForgetReturn => "forget return".to_owned(),
            Effect::Exchange { id, url, form } => {
                let text = format!("exchange at {url}");
                (self.exchange, self.url) = (id, form.expose().to_owned());
                text
            }
            Effect::Navigate { url } => format!("go to {url}"),
            Effect::AcquireRefreshLock => "lock".to_owned(),
            Effect::ReleaseRefreshLock => "unlock".to_owned(),
            Effect::Answer { request, answer } => match answer {
                Ok(Answer::Tokens(tokens)) => format!("answer {request}: {}", tokens.access_token.expose()),
                Ok(Answer::Done) => format!("answer {request}: done"),
                Err(notice) => format!("answer {request}: {}", notice.code()),
            },
            Effect::Tell(HostEvent::ScreenChanged(screen)) => format!("tell screen {}", screen.as_str()),
            Effect::Tell(HostEvent::SignedIn { username, .. }) => format!("tell signed-in {username}"),
            Effect::Tell(HostEvent::SignedOut(reason)) => format!("tell signed-out {}", reason.as_str()),
            Effect::Tell(HostEvent::TokensRefreshed) => "tell tokens-refreshed".to_owned(),
            Effect::Tell(HostEvent::Error { notice, screen }) => {
                format!("tell error {} on {}", notice.code(), screen.as_str())
            }
            Effect::Tell(HostEvent::Challenge { id, parameters }) => {
                self.challenge = id;
                format!("tell challenge of type {}", parameters.get("type").unwrap_or("none"))
            }
        }
    }

    /// The screen, its details, whether it is busy, and its notice, in one line.
    pub fn screen(&self) -> String {
        let view = self.view();
        let details = match &view.details {
            Details::None | Details::Attributes(_) | Details::Challenge(_) | Details::TotpSetup(None) => String::new(),
            Details::Name(name) => format!(" ({name})"),
            Details::NameAlone(name) => format!(" ({name} alone)"),
            Details::FirstFactors(factors) => format!(" {:?}", factors.iter().map(|factor| factor.as_str()).collect::<Vec<_>>()),
            Details::TotpSetup(Some(_)) => " (secret)".to_owned(),
            Details::Account(AccountView::NotSignedIn) => " (not signed in)".to_owned(),
            Details::Account(AccountView::Loading) => " (loading)".to_owned(),
            Details::Account(AccountView::Unknown) => " (unknown)".to_owned(),
            Details::Account(AccountView::Ready(settings)) => {
                let with = if settings.factors.contains(&Factor::App) { "with" } else { "without" };
                format!(" ({with} app)")
            }
        };
        let busy = if view.busy { " busy" } else { "" };
        let notice = view.notice.as_ref().map(|shown| format!(" ! {}", shown.notice.kind.code())).unwrap_or_default();
        format!("{}{details}{busy}{notice}", view.screen.as_str())
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

    fn call_over(&mut self, reply: CallResult) -> &mut Self {
        let (id, _) = self.call.take().expect("a call under way");
        let service_millis = self.service_ahead.map(|ahead| self.now + ahead);
        self.on(Outcome::Replied { id, reply, service_millis })
    }

    /// The last call is answered with status 200 and this body.
    pub fn replied(&mut self, body: Value) -> &mut Self {
        self.call_over(Ok(Json::from(body)))
    }

    /// The last call is answered with an error.
    pub fn refused(&mut self, (code, message): (&str, &str)) -> &mut Self {
        let body = json!({ "__type": code, "message": message });
        self.call_over(Err(CallError::Service(ServiceError::of_reply(400, None, Some(body.into())))))
    }

    /// A refresh is refused, and no other tab has anything newer; what comes of that is still to be named.
    pub fn is_refused_for_good(&mut self, error: (&str, &str)) {
        self.refused(error).does(["unlock", "lock"]);
        self.lock_acquired(None);
    }

    /// The last call gets no answer. The service's clock stays untold, too.
    pub fn unreachable(&mut self) -> &mut Self {
        let ahead = self.service_ahead.take();
        self.call_over(Err(CallError::Network));
        self.service_ahead = ahead;
        self
    }

    /// Forgets the last call and gives its id, for a reply that comes late.
    pub fn late_call(&mut self) -> u32 {
        self.call.take().expect("a call under way").0
    }

    /// The last job is run.
    pub fn derived(&mut self) -> &mut Self {
        let (id, job) = self.job.take().expect("a job under way");
        // Each 32 bytes are others than the ones before.
        let derived = job.run(|bytes| {
            for (part, byte) in
                bytes.chunks_mut(32).enumerate().flat_map(|(part, chunk)| chunk.iter_mut().map(move |byte| (part, byte)))
            {
                *byte = 0xa7 ^ u8::try_from(part).expect("few parts");
            }
        });
        self.on(Outcome::Derived { id, derived })
    }

    /// The last job, which the test may look at.
    pub fn job(&self) -> &Job {
        &self.job.as_ref().expect("a job under way").1
    }

    /// The last job fails, because the platform has no randomness or the service's values are hostile.
    pub fn job_failed(&mut self) -> &mut Self {
        let (id, _) = self.job.take().expect("a job under way");
        self.on(Outcome::Derived { id, derived: Derived::Failed(cognito_protocol::srp::SrpError::EphemeralUnusable) })
    }

    pub fn submitted(&mut self, name: &str, password: &str) -> &mut Self {
        let answers = [(field::USERNAME, name.into()), (field::PASSWORD, password.into())];
        self.on(Person::Submitted(Answers::of(answers)))
    }

    /// Submits a form with these fields; nothing of what is longer than a few characters may show, but for sign-in names.
    pub fn filled_in(&mut self, fields: &[(&str, &str)]) -> &mut Self {
        let secret = [field::PASSWORD, field::NEW_PASSWORD, field::CODE];
        for (_, typed) in fields.iter().filter(|(name, typed)| secret.contains(name) && typed.len() > 3) {
            self.secrets.push((*typed).to_owned());
        }
        self.on(Person::Submitted(Answers::of(fields.iter().map(|(name, typed)| (*name, Secret::from(*typed))))))
    }

    pub fn answered(&mut self, answer: &str) -> &mut Self {
        if answer.len() > 3 {
            self.secrets.push(answer.to_owned());
        }
        self.on(typed(answer))
    }

    pub fn timer_fired(&mut self, id: u32) -> &mut Self {
        self.on(Outcome::TimerFired { id })
    }

    pub fn tokens_requested(&mut self, request: u32) -> &mut Self {
        self.on(Page::TokensRequested { request })
    }

    pub fn lock_acquired(&mut self, stored: Option<Tokens>) -> &mut Self {
        self.on(Outcome::RefreshLockAcquired { stored })
    }

    /// From the sign-in form to the moment where the proof is sent.
    pub fn proves(&mut self, pool: &mut Pool, name: &str, password: &str) -> Value {
        self.submitted(name, password).does(["derive A"]);
        self.derived();
        let request = self.sends("InitiateAuth");
        self.replied(pool.password_verifier(&request)).does(["derive proof"]);
        self.derived();
        self.sends("RespondToAuthChallenge")
    }

    /// The proof of the right password that the machine has just begun by itself, up to its verdict.
    pub fn proves_by_itself(&mut self, name: &str) -> &mut Self {
        let mut pool = Pool::new();
        self.does(["derive A"]);
        self.derived();
        let request = self.sends("InitiateAuth");
        assert_eq!(request["AuthParameters"]["USERNAME"], name);
        self.replied(pool.password_verifier(&request)).does(["derive proof"]);
        self.derived();
        let proof = self.sends("RespondToAuthChallenge");
        assert!(pool.accepts(&proof));
        self
    }

    /// From the sign-in form with the right password to what follows it.
    pub fn passes_password(&mut self, next: Value) -> &mut Self {
        let mut pool = Pool::new();
        let proof = self.proves(&mut pool, NAME, PASSWORD);
        assert!(pool.accepts(&proof));
        self.replied(next)
    }

    /// From a request for tokens to a call that refreshes them.
    pub fn begins_refresh(&mut self, request: u32) -> &mut Self {
        self.tokens_requested(request).does(["lock"]);
        self.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
        self
    }

    /// The call that refreshes brings tokens of that number.
    pub fn refreshed(&mut self, number: u32) -> &mut Self {
        self.replied(new_access_token(number))
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.does([]);
        }
    }
}

fn refresh_text(tokens: &Tokens) -> &str {
    tokens.refresh_token.as_ref().map_or("-", Secret::expose)
}
