//! The sign-in machine at work: tell it what happened, do what it wants done, ask the person what its screen asks.

use std::{
    collections::VecDeque,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use cognito_login::{Key, LoginConfig, Texts};
use cognito_protocol::{
    Secret,
    flow::{
        AccountView, CodeView, Effect, Event, Notice, Purpose, Screen, State, StoredSession, TotpSetupView, View, ViewDetails,
        step,
    },
    idp::StringMap,
    totp,
};

use crate::{
    failure::Failure,
    terminal::{self, Terminal, say},
    transport::Transport,
};

/// Signs in; with `enrol_totp` also sets up an authenticator app, which the machine counts among the account's settings.
pub fn sign_in(config: &LoginConfig, enrol_totp: bool) -> Result<StoredSession, Failure> {
    let purpose = if enrol_totp { Purpose::Account } else { Purpose::SignIn };
    let mut state = State::new(config.settings(purpose, ""));
    let mut shell = Shell::new(config)?;
    let mut events = VecDeque::from([Event::Started { stored: None }]);
    loop {
        while let Some(event) = events.pop_front() {
            let next = step(state, now_millis(), event);
            state = next.state;
            for effect in next.effects {
                events.extend(shell.perform(effect));
            }
        }
        // Every effect is performed and its outcome told: the machine waits for the person, or is done.
        match shell.turn(&state.view())? {
            Turn::Answered(answer) => {
                // Nothing can happen while the person thinks, so the timers that ran out come first.
                events.extend(shell.timers_due());
                events.push_back(answer);
            }
            Turn::Done(session) => return Ok(session),
        }
    }
}

/// What the machine reaches the world by.
struct Shell {
    config: LoginConfig,
    /// The widget's words.
    texts: Texts,
    terminal: Terminal,
    transport: Transport,
    timers: Vec<(Instant, u32)>,
    /// The store: a process that signs in once keeps its session no longer than itself.
    session: Option<StoredSession>,
    /// The screen that was introduced, and what it was about.
    introduced: Option<(Screen, StringMap)>,
    /// The pool demanded an authenticator app, so there is a new one already when somebody is signed in.
    enrolled: bool,
}

/// What comes of looking at a screen.
enum Turn {
    Answered(Event),
    Done(StoredSession),
}

impl Shell {
    fn new(config: &LoginConfig) -> Result<Self, Failure> {
        Ok(Self {
            config: config.clone(),
            texts: Texts::english(),
            terminal: Terminal::new().map_err(|error| Failure::input(&error, None))?,
            transport: Transport::new(config.endpoint_url()),
            timers: Vec::new(),
            session: None,
            introduced: None,
            enrolled: false,
        })
    }

    /// Does one thing that the machine wants done, at once; what comes of it is the next event.
    fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Call { id, request } => {
                let (outcome, service_millis) = self.transport.post(&request);
                Some(Event::Replied { id, outcome, service_millis })
            }
            Effect::Derive { id, job } => Some(Event::Derived { id, derived: job.run(fill_random) }),
            Effect::StartTimer { id, millis } => {
                self.timers.push((Instant::now() + Duration::from_millis(millis.into()), id));
                None
            }
            Effect::Store(session) => {
                self.session = Some(session);
                None
            }
            Effect::Forget => {
                self.session = None;
                None
            }
            // Nobody shares this session, so nobody else refreshes it.
            Effect::AcquireRefreshLock => Some(Event::RefreshLockAcquired { stored: self.session.clone() }),
            // The screens tell all that a terminal needs, and the store has the tokens.
            Effect::ReleaseRefreshLock | Effect::AnswerTokens { .. } | Effect::Tell(_) => None,
        }
    }

    fn timers_due(&mut self) -> Vec<Event> {
        let now = Instant::now();
        self.timers.extract_if(.., |(at, _)| *at <= now).map(|(_, id)| Event::TimerFired { id }).collect()
    }

    /// Shows a screen and asks what it asks.
    fn turn(&mut self, view: &View) -> Result<Turn, Failure> {
        let notice = view.notice.as_ref().map(|(_, notice)| notice);
        let answer = match (&view.details, notice) {
            (ViewDetails::SignIn { sign_in_name }, None | Some(Notice::PasswordMissing)) => {
                self.say_notice(notice);
                let password = self.ask(&format!("Password of {sign_in_name}: "), notice)?;
                Event::CredentialsSubmitted { sign_in_name: sign_in_name.clone(), password }
            }
            (ViewDetails::Code(code), _) => {
                let texts = self.texts.clone();
                self.introduce(view.screen, &code.parameters, || introduce_code(&texts, view.screen, code));
                self.say_notice(notice);
                self.answer_code(view.screen, notice)?
            }
            (ViewDetails::TotpSetup(Some(setup)), _) => {
                let texts = self.texts.clone();
                self.introduce(view.screen, &StringMap::default(), || introduce_totp_setup(&texts, setup));
                self.say_notice(notice);
                self.enrolled = setup.signing_in;
                let prompt = format!("{}: ", self.texts.get(Key::CommonVerificationCode));
                Event::AnswerSubmitted { answer: self.ask(&prompt, notice)? }
            }
            (ViewDetails::Account(AccountView::NotSignedIn), None) => Event::SignInRequested,
            (ViewDetails::Account(AccountView::Ready { .. }), None) if !self.enrolled => Event::AuthenticatorSetupRequested,
            (
                ViewDetails::SignedIn { .. } | ViewDetails::Account(AccountView::Ready { .. }),
                None | Some(Notice::AuthenticatorOn),
            ) => {
                self.say_notice(notice);
                return self.session.take().map(Turn::Done).ok_or_else(|| self.failure(&Notice::Unexpected));
            }
            // Back at the form, or in the account with nothing set up: it is over, and whoever likes runs the program again.
            (_, Some(notice)) => return Err(self.failure(notice)),
            (ViewDetails::Loading | ViewDetails::TotpSetup(None) | ViewDetails::Account(_), None) => {
                return Err(self.failure(&Notice::Unexpected));
            }
        };
        Ok(Turn::Answered(answer))
    }

    fn answer_code(&self, screen: Screen, notice: Option<&Notice>) -> Result<Event, Failure> {
        let (label, aside) = match screen {
            Screen::EmailCode => (Key::CommonVerificationCode, " (nothing for a new one)"),
            Screen::CustomChallenge => (Key::CustomChallengeAnswer, ""),
            _ => (Key::CommonVerificationCode, ""),
        };
        let answer = self.ask(&format!("{}{aside}: ", self.texts.get(label)), notice)?;
        let wants_new_code = screen == Screen::EmailCode && answer.is_empty();
        Ok(if wants_new_code { Event::NewCodeRequested } else { Event::AnswerSubmitted { answer } })
    }

    fn ask(&self, prompt: &str, shown: Option<&Notice>) -> Result<Secret, Failure> {
        self.terminal.ask(prompt).map_err(|error| Failure::input(&error, shown))
    }

    /// Says what a screen is about: once, not with every wrong answer.
    fn introduce(&mut self, screen: Screen, parameters: &StringMap, introduction: impl FnOnce()) {
        let about = Some((screen, parameters.clone()));
        if self.introduced != about {
            introduction();
            self.introduced = about;
        }
    }

    fn say_notice(&self, notice: Option<&Notice>) {
        if let Some(notice) = notice {
            say(&format!("sign_in: {}", self.words(notice)));
        }
    }

    fn failure(&self, notice: &Notice) -> Failure {
        Failure::notice(notice, self.words(notice))
    }

    /// The widget's words, and where those are no help, what is behind them.
    fn words(&self, notice: &Notice) -> String {
        let words = self.texts.notice(notice, self.config.username_kind);
        match notice {
            Notice::Configuration(cause) | Notice::UnsupportedChallenge(cause) => format!("{words} ({cause})"),
            Notice::Network | Notice::BadReply | Notice::Unexpected => format!("{words} ({})", self.transport.failure),
            _ => words,
        }
    }
}

fn introduce_code(texts: &Texts, screen: Screen, code: &CodeView) {
    let parameter = |name| code.parameters.get(name);
    match screen {
        Screen::EmailCode => {
            let sent_to = parameter("destination").and_then(|to| texts.fill(Key::EmailCodeSentTo, &[("destination", to)]));
            say(sent_to.as_deref().unwrap_or(texts.get(Key::EmailCodeSent)));
        }
        Screen::CustomChallenge => {
            say(parameter("title").unwrap_or(texts.get(Key::CustomChallengeHeading)));
            parameter("hint").into_iter().for_each(say);
        }
        _ => say(texts.get(Key::TotpCodeText)),
    }
}

fn introduce_totp_setup(texts: &Texts, setup: &TotpSetupView) {
    say(texts.get(Key::TotpSetupScan));
    terminal::draw_qr_code(setup.key_uri.expose());
    say(&format!("{}: {}", texts.get(Key::TotpSetupSetupKey), totp::grouped_secret(setup.secret_base32.expose())));
    say(texts.get(Key::TotpSetupEnter));
}

/// The local clock, in milliseconds since the Unix epoch.
fn now_millis() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}

/// Where there is no randomness the bytes are zero, which no secret exponent accepts.
fn fill_random(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        bytes.fill(0);
    }
}
