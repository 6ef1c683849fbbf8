//! What the screens show: a projection of the state, and nothing that they must not have.

use super::{
    Notice, State,
    account::Account,
    state::{Answering, ChallengeKind, Phase, Shown, SignedIn},
    totp_setup::{TotpAwaiting, TotpSetup},
};
use crate::{Secret, idp::StringMap, totp};

/// A screen, by the name in the public contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Nothing is known yet.
    Loading,
    /// The sign-in form.
    SignIn,
    /// An e-mailed code.
    EmailCode,
    /// The pool's own question.
    CustomChallenge,
    /// An authenticator code.
    TotpCode,
    /// Setting up an authenticator app.
    TotpSetup,
    /// Signed in.
    SignedIn,
    /// The account's settings.
    Account,
}

impl Screen {
    /// The name in events and attributes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::SignIn => "sign-in",
            Self::EmailCode => "email-code",
            Self::CustomChallenge => "custom-challenge",
            Self::TotpCode => "totp-code",
            Self::TotpSetup => "totp-setup",
            Self::SignedIn => "signed-in",
            Self::Account => "account",
        }
    }

    /// The screen of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::SignIn, Self::EmailCode, Self::CustomChallenge, Self::TotpCode, Self::TotpSetup, Self::SignedIn, Self::Account]
            .into_iter()
            .find(|screen| screen.as_str() == name)
    }
}

/// What to draw.
#[derive(Debug)]
pub struct View {
    /// Which screen.
    pub screen: Screen,
    /// Whether something is under way that a button started.
    pub busy: bool,
    /// What to tell, with an id that is new each time.
    pub notice: Option<(u32, Notice)>,
    /// What the screen is about.
    pub details: ViewDetails,
}

/// What a screen is about.
#[derive(Debug)]
pub enum ViewDetails {
    /// Nothing.
    Loading,
    /// The sign-in form.
    SignIn {
        /// The name to begin with.
        sign_in_name: String,
    },
    /// `email-code`, `totp-code` or `custom-challenge`.
    Code(CodeView),
    /// `totp-setup`; `None` until the secret is there.
    TotpSetup(Option<TotpSetupView>),
    /// `signed-in`
    SignedIn {
        /// What was typed to sign in.
        sign_in_name: String,
    },
    /// The account's settings.
    Account(AccountView),
}

/// A challenge.
#[derive(Debug)]
pub struct CodeView {
    /// The public parameters of a custom challenge.
    pub parameters: StringMap,
    /// When a new code was last sent at the person's wish, by the local clock.
    pub renewed_at_millis: Option<i64>,
    /// The page shows it itself.
    pub taken_over: bool,
}

/// An enrolment.
#[derive(Debug)]
pub struct TotpSetupView {
    /// Base32.
    pub secret_base32: Secret,
    /// `otpauth://…`, for the QR code.
    pub key_uri: Secret,
    /// Whether this is part of a sign-in; else of the account's settings.
    pub signing_in: bool,
}

/// The account's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountView {
    /// Nobody is signed in.
    NotSignedIn,
    /// Not known yet.
    Loading,
    /// Could not be read.
    Unknown,
    /// Known.
    Ready {
        /// Whether an authenticator app is set up.
        has_authenticator: bool,
    },
}

impl State {
    /// What to draw.
    #[must_use]
    pub fn view(&self) -> View {
        let (busy, notice, details) = match &self.phase {
            Phase::Starting => (true, None, ViewDetails::Loading),
            Phase::NotSignedIn(phase) => (false, phase.notice.as_ref(), ViewDetails::Account(AccountView::NotSignedIn)),
            Phase::EnteringCredentials(phase) => {
                (false, phase.notice.as_ref(), ViewDetails::SignIn { sign_in_name: phase.sign_in_name.clone() })
            }
            Phase::SigningIn(phase) => {
                let details = match &phase.renewing {
                    Some(answering) => ViewDetails::Code(answering.view()),
                    None => ViewDetails::SignIn { sign_in_name: phase.credentials.sign_in_name.clone() },
                };
                (true, None, details)
            }
            Phase::Answering(phase) => (phase.pending.is_some(), phase.notice.as_ref(), ViewDetails::Code(phase.view())),
            Phase::SettingUpTotp(phase) => {
                (phase.setup.is_busy(), phase.setup.notice.as_ref(), self.totp_setup_view(&phase.setup, true))
            }
            Phase::SignedIn(phase) => self.signed_in_view(phase),
        };
        let notice = notice.map(|shown| (shown.id, shown.notice.clone()));
        View { screen: self.phase.screen(), busy, notice, details }
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        matches!(self.phase, Phase::SignedIn(_))
    }

    fn signed_in_view<'a>(&self, phase: &'a SignedIn) -> (bool, Option<&'a Shown>, ViewDetails) {
        let busy = phase.signing_out.is_some() || phase.refresh.holds_up();
        let account = |view| ViewDetails::Account(view);
        match &phase.account {
            _ if !phase.announced => (true, None, ViewDetails::Loading),
            Account::None => (busy, None, ViewDetails::SignedIn { sign_in_name: phase.session.sign_in_name.clone() }),
            Account::Loading { .. } => (true, None, account(AccountView::Loading)),
            Account::Unknown { notice } => (busy, notice.as_ref(), account(AccountView::Unknown)),
            Account::Overview { user, notice } => {
                let view = AccountView::Ready { has_authenticator: user.has_authenticator };
                (busy, notice.as_ref(), account(view))
            }
            Account::TurningOff { user, .. } => {
                (true, None, account(AccountView::Ready { has_authenticator: user.has_authenticator }))
            }
            Account::SettingUp { setup, .. } => {
                (busy || setup.is_busy(), setup.notice.as_ref(), self.totp_setup_view(setup, false))
            }
        }
    }

    fn totp_setup_view(&self, setup: &TotpSetup, signing_in: bool) -> ViewDetails {
        let (TotpAwaiting::Code(secret) | TotpAwaiting::Verdict { secret, .. }) = &setup.awaiting else {
            return ViewDetails::TotpSetup(None);
        };
        let secret_base32 = secret.secret_base32.clone();
        let key_uri = totp::key_uri(secret_base32.expose(), &self.settings().totp_issuer, &setup.label).into();
        ViewDetails::TotpSetup(Some(TotpSetupView { secret_base32, key_uri, signing_in }))
    }
}

impl Answering {
    fn view(&self) -> CodeView {
        let parameters = match self.challenge.kind {
            ChallengeKind::EmailCode | ChallengeKind::Custom => self.challenge.parameters.clone(),
            ChallengeKind::TotpCode => StringMap::default(),
        };
        CodeView { parameters, renewed_at_millis: self.renewed_at_millis, taken_over: self.taken_over }
    }
}
