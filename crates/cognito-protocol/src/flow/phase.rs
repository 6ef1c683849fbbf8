//! What every phase of a widget's life is: it takes events, shows a view, and says where to go in the words of a sign-in.
//!
//! A phase changes in place and never names another one: [`Next::Go`] says what came of it, and the route decides which phase that
//! leads to.

use core::fmt;

use super::{
    cx::{Core, Cx},
    event::{Event, Returned},
    factor::Factor,
    first_factor::FirstFactor,
    notice::Notice,
    open_challenge::OpenChallenge,
    screen::Screen,
    settings::Settings,
    tokens::Tokens,
    view::View,
};
use crate::{
    Secret,
    idp::{AuthReply, NewDeviceMetadata},
    srp::ClientEphemeral,
};

/// A phase. It holds only what it has earned.
pub(super) trait Phase: fmt::Debug {
    /// How far it is on the way to tokens.
    fn standing(&self) -> Standing;

    /// What an event leads to. Those that do not fit are ignored when they come from the person or are stale.
    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next;

    /// What to draw.
    fn view(&self, core: &Core) -> View;

    /// The challenge that waits for the person, with a session that no answer has used.
    fn open_challenge(&self) -> Option<OpenChallenge<'_>> {
        None
    }

    /// What the browser asks for, where its dialog is open.
    fn open_prompt(&self) -> Option<u32> {
        None
    }

    /// While a new sign-in begins behind this: why another way is to be chosen; told once.
    fn failed(&mut self) -> Option<Notice> {
        None
    }

    /// While a new sign-in asks for a new code: a timer ran out.
    fn timer_fired_aside(&mut self, _id: u32) {}

    /// A new sign-in that asked for a new code brought none. Goes on with what is still open; `false` where nothing is.
    fn resume(&mut self, _cx: &mut Cx<'_>, _notice: &Notice) -> bool {
        false
    }

    /// Whether a new sign-in, while this is kept, asks for a new code.
    fn awaits_new_code(&self) -> bool {
        false
    }

    /// While the person signs in once more for a change in a session: whether the call with this id is that session's.
    fn awaits_aside(&self, _id: u32) -> bool {
        false
    }

    /// The person signed in once more for a change in this session, and somebody has these tokens now.
    fn signed_in_again(&mut self, _cx: &mut Cx<'_>, tokens: Tokens, _device: Option<NewDeviceMetadata>, _change: Event) -> Next {
        Goto::Adopt(tokens).into()
    }
}

/// How far a phase is on the way to tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is known yet.
    Starting,
    /// Nobody is signed in, and nobody tries to.
    SignedOut,
    /// Somebody signs in.
    SigningIn,
    /// Tokens are there.
    SignedIn,
}

/// What an event led to.
pub(super) enum Next {
    /// The phase goes on.
    Stay,
    /// It is over.
    Go(Box<Goto>),
}

/// Where to go.
pub(super) enum Goto {
    /// To the sign-in form, with a name.
    Form { sign_in_name: String, notice: Option<Notice> },
    /// To what somebody finds first who is not signed in.
    Begin,
    /// To the form for a new account, with a name.
    SignUp { sign_in_name: String },
    /// To the code that confirms a sign-up, whose `destination` the service told. `sends_code`: it must be sent first.
    ConfirmSignUp { credentials: Credentials, destination: Option<String>, notice: Option<Notice>, sends_code: bool },
    /// To the form that asks for a code for a new password, with a name.
    ForgotPassword { sign_in_name: String, notice: Option<Notice> },
    /// To that code and the new password.
    ResetPassword { sign_in_name: String, destination: Option<String> },
    /// To what somebody finds who is not signed in.
    SignedOut { notice: Option<Notice> },
    /// Prove the password.
    Prove { credentials: Credentials, ephemeral: Ephemeral },
    /// Prove the password while this phase is kept and stays on the screen: once more for a new code, or after it was chosen here.
    Renew { credentials: Credentials },
    /// The password was not proved: back to the phase that was kept, or else to the form.
    Unproved { credentials: Credentials, notice: Notice },
    /// To the form that asks for the password, after it was chosen among other ways.
    EnterPassword { sign_in_name: String, by: FirstFactor, notice: Option<Notice> },
    /// Sign in by this while the choice is kept and stays on the screen.
    Choose { credentials: Credentials, user_id: String, session: Option<Secret>, factor: FirstFactor },
    /// The service answered a step of a sign-in: tokens, or a challenge, whichever it is.
    Replied { credentials: Credentials, user_id: String, reply: AuthReply },
    /// Set up a second factor that the person chose.
    SetUp { factor: Factor, credentials: Credentials, user_id: String, reply: AuthReply },
    /// To another provider, by its place among those of the settings.
    Leave { sign_in_name: String, provider: u8, asks_password: bool },
    /// Back from there, by what stands in the page's address; with the session that is stored.
    Return { returned: Returned, stored: Option<Tokens> },
    /// Tokens came from there.
    Federated(Tokens),
    /// The store has tokens.
    Adopt(Tokens),
    /// To the sign-in form, since the last sign-in was too long ago for this change. The session goes on meanwhile.
    SignInAgain { sign_in_name: String, change: Event },
}

impl Goto {
    /// The way to a screen that can be shown to anybody who is not signed in, beside the form; `None` where it is no such screen.
    pub fn screen(settings: &Settings, screen: Screen, sign_in_name: String) -> Option<Self> {
        if screen == Screen::SignUp && settings.offers_sign_up {
            Some(Self::SignUp { sign_in_name })
        } else if screen == Screen::ForgotPassword {
            Some(Self::ForgotPassword { sign_in_name, notice: None })
        } else if screen == Screen::ConfirmSignUp && !sign_in_name.is_empty() {
            let credentials = Credentials::of(sign_in_name, None);
            Some(Self::ConfirmSignUp { credentials, destination: None, notice: None, sends_code: false })
        } else {
            None
        }
    }
}

impl From<Goto> for Next {
    fn from(goto: Goto) -> Self {
        Self::Go(Box::new(goto))
    }
}

/// What the person signs in with. The password is wiped when this is dropped.
#[derive(Clone, Debug)]
pub(super) struct Credentials {
    pub sign_in_name: String,
    /// `None` as soon as no new code can follow, which takes the sign-in from its beginning.
    pub password: Option<Secret>,
    /// With [`SignInFlow::Choice`](super::settings::SignInFlow::Choice): what the person signs in by, once that is chosen.
    pub by: Option<FirstFactor>,
    /// The device counts for nothing in this sign-in: the service does not know it.
    pub is_without_device: bool,
    /// The pool's name of the second factor that the person chose, so that a new code asks for no new choice.
    pub second_factor: Option<Secret>,
}

impl Credentials {
    /// A name and, where it is known, a password.
    pub fn of(sign_in_name: String, password: Option<Secret>) -> Self {
        Self { sign_in_name, password, by: None, is_without_device: false, second_factor: None }
    }

    /// How the password was proved; `None` without one.
    pub fn by_password(&self) -> Option<FirstFactor> {
        self.password.as_ref().map(|_| self.by.unwrap_or(FirstFactor::PasswordSrp))
    }

    /// For a sign-in that begins again with the choice.
    pub fn without_passkey(&self) -> Self {
        let by = self.by.filter(|by| *by != FirstFactor::WebAuthn);
        Self { by, second_factor: None, ..self.clone() }
    }

    /// Whether a sign-in can begin again with these alone.
    pub fn can_begin_again(&self) -> bool {
        self.password.is_some() || self.by.is_some_and(|factor| !factor.is_password())
    }

    /// Ends a sign-in with these: to the form, with the name kept.
    pub fn to_form(&self, notice: Option<Notice>) -> Next {
        Goto::Form { sign_in_name: self.sign_in_name.clone(), notice }.into()
    }
}

/// `a` and `A`, which may be computed while the person types.
#[derive(Debug)]
pub(super) enum Ephemeral {
    None,
    Deriving(u32),
    Ready(Box<ClientEphemeral>),
}
