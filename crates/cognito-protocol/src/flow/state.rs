//! The machine's states. Each is named for what it waits for and holds only what its phase has earned.

use super::{Notice, Screen, Settings, account::Account, session::Refresh, totp_setup::TotpSetup};
use crate::{Secret, idp::StringMap, srp::ClientEphemeral};

/// The whole state of one widget.
#[derive(Debug)]
pub struct State {
    pub(super) core: Core,
    pub(super) phase: Phase,
}

impl State {
    /// The state before [`Event::Started`](super::Event::Started).
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { core: Core { settings, last_id: 0, service_ahead_millis: None }, phase: Phase::Starting }
    }

    /// The settings that this machine runs with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// Exchanges the settings, for those that may change while the widget is on the page. What is under way goes on.
    pub fn set_settings(&mut self, settings: Settings) {
        self.core.settings = settings;
    }
}

/// What every phase has.
#[derive(Debug)]
pub(super) struct Core {
    pub settings: Settings,
    pub last_id: u32,
    /// The service's clock less the local one, once a reply told it.
    pub service_ahead_millis: Option<i64>,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// Nothing is known yet.
    Starting,
    /// In the account element: nobody is signed in.
    NotSignedIn(NotSignedIn),
    /// The sign-in form.
    EnteringCredentials(Box<EnteringCredentials>),
    /// The password is being proved.
    SigningIn(Box<SigningIn>),
    /// A challenge waits for the person's answer.
    Answering(Box<Answering>),
    /// The pool demands an authenticator app before it signs in.
    SettingUpTotp(Box<SettingUpTotp>),
    /// Tokens are there.
    SignedIn(Box<SignedIn>),
}

/// A notice on the screen. The id tells two showings of the same notice apart.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub id: u32,
    pub notice: Notice,
}

/// A session as it is kept between page loads.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// The real username.
    pub username: String,
    /// What was typed to sign in.
    pub sign_in_name: String,
    /// JWT with the user's attributes.
    pub id_token: Secret,
    /// JWT for APIs.
    pub access_token: Secret,
    /// Opaque.
    pub refresh_token: Option<Secret>,
    /// When the access token expires, by the local clock, in milliseconds since the Unix epoch.
    pub expires_at_millis: i64,
}

#[derive(Debug)]
pub(super) struct NotSignedIn {
    pub notice: Option<Shown>,
}

#[derive(Debug)]
pub(super) struct EnteringCredentials {
    pub sign_in_name: String,
    pub notice: Option<Shown>,
    pub ephemeral: Ephemeral,
}

/// `a` and `A`, which may be computed while the person types.
#[derive(Debug)]
pub(super) enum Ephemeral {
    None,
    Deriving(u32),
    Ready(Box<ClientEphemeral>),
}

/// What the person signs in with. The password is wiped when this is dropped.
#[derive(Debug)]
pub(super) struct Credentials {
    pub sign_in_name: String,
    pub password: Secret,
}

#[derive(Debug)]
pub(super) struct SigningIn {
    pub credentials: Credentials,
    pub awaiting: Awaiting,
    /// With "Send a new code": the challenge whose screen stays while the sign-in starts again.
    pub renewing: Option<Box<Answering>>,
}

/// The steps of a password proof.
#[derive(Debug)]
pub(super) enum Awaiting {
    PublicValue { job: u32 },
    PasswordChallenge { call: u32, ephemeral: Box<ClientEphemeral> },
    Proof { job: u32, challenge: PasswordChallenge },
    Verdict { call: u32, user_id: String },
}

/// What the proof of a `PASSWORD_VERIFIER` is sent with.
#[derive(Debug)]
pub(super) struct PasswordChallenge {
    pub user_id: String,
    pub session: Option<Secret>,
    pub secret_block_base64: String,
    pub timestamp: String,
}

#[derive(Debug)]
pub(super) struct Answering {
    pub challenge: Challenge,
    /// For "Send a new code", and for the name when the sign-in must start again.
    pub credentials: Credentials,
    /// The call that carries the answer.
    pub pending: Option<u32>,
    pub notice: Option<Shown>,
    /// The timer of the session's life.
    pub session_timer: u32,
    /// The timer ran out while something was under way that may still bring a new session.
    pub session_over: bool,
    /// When a new code was last sent at the person's wish, by the local clock.
    pub renewed_at_millis: Option<i64>,
    /// The page shows this challenge itself.
    pub taken_over: bool,
}

/// An open challenge.
#[derive(Debug)]
pub(super) struct Challenge {
    pub kind: ChallengeKind,
    pub user_id: String,
    pub session: Option<Secret>,
    pub parameters: StringMap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChallengeKind {
    /// `CUSTOM_CHALLENGE` that asks for an e-mailed code.
    EmailCode,
    /// `CUSTOM_CHALLENGE` of any other type.
    Custom,
    /// `SOFTWARE_TOKEN_MFA`
    TotpCode,
}

#[derive(Debug)]
pub(super) struct SettingUpTotp {
    pub setup: TotpSetup,
    pub user_id: String,
    pub credentials: Credentials,
    /// The timer of the session's life.
    pub session_timer: u32,
    /// The timer ran out while a call was under way.
    pub session_over: bool,
}

#[derive(Debug)]
pub(super) struct SignedIn {
    pub session: StoredSession,
    pub refresh: Refresh,
    /// Whether the page was told. It is told of a stored session when its tokens are fresh, or when they cannot be refreshed for
    /// now.
    pub announced: bool,
    pub signing_out: Option<SigningOut>,
    pub account: Account,
}

#[derive(Debug)]
pub(super) struct SigningOut {
    /// `None` while a refresh is under way, since it may bring another refresh token: that one has to be revoked.
    pub call: Option<u32>,
    /// All sessions are to end; should that fail, the refresh token is revoked at least.
    pub global: bool,
    /// Why not all sessions ended.
    pub failure: Option<Notice>,
}

impl Phase {
    pub fn screen(&self) -> Screen {
        match self {
            Self::Starting => Screen::Loading,
            Self::NotSignedIn(_) => Screen::Account,
            Self::EnteringCredentials(_) => Screen::SignIn,
            Self::SigningIn(phase) => {
                phase.renewing.as_ref().map_or(Screen::SignIn, |answering| answering.challenge.kind.screen())
            }
            Self::Answering(phase) => phase.challenge.kind.screen(),
            Self::SettingUpTotp(_) => Screen::TotpSetup,
            Self::SignedIn(phase) => phase.screen(),
        }
    }
}

impl ChallengeKind {
    pub fn screen(self) -> Screen {
        match self {
            Self::EmailCode => Screen::EmailCode,
            Self::Custom => Screen::CustomChallenge,
            Self::TotpCode => Screen::TotpCode,
        }
    }
}
