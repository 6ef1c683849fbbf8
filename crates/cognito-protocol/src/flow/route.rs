//! Which phase comes next: the one file that names phases.

use super::{
    challenge::{Opening, opening},
    cx::Cx,
    notice::{Notice, NoticeKind},
    phase::{Credentials, Ephemeral, Goto, Phase},
    phases::{
        asking::Asking, credentials::EnteringCredentials, not_signed_in::NotSignedIn, proving::Proving, signed_in::SignedIn,
        starting::Starting, totp_setup::SettingUpTotp,
    },
    settings::{PasswordFlow, Purpose},
    tokens::Tokens,
};
use crate::idp::{AuthReply, ChallengeName};

/// The phase that is lived in, and one that is kept meanwhile.
#[derive(Debug)]
pub(super) struct Phases {
    pub now: Box<dyn Phase>,
    /// While a new sign-in asks for a new code: the challenge whose screen stays.
    pub kept: Option<Box<dyn Phase>>,
}

impl Phases {
    /// Before the first event.
    pub fn new() -> Self {
        Self { now: Box::new(Starting), kept: None }
    }

    /// Goes where a phase says.
    pub fn go(&mut self, cx: &mut Cx<'_>, goto: Goto) {
        let kept = self.kept.take();
        let next: Box<dyn Phase> = match goto {
            Goto::Form { sign_in_name, notice } => Box::new(EnteringCredentials::new(cx, sign_in_name, notice)),
            Goto::SignedOut { notice } => signed_out(cx, notice),
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
            Goto::Replied { credentials, user_id, reply } => replied(cx, credentials, user_id, reply, kept.is_some()),
            Goto::Adopt(tokens) => match SignedIn::adopt(cx, tokens) {
                Some(signed_in) => Box::new(signed_in),
                None => signed_out(cx, Some(NoticeKind::TokensExpired.into())),
            },
        };
        self.now = next;
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

/// After a step of a sign-in: tokens, or a challenge, whichever it is.
fn replied(cx: &mut Cx<'_>, mut credentials: Credentials, user_id: String, reply: AuthReply, is_renewed: bool) -> Box<dyn Phase> {
    let notice: Notice = if let Some(result) = reply.authentication_result {
        match Tokens::of(result, user_id, credentials.sign_in_name.clone(), cx.now_millis) {
            Some(tokens) if tokens.are_ours(cx.settings()) => return Box::new(SignedIn::complete(cx, tokens)),
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
            Opening::Ask(challenge) => return Box::new(Asking::new(cx, challenge, credentials, user_id, reply, is_renewed)),
            Opening::SetUpTotp => return Box::new(SettingUpTotp::new(cx, credentials, user_id, reply.session)),
            Opening::Unsupported => Notice::with_text(NoticeKind::UnsupportedChallenge, name.as_str()),
        }
    } else {
        NoticeKind::BadReply.into()
    };
    Box::new(EnteringCredentials::new(cx, credentials.sign_in_name, Some(notice)))
}

/// Whether a code can still be sent anew, which takes the password: now, or in the challenge of the pool's own that comes after the
/// second factor.
fn may_need_password(cx: &Cx<'_>, name: &ChallengeName, opening: &Opening) -> bool {
    let is_renewable = matches!(opening, Opening::Ask(challenge) if challenge.is_renewable);
    let is_before_own = cx.settings().password_flow == PasswordFlow::Custom && *name != ChallengeName::CustomChallenge;
    is_renewable || is_before_own
}
