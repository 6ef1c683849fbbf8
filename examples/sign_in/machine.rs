//! The sign-in machine at work: tell it what happened, do what it wants done, ask the person what its screen asks.

use std::{
    collections::VecDeque,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use cognito_login::{Key, LoginConfig, Texts};
use cognito_protocol::{
    Secret,
    flow::{
        AccountView, Action, Answers, ChallengeView, Details, Effect, Event, Factor, FirstFactor, Notice, NoticeKind, Outcome,
        Page, PasskeyFailure, Person, Purpose, RememberDevice, Screen, Settings, State, Tokens, TotpSetupView, View, field,
        read_claims, step,
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
pub fn sign_in(config: &LoginConfig, enrol_totp: bool) -> Result<Tokens, Failure> {
    let purpose = if enrol_totp { Purpose::Account } else { Purpose::SignIn };
    // A terminal has nowhere to keep what a device proves itself by.
    let settings = Settings { remember_device: RememberDevice::Never, ..config.settings(purpose, "", read_claims) };
    let mut state = State::new(settings);
    let mut shell = Shell::new(config)?;
    let mut events = VecDeque::from([Event::from(Page::Started { stored: None })]);
    loop {
        while let Some(event) = events.pop_front() {
            let next = step(state, now_millis(), event);
            state = next.state;
            for effect in next.effects {
                events.extend(shell.perform(effect));
            }
        }
        // Every effect is performed and its outcome told: the machine waits for the person, or is done.
        match shell.turn(state.view())? {
            Turn::Answered(answer) => {
                // Nothing can happen while the person thinks, so the timers that ran out come first.
                events.extend(shell.timers_due());
                events.push_back(answer.into());
            }
            Turn::Done(tokens) => return Ok(tokens),
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
    /// The store: a process that signs in once keeps its tokens no longer than itself.
    tokens: Option<Tokens>,
    /// The screen that was introduced, and what it was about.
    introduced: Option<(Screen, StringMap)>,
    /// The pool demanded an authenticator app, so there is a new one already when somebody is signed in.
    enrolled: bool,
}

/// What comes of looking at a screen.
enum Turn {
    Answered(Person),
    Done(Tokens),
}

impl Shell {
    fn new(config: &LoginConfig) -> Result<Self, Failure> {
        Ok(Self {
            config: config.clone(),
            texts: Texts::english(),
            terminal: Terminal::new().map_err(|error| Failure::input(&error, None))?,
            transport: Transport::new(config.endpoint_url()),
            timers: Vec::new(),
            tokens: None,
            introduced: None,
            enrolled: false,
        })
    }

    /// Does one thing that the machine wants done, at once; what comes of it is the next event.
    fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Call { id, request } => {
                let (reply, service_millis) = self.transport.post(&request);
                Some(Outcome::Replied { id, reply, service_millis }.into())
            }
            Effect::Derive { id, job } => Some(Outcome::Derived { id, derived: job.run(fill_random) }.into()),
            Effect::StartTimer { id, millis } => {
                self.timers.push((Instant::now() + Duration::from_millis(millis.into()), id));
                None
            }
            Effect::Store(tokens) | Effect::StoreRenewed { tokens, .. } => {
                self.tokens = Some(tokens);
                None
            }
            Effect::Forget => {
                self.tokens = None;
                None
            }
            // Nobody shares these tokens, so nobody else refreshes them.
            Effect::AcquireRefreshLock => Some(Outcome::RefreshLockAcquired { stored: self.tokens.clone() }.into()),
            // A terminal has no passkeys.
            Effect::AskPasskey { id, .. } => {
                Some(Outcome::PasskeyAnswered { id, answer: Err(PasskeyFailure::NotSupported) }.into())
            }
            // A terminal has no pages.
            Effect::Leave { id, .. } => Some(Outcome::CouldNotLeave { id }.into()),
            Effect::ForgetReturn | Effect::Exchange { .. } | Effect::Navigate { .. } => None,
            // A process that ends takes its challenge with it.
            Effect::KeepChallenge(_) | Effect::ForgetChallenge => None,
            Effect::FindDevice { id, .. } => Some(Outcome::DeviceFound { id, device: None }.into()),
            Effect::KeepDevice { .. } | Effect::ForgetDevice { .. } => None,
            // The screens tell all that a terminal needs, and the store has the tokens.
            Effect::ReleaseRefreshLock
            | Effect::RememberFactor(_)
            | Effect::DismissPasskey
            | Effect::Answer { .. }
            | Effect::Tell(_) => None,
        }
    }

    fn timers_due(&mut self) -> Vec<Event> {
        let now = Instant::now();
        self.timers.extract_if(.., |(at, _)| *at <= now).map(|(_, id)| Outcome::TimerFired { id }.into()).collect()
    }

    /// Shows a screen and asks what it asks.
    fn turn(&mut self, view: &View) -> Result<Turn, Failure> {
        let notice = view.notice.as_ref().map(|shown| &shown.notice);
        let kind = notice.map(|notice| notice.kind);
        let answer = match (view.screen, &view.details, kind) {
            (Screen::SignIn, Details::Name(name), None | Some(NoticeKind::PasswordMissing)) => {
                self.say_notice(notice);
                let password = self.ask(&format!("Password of {name}: "), kind)?;
                Person::Submitted(Answers::of([(field::USERNAME, name.as_str().into()), (field::PASSWORD, password)]))
            }
            (_, Details::NameAlone(name), None) => {
                Person::Submitted(Answers::of([(field::USERNAME, name.as_str().into()), (field::PASSWORD, "".into())]))
            }
            // There is no other way, or it would not have been tried.
            (_, Details::FirstFactors(_), Some(NoticeKind::PasskeyUnsupported)) => {
                return Err(self.failure(&NoticeKind::PasskeyUnsupported.into()));
            }
            (_, Details::FirstFactors(factors), _) => {
                self.say_notice(notice);
                say(self.texts.get(Key::ChooseFactorHeading));
                let texts: Vec<Key> = factors.iter().map(|factor| first_factor(*factor)).collect();
                match factors.get(self.pick(&texts, kind)?) {
                    Some(factor) => Person::Pressed(Action::SignInBy(*factor)),
                    None => return Err(self.failure(&NoticeKind::Unexpected.into())),
                }
            }
            (screen, Details::Challenge(challenge), _) => {
                let texts = self.texts.clone();
                self.introduce(screen, &challenge.parameters, || introduce_challenge(&texts, screen, challenge));
                self.say_notice(notice);
                self.answer_challenge(screen, challenge, kind)?
            }
            (_, Details::Attributes(names, _), _) => {
                let texts = self.texts.clone();
                self.introduce(Screen::NewPassword, &StringMap::default(), || say(texts.get(Key::NewPasswordText)));
                self.say_notice(notice);
                let password = self.ask(&format!("{}: ", self.texts.get(Key::CommonNewPassword)), kind)?;
                let mut answers = vec![(field::NEW_PASSWORD.to_owned(), password)];
                for name in names {
                    answers.push((name.clone(), self.ask(&format!("{}: ", self.texts.attribute(name)), kind)?));
                }
                Person::Submitted(Answers::of(answers))
            }
            (screen, Details::TotpSetup(Some(setup)), _) => {
                let texts = self.texts.clone();
                self.introduce(screen, &StringMap::default(), || introduce_totp_setup(&texts, setup));
                self.say_notice(notice);
                self.enrolled = setup.signing_in;
                let prompt = format!("{}: ", self.texts.get(Key::CommonVerificationCode));
                submitted(self.ask(&prompt, kind)?)
            }
            (_, Details::Account(AccountView::NotSignedIn), None) => Person::Pressed(Action::SignIn),
            (_, Details::Account(AccountView::Ready(_)), None) if !self.enrolled => Person::Pressed(Action::SetUpAuthenticator),
            (Screen::SignedIn, _, None | Some(NoticeKind::AuthenticatorOn))
            | (_, Details::Account(AccountView::Ready(_)), None | Some(NoticeKind::AuthenticatorOn)) => {
                self.say_notice(notice);
                return self.tokens.take().map(Turn::Done).ok_or_else(|| self.failure(&NoticeKind::Unexpected.into()));
            }
            // Back at the form, or in the account with nothing set up: it is over, and whoever likes runs the program again.
            (_, _, Some(_)) => return Err(self.failure(notice.unwrap_or(&NoticeKind::Unexpected.into()))),
            (_, Details::None | Details::Name(_) | Details::TotpSetup(None) | Details::Account(_), None) => {
                return Err(self.failure(&NoticeKind::Unexpected.into()));
            }
        };
        Ok(Turn::Answered(answer))
    }

    fn answer_challenge(&self, screen: Screen, challenge: &ChallengeView, shown: Option<NoticeKind>) -> Result<Person, Failure> {
        if !challenge.choices.is_empty() {
            return self.choose(challenge, shown);
        }
        if screen == Screen::EmailSetup {
            let address = self.ask(&format!("{}: ", self.texts.get(Key::EmailSetupEmail)), shown)?;
            return Ok(Person::Submitted(Answers::of([(field::EMAIL, address)])));
        }
        let is_question = screen == Screen::CustomChallenge;
        let label = self.texts.get(if is_question { Key::CustomChallengeAnswer } else { Key::CommonVerificationCode });
        let aside = if challenge.is_renewable { " (nothing for a new one)" } else { "" };
        let answer = self.ask(&format!("{label}{aside}: "), shown)?;
        let wants_new_code = challenge.is_renewable && answer.is_empty();
        Ok(if wants_new_code { Person::Pressed(Action::SendNewCode) } else { submitted(answer) })
    }

    /// A second factor.
    fn choose(&self, challenge: &ChallengeView, shown: Option<NoticeKind>) -> Result<Person, Failure> {
        let texts: Vec<Key> = challenge.choices.iter().map(|choice| second_factor(choice.factor)).collect();
        let choice = challenge.choices.get(self.pick(&texts, shown)?);
        let answer = choice.map(|choice| choice.name.as_str()).unwrap_or_default();
        Ok(Person::Submitted(Answers::of([(field::CHOICE, answer.into())])))
    }

    /// Which of these, counted from zero: the person types its number, or nothing for the first.
    fn pick(&self, texts: &[Key], shown: Option<NoticeKind>) -> Result<usize, Failure> {
        for (number, text) in (1..).zip(texts) {
            say(&format!("{number}. {}", self.texts.get(*text)));
        }
        let typed = self.ask("1: ", shown)?;
        let at = typed.expose().trim().parse::<usize>().unwrap_or(1).saturating_sub(1);
        Ok(if at < texts.len() { at } else { 0 })
    }

    fn ask(&self, prompt: &str, shown: Option<NoticeKind>) -> Result<Secret, Failure> {
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
        Failure::notice(notice.kind, self.words(notice))
    }

    /// The widget's words, and where those are no help, what is behind them.
    fn words(&self, notice: &Notice) -> String {
        let words = self.texts.notice(notice, self.config.username_kind);
        match (notice.kind, notice.text()) {
            (NoticeKind::Configuration | NoticeKind::UnsupportedChallenge, Some(cause)) => format!("{words} ({cause})"),
            (NoticeKind::Network | NoticeKind::BadReply | NoticeKind::Unexpected, _) => {
                format!("{words} ({})", self.transport.failure)
            }
            _ => words,
        }
    }
}

fn second_factor(factor: Factor) -> Key {
    match factor {
        Factor::App => Key::ChooseMfaApp,
        Factor::Sms => Key::ChooseMfaSms,
        Factor::Email => Key::ChooseMfaEmail,
        Factor::Passkey => Key::ChooseFactorPasskey,
    }
}

fn first_factor(factor: FirstFactor) -> Key {
    match factor {
        FirstFactor::PasswordSrp | FirstFactor::Password => Key::ChooseFactorPassword,
        FirstFactor::EmailOtp => Key::ChooseFactorEmail,
        FirstFactor::SmsOtp => Key::ChooseFactorSms,
        FirstFactor::WebAuthn => Key::ChooseFactorPasskey,
    }
}

/// An answer, whatever field of a form takes it.
fn submitted(answer: Secret) -> Person {
    Person::Submitted(Answers::of([(field::CODE, answer.clone()), (field::ANSWER, answer)]))
}

/// A challenge says itself what it asks, or its screen has a text for that.
fn introduce_challenge(texts: &Texts, screen: Screen, challenge: &ChallengeView) {
    let parameter = |name| challenge.parameters.get(name);
    if screen == Screen::CustomChallenge {
        say(parameter("title").unwrap_or(texts.get(Key::CustomChallengeHeading)));
        parameter("hint").into_iter().for_each(say);
        return;
    }
    if !challenge.choices.is_empty() {
        return say(texts.get(Key::ChooseMfaHeading));
    }
    if let Some(text) = texts.by_name(&format!("{}.text", screen.as_str())) {
        return say(text);
    }
    let sent_to = parameter("destination").and_then(|to| texts.fill(Key::CommonCodeSentTo, &[("destination", to)]));
    say(sent_to.as_deref().unwrap_or(texts.get(Key::CommonCodeSent)));
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
