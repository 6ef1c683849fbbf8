//! Which phase comes next: the one file that names phases.

use super::{
    challenge::{Opening, choose_mfa, email_setup, opening},
    cx::Cx,
    effect::Effect,
    event::Event,
    factor::Factor,
    federation::{self, Return},
    first_factor::FirstFactor,
    notice::{Notice, NoticeKind},
    open_challenge::{OpenChallenge, Record},
    phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
    phases::{
        asking::Asking, choosing_factor::ChoosingFactor, choosing_setup::ChoosingSetup, confirming_sign_up::ConfirmingSignUp,
        credentials::EnteringCredentials, leaving::Leaving, new_password::ChoosingPassword, not_signed_in::NotSignedIn,
        passkey::AskingPasskey, proving::Proving, proving_device::ProvingDevice, requesting_reset::RequestingReset,
        resetting_password::ResettingPassword, returning::Returning, signed_in::SignedIn, signing_up::SigningUp,
        starting::Starting, totp_setup::SettingUpTotp,
    },
    settings::{Purpose, SignInFlow},
    tokens::Tokens,
};
use crate::{
    Secret,
    idp::{AuthReply, ChallengeName, Json, NewDeviceMetadata},
};

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

    /// What the browser asks for, where its dialog is open.
    pub fn open_prompt(&self) -> Option<u32> {
        self.now.open_prompt().or_else(|| self.changing.as_ref()?.session.open_prompt())
    }

    /// How far it is on the way to tokens. Whoever signs in once more is signed in.
    pub fn standing(&self) -> Standing {
        self.changing.as_ref().map_or(self.now.standing(), |changing| changing.session.standing())
    }

    /// Goes where a phase says.
    pub fn go(&mut self, cx: &mut Cx<'_>, goto: Goto) {
        let mut kept = self.kept.take();
        let next: Box<dyn Phase> = match goto {
            Goto::Form { sign_in_name, notice } => {
                let preferred = cx.settings().preferred();
                Box::new(EnteringCredentials::new(cx, sign_in_name, notice, preferred))
            }
            Goto::EnterPassword { sign_in_name, by, notice } => {
                Box::new(EnteringCredentials::new(cx, sign_in_name, notice, Some(by)))
            }
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
                let preferred = cx.settings().preferred();
                let form = Box::new(EnteringCredentials::new(cx, sign_in_name, Some(notice), preferred));
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
            Goto::Choose { credentials, user_id, session, factor } => {
                let proving = Proving::choosing(cx, credentials, user_id, session, factor);
                self.kept = Some(core::mem::replace(&mut self.now, Box::new(proving)));
                return;
            }
            Goto::Unproved { credentials, notice } => {
                let resumed = kept.and_then(|mut kept| kept.resume(cx, &notice).then_some(kept));
                resumed.unwrap_or_else(|| {
                    let by = credentials.by_password().or(cx.settings().preferred());
                    Box::new(EnteringCredentials::new(cx, credentials.sign_in_name, Some(notice), by))
                })
            }
            Goto::Replied { credentials, user_id, reply } => {
                if kept.is_some()
                    && let Some(choice) = chosen_before(&credentials, &reply)
                {
                    self.kept = kept;
                    self.now = Box::new(Proving::choosing_mfa(cx, credentials, user_id, reply.session, choice));
                    return;
                }
                let before = Before {
                    failed: kept.as_mut().and_then(|kept| kept.failed()),
                    is_renewed: kept.as_ref().is_some_and(|kept| kept.awaits_new_code()),
                    shown: kept.as_deref().unwrap_or(&*self.now),
                };
                let shown = before.shown;
                match replied(cx, credentials, user_id, reply, before) {
                    Replied::Phase(phase) => phase,
                    Replied::Tokens(tokens, device) => match self.changing.take() {
                        None => {
                            let behind = shown.view(cx.core());
                            Box::new(SignedIn::complete(cx, tokens, device, behind))
                        }
                        Some(Changing { mut session, change }) => {
                            let next = session.signed_in_again(cx, tokens, device, change);
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
                // No other is offered.
                Factor::Email | Factor::Sms | Factor::Passkey => {
                    // The choice is made, also after a reload.
                    reply.challenge_parameters.insert("MFAS_CAN_SETUP", email_setup::ALONE);
                    Box::new(Asking::new(cx, &email_setup::CHALLENGE, credentials, user_id, reply, false))
                }
            },
            Goto::Leave { sign_in_name, provider, asks_password } => {
                Box::new(Leaving::new(cx, sign_in_name, provider, asks_password, self.changing.is_some()))
            }
            Goto::Federated(tokens) => {
                let behind = self.now.view(cx.core());
                Box::new(SignedIn::complete(cx, tokens, None, behind))
            }
            Goto::Return { returned, stored } => match federation::judge(cx.settings(), cx.now_millis, returned) {
                Return::Foreign => match stored {
                    Some(tokens) => return self.go(cx, Goto::Adopt(tokens)),
                    None => return self.go(cx, Goto::Begin),
                },
                Return::Code(exchange) => {
                    cx.effect(Effect::ForgetReturn);
                    Box::new(Returning::new(cx, exchange, stored))
                }
                Return::Refused(notice) => {
                    cx.effect(Effect::ForgetReturn);
                    match stored {
                        Some(tokens) => {
                            drop(cx.show(notice));
                            return self.go(cx, Goto::Adopt(tokens));
                        }
                        None => signed_out(cx, Some(notice)),
                    }
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
    match opening(record.reply.challenge_name.as_ref()?, &record.reply, cx.settings()) {
        Opening::Ask(_) | Opening::ChooseSetup(_) | Opening::ChoosePassword | Opening::ChooseFactor(_) => {}
        // They are never kept: the first call of the first uses the session, the dialog of the second is closed with the page, and the
        // third asks nobody.
        Opening::SetUpTotp | Opening::AskPasskey | Opening::ProveDevice | Opening::Unsupported => return None,
    }
    let credentials = Credentials::of(record.sign_in_name()?, None);
    let user_id = record.user_id()?;
    cx.reopened_until_millis = Some(record.ends_at_millis);
    cx.find_device(&user_id);
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
            let preferred = cx.settings().preferred();
            Box::new(EnteringCredentials::new(cx, sign_in_name, notice, preferred))
        }
        Purpose::Account => Box::new(NotSignedIn::new(cx, notice)),
    }
}

/// What a step of a sign-in leads to.
enum Replied {
    /// With the device that the pool gave a key to.
    Tokens(Tokens, Option<NewDeviceMetadata>),
    Phase(Box<dyn Phase>),
}

/// What was there before a reply.
struct Before<'a> {
    /// The phase whose screen is shown.
    shown: &'a dyn Phase,
    /// Whether the sign-in began again for a new code.
    is_renewed: bool,
    /// Why it began again for another way than a passkey.
    failed: Option<Notice>,
}

/// After a step of a sign-in: tokens, or a challenge, whichever it is.
fn replied(cx: &mut Cx<'_>, mut credentials: Credentials, user_id: String, mut reply: AuthReply, before: Before<'_>) -> Replied {
    let notice: Notice = if let Some(mut result) = reply.authentication_result {
        cx.leave_device();
        let device = result.new_device_metadata.take();
        match Tokens::of(result, user_id, credentials.sign_in_name.clone(), cx.now_millis) {
            Some(tokens) if tokens.are_ours(cx.settings()) => {
                return Replied::Tokens(tokens.with_real_username(cx.settings()), device);
            }
            Some(tokens) => {
                cx.revoke(tokens.refresh_token);
                NoticeKind::BadReply.into()
            }
            None => NoticeKind::BadReply.into(),
        }
    } else if let Some(name) = &reply.challenge_name {
        let user_id = reply.challenge_parameters.user_id().map_or(user_id, str::to_owned);
        let opening = opening(name, &reply, cx.settings());
        if cx.settings().sign_in_flow == SignInFlow::Choice && credentials.password.is_none() {
            credentials.by = credentials.by.or(FirstFactor::of(name));
        }
        if !may_need_password(cx, name, &opening, &credentials) {
            credentials.password = None;
        }
        match opening {
            Opening::Ask(challenge) => {
                let mut asking = Asking::new(cx, challenge, credentials, user_id, reply, before.is_renewed);
                if let Some(notice) = before.failed {
                    asking.tell(cx, notice);
                }
                return Replied::Phase(Box::new(asking));
            }
            Opening::ProveDevice if let Some(device) = cx.device().cloned() => {
                let behind = before.shown.view(cx.core());
                let proving = ProvingDevice::new(cx, credentials, device, reply, behind);
                return Replied::Phase(Box::new(proving));
            }
            Opening::AskPasskey => match before.failed {
                // What failed a moment ago is not asked for without the person.
                Some(notice) => notice,
                None => {
                    let behind = before.shown.view(cx.core());
                    match AskingPasskey::new(cx, credentials.clone(), user_id, &mut reply, behind) {
                        Some(asking) => return Replied::Phase(Box::new(asking)),
                        None => NoticeKind::BadReply.into(),
                    }
                }
            },
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
            Opening::ChooseFactor(offered) => {
                return Replied::Phase(choosing_factor(cx, credentials, user_id, reply, offered, before.failed));
            }
            Opening::ProveDevice | Opening::Unsupported => Notice::with_text(NoticeKind::UnsupportedChallenge, name.as_str()),
        }
    } else {
        NoticeKind::BadReply.into()
    };
    let preferred = cx.settings().preferred();
    Replied::Phase(Box::new(EnteringCredentials::new(cx, credentials.sign_in_name, Some(notice), preferred)))
}

/// The choice among first factors; where there is one alone, the way there.
fn choosing_factor(
    cx: &mut Cx<'_>,
    credentials: Credentials,
    user_id: String,
    reply: AuthReply,
    offered: Vec<FirstFactor>,
    failed: Option<Notice>,
) -> Box<dyn Phase> {
    match *offered {
        [by] if by.is_password() => Box::new(EnteringCredentials::new(cx, credentials.sign_in_name, failed, Some(by))),
        // Asked for already, this is no way: the person decides.
        [factor] if credentials.by != Some(factor) && failed.is_none() => {
            let credentials = Credentials { by: Some(factor), ..credentials };
            Box::new(Proving::choosing(cx, credentials, user_id, reply.session, factor))
        }
        [] | [_, ..] => Box::new(ChoosingFactor::new(cx, credentials, user_id, reply.session, offered, failed)),
    }
}

/// The second factor that was chosen earlier in this sign-in, where the pool asks once more.
fn chosen_before(credentials: &Credentials, reply: &AuthReply) -> Option<Secret> {
    let choice = credentials.second_factor.as_ref()?;
    let is_asked = reply.challenge_name == Some(ChallengeName::SelectMfaType);
    let offered = choose_mfa::offered(&reply.challenge_parameters);
    (is_asked && offered.iter().any(|offer| offer.name == choice.expose())).then(|| choice.clone())
}

/// Whether a code can still be sent anew, which takes the password: now, or in the challenge of the pool's own that comes after the
/// second factor.
fn may_need_password(cx: &Cx<'_>, name: &ChallengeName, opening: &Opening, credentials: &Credentials) -> bool {
    let may_be_sent_anew = match opening {
        Opening::Ask(challenge) => challenge.keeps_password,
        // Without the device, the sign-in begins again.
        Opening::ChooseSetup(_) | Opening::ProveDevice => true,
        // Whoever chose it may choose another second factor after all.
        Opening::AskPasskey => credentials.second_factor.is_some(),
        Opening::SetUpTotp | Opening::ChoosePassword | Opening::ChooseFactor(_) | Opening::Unsupported => false,
    };
    let is_before_own = cx.settings().sign_in_flow == SignInFlow::Custom && *name != ChallengeName::CustomChallenge;
    may_be_sent_anew || is_before_own
}
