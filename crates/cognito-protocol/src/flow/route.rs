//! Which phase comes next: the one file that names phases.

use super::{
    challenge::{Opening, email_setup, opening},
    cx::Cx,
    event::Event,
    factor::Factor,
    notice::{Notice, NoticeKind},
    open_challenge::{OpenChallenge, Record},
    phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
    phases::{
        asking::Asking, choosing_setup::ChoosingSetup, confirming_sign_up::ConfirmingSignUp, credentials::EnteringCredentials,
        new_password::ChoosingPassword, not_signed_in::NotSignedIn, proving::Proving, requesting_reset::RequestingReset,
        resetting_password::ResettingPassword, signed_in::SignedIn, signing_up::SigningUp, starting::Starting,
        totp_setup::SettingUpTotp,
    },
    settings::{PasswordFlow, Purpose},
    tokens::Tokens,
};
use crate::idp::{AuthReply, ChallengeName, Json};

/// The phase that is lived in, and one that is kept meanwhile.
#[derive(Debug)]
pub(super) struct Phases {
    pub now: Box<dyn Phase>,
    /// While a new sign-in asks for a new code: the challenge whose screen stays.
    pub kept: Option<Box<dyn Phase>>,
    /// While the person signs in once more for a change.
    pub changing: Option<Changing>,
}

/// A change of what protects the account, before which the person proves who they are.
#[derive(Debug)]
pub(super) struct Changing {
    /// The session that goes on meanwhile.
    pub session: Box<dyn Phase>,
    /// What the person wants.
    change: Event,
}

impl Phases {
    /// Before the first event.
    pub fn new() -> Self {
        Self { now: Box::new(Starting), kept: None, changing: None }
    }

    /// The challenge that waits for the person, where nothing else goes on beside it.
    pub fn open_challenge(&self) -> Option<OpenChallenge<'_>> {
        (self.kept.is_none() && self.changing.is_none()).then(|| self.now.open_challenge())?
    }

    /// How far it is on the way to tokens. Whoever signs in once more is signed in.
    pub fn standing(&self) -> Standing {
        self.changing.as_ref().map_or(self.now.standing(), |changing| changing.session.standing())
    }

    /// Goes where a phase says.
    pub fn go(&mut self, cx: &mut Cx<'_>, goto: Goto) {
        let kept = self.kept.take();
        let next: Box<dyn Phase> = match goto {
            Goto::Form { sign_in_name, notice } => Box::new(EnteringCredentials::new(cx, sign_in_name, notice)),
            Goto::Begin => {
                let goto = if self.changing.is_some() { None } else { first(cx) };
                return self.go(cx, goto.unwrap_or(Goto::SignedOut { notice: None }));
            }
            Goto::SignUp { sign_in_name } => Box::new(SigningUp::new(sign_in_name)),
            Goto::ConfirmSignUp { credentials, destination, notice, sends_code } => {
                Box::new(ConfirmingSignUp::new(cx, credentials, destination, notice, sends_code))
            }
            Goto::ForgotPassword { sign_in_name, notice } => Box::new(RequestingReset::new(cx, sign_in_name, notice)),
            Goto::ResetPassword { sign_in_name, destination } => Box::new(ResettingPassword::new(sign_in_name, destination)),
            Goto::SignedOut { notice } => match self.changing.take() {
                // The change is left, and the session goes on.
                Some(changing) => changing.session,
                None => signed_out(cx, notice),
            },
            Goto::SignInAgain { sign_in_name, change } => {
                let notice = NoticeKind::SignInToChange.into();
                let form = Box::new(EnteringCredentials::new(cx, sign_in_name, Some(notice)));
                let session = core::mem::replace(&mut self.now, form);
                self.changing = Some(Changing { session, change });
                return;
            }
            Goto::Prove { credentials, ephemeral } => Box::new(Proving::new(cx, credentials, ephemeral)),
            Goto::Renew { credentials } => {
                let proving = Box::new(Proving::new(cx, credentials, Ephemeral::None));
                self.kept = Some(core::mem::replace(&mut self.now, proving));
                return;
            }
            Goto::Unproved { sign_in_name, notice } => {
                let resumed = kept.and_then(|mut kept| kept.resume(cx, &notice).then_some(kept));
                resumed.unwrap_or_else(|| Box::new(EnteringCredentials::new(cx, sign_in_name, Some(notice))))
            }
            Goto::Replied { credentials, user_id, reply } => {
                match replied(cx, credentials, user_id, reply, kept.is_some_and(|kept| kept.awaits_new_code())) {
                    Replied::Phase(phase) => phase,
                    Replied::Tokens(tokens) => match self.changing.take() {
                        None => Box::new(SignedIn::complete(cx, tokens)),
                        Some(Changing { mut session, change }) => {
                            let next = session.signed_in_again(cx, tokens, change);
                            self.now = session;
                            if let Next::Go(goto) = next {
                                self.go(cx, *goto);
                            }
                            return;
                        }
                    },
                }
            }
            Goto::SetUp { factor, credentials, user_id, mut reply } => match factor {
                Factor::App => Box::new(SettingUpTotp::new(cx, credentials, user_id, reply.session)),
                Factor::Email | Factor::Sms => {
                    // The choice is made, also after a reload.
                    reply.challenge_parameters.insert("MFAS_CAN_SETUP", email_setup::ALONE);
                    Box::new(Asking::new(cx, &email_setup::CHALLENGE, credentials, user_id, reply, false))
                }
            },
            Goto::Adopt(tokens) => match SignedIn::adopt(cx, tokens) {
                Some(signed_in) => Box::new(signed_in),
                None => signed_out(cx, Some(NoticeKind::TokensExpired.into())),
            },
        };
        self.now = next;
    }
}

/// The way back to a challenge that was kept when the page was left; `None` where it does not wait for the person.
pub(super) fn reopen(cx: &mut Cx<'_>, record: Json) -> Option<Goto> {
    let record = Record::read(cx.settings(), cx.now_millis, record)?;
    match opening(record.reply.challenge_name.as_ref()?, &record.reply.challenge_parameters) {
        Opening::Ask(_) | Opening::ChooseSetup(_) | Opening::ChoosePassword => {}
        // It is never kept, since its first call uses the session.
        Opening::SetUpTotp | Opening::Unsupported => return None,
    }
    let credentials = Credentials { sign_in_name: record.sign_in_name()?, password: None };
    let user_id = record.user_id()?;
    cx.reopened_until_millis = Some(record.ends_at_millis);
    Some(Goto::Replied { credentials, user_id, reply: record.reply })
}

/// The way to what the page wants somebody to find first.
fn first(cx: &Cx<'_>) -> Option<Goto> {
    let settings = cx.settings();
    match settings.purpose {
        Purpose::SignIn => Goto::screen(settings, settings.first_screen, settings.sign_in_name.clone()),
        Purpose::Account => None,
    }
}

/// What somebody finds who is not signed in.
fn signed_out(cx: &mut Cx<'_>, notice: Option<Notice>) -> Box<dyn Phase> {
    match cx.settings().purpose {
        Purpose::SignIn => {
            let sign_in_name = cx.settings().sign_in_name.clone();
            Box::new(EnteringCredentials::new(cx, sign_in_name, notice))
        }
        Purpose::Account => Box::new(NotSignedIn::new(cx, notice)),
    }
}

/// What a step of a sign-in leads to.
enum Replied {
    Tokens(Tokens),
    Phase(Box<dyn Phase>),
}

/// After a step of a sign-in: tokens, or a challenge, whichever it is.
fn replied(cx: &mut Cx<'_>, mut credentials: Credentials, user_id: String, reply: AuthReply, is_renewed: bool) -> Replied {
    let notice: Notice = if let Some(result) = reply.authentication_result {
        match Tokens::of(result, user_id, credentials.sign_in_name.clone(), cx.now_millis) {
            Some(tokens) if tokens.are_ours(cx.settings()) => {
                return Replied::Tokens(tokens.with_real_username(cx.settings()));
            }
            Some(tokens) => {
                cx.revoke(tokens.refresh_token);
                NoticeKind::BadReply.into()
            }
            None => NoticeKind::BadReply.into(),
        }
    } else if let Some(name) = &reply.challenge_name {
        let user_id = reply.challenge_parameters.user_id().map_or(user_id, str::to_owned);
        let opening = opening(name, &reply.challenge_parameters);
        if !may_need_password(cx, name, &opening) {
            credentials.password = None;
        }
        match opening {
            Opening::Ask(challenge) => {
                let asking = Asking::new(cx, challenge, credentials, user_id, reply, is_renewed);
                return Replied::Phase(Box::new(asking));
            }
            Opening::SetUpTotp => {
                let setting_up = SettingUpTotp::new(cx, credentials, user_id, reply.session);
                return Replied::Phase(Box::new(setting_up));
            }
            Opening::ChoosePassword => {
                let choosing = ChoosingPassword::new(cx, credentials.sign_in_name, user_id, reply);
                return Replied::Phase(Box::new(choosing));
            }
            Opening::ChooseSetup(offered) => {
                return Replied::Phase(Box::new(ChoosingSetup::new(cx, credentials, user_id, reply, offered)));
            }
            Opening::Unsupported => Notice::with_text(NoticeKind::UnsupportedChallenge, name.as_str()),
        }
    } else {
        NoticeKind::BadReply.into()
    };
    Replied::Phase(Box::new(EnteringCredentials::new(cx, credentials.sign_in_name, Some(notice))))
}

/// Whether a code can still be sent anew, which takes the password: now, or in the challenge of the pool's own that comes after the
/// second factor.
fn may_need_password(cx: &Cx<'_>, name: &ChallengeName, opening: &Opening) -> bool {
    let may_be_sent_anew = match opening {
        Opening::Ask(challenge) => challenge.keeps_password,
        Opening::ChooseSetup(_) => true,
        Opening::SetUpTotp | Opening::ChoosePassword | Opening::Unsupported => false,
    };
    let is_before_own = cx.settings().password_flow == PasswordFlow::Custom && *name != ChallengeName::CustomChallenge;
    may_be_sent_anew || is_before_own
}
