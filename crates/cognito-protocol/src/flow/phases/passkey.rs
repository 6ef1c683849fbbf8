//! `WEB_AUTHN`: the browser asks for a passkey, and its signature is the answer.
//!
//! The screen before stays under the browser's own dialog. Whoever gives no passkey comes back to where another way can be chosen: a
//! session serves once, so the sign-in begins again for that, and asks the person nothing twice.
//!
//! # Source
//! docs/cognito.md#passkeys

use crate::{
    Secret,
    flow::{
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        first_factor::FirstFactor,
        form::Action,
        notice::{Notice, NoticeKind},
        passkey::Ceremony,
        phase::{Credentials, Goto, Next, Phase, Standing},
        view::View,
    },
    idp::{AuthReply, ChallengeName, Json, RespondToAuthChallengeRequest, StringMap},
};

/// Longer options are no options: those of twenty passkeys with the longest ids take less.
const MOST_OPTIONS: usize = 64 * 1024;

#[derive(Debug)]
pub(in crate::flow) struct AskingPasskey {
    credentials: Credentials,
    user_id: String,
    session: Option<Secret>,
    awaiting: Awaiting,
    /// The screen that stays.
    behind: View,
    /// Why another way is to be chosen.
    failed: Option<Notice>,
    /// The timer of the session's life.
    session_timer: u32,
    session_over: bool,
}

#[derive(Clone, Copy, Debug)]
enum Awaiting {
    /// The browser.
    Prompt(u32),
    /// The service's word.
    Verdict(u32),
    /// Nothing: another sign-in has begun.
    Nothing,
}

impl AskingPasskey {
    /// Asks; `None` where the challenge has no options.
    pub fn new(cx: &mut Cx<'_>, credentials: Credentials, user_id: String, reply: &mut AuthReply, behind: View) -> Option<Self> {
        let options = reply.challenge_parameters.get("CREDENTIAL_REQUEST_OPTIONS").filter(|text| text.len() <= MOST_OPTIONS)?;
        let id = cx.ask_passkey(Ceremony::Assertion, Json::Text(options.into()));
        Some(Self {
            credentials,
            user_id,
            session: reply.session.take(),
            awaiting: Awaiting::Prompt(id),
            behind,
            failed: None,
            session_timer: cx.start_session_timer(),
            session_over: false,
        })
    }

    fn on_given(&mut self, cx: &mut Cx<'_>, credential: &Secret) {
        let responses = StringMap::of([("USERNAME", self.user_id.as_str()), ("CREDENTIAL", credential.expose())]);
        self.awaiting = Awaiting::Verdict(cx.respond(ChallengeName::WebAuthn, self.session.take(), responses));
    }

    fn on_verdict(&mut self, reply: CallResult) -> Next {
        match read_reply::<RespondToAuthChallengeRequest>(reply) {
            Ok(reply) => {
                let (credentials, user_id) = (self.credentials.clone(), self.user_id.clone());
                Goto::Replied { credentials, user_id, reply }.into()
            }
            Err(_) if self.session_over => self.credentials.to_form(Some(NoticeKind::SessionOver.into())),
            Err(error) => {
                let notice = Notice::from(&error).read_as(refused);
                if notice.kind.is_about_passkey() { self.fail(notice) } else { self.credentials.to_form(Some(notice)) }
            }
        }
    }

    /// Back to where another way can be chosen; to the form where there was no choice.
    fn fail(&mut self, notice: Notice) -> Next {
        let is_first = self.credentials.by == Some(FirstFactor::WebAuthn);
        let is_chosen = self.credentials.password.is_some() && self.credentials.second_factor.is_some();
        if !is_first && !is_chosen {
            return self.credentials.to_form(Some(notice));
        }
        self.failed = Some(notice);
        self.awaiting = Awaiting::Nothing;
        Goto::Renew { credentials: self.credentials.without_passkey() }.into()
    }
}

/// What a refusal means here.
fn refused(kind: NoticeKind) -> NoticeKind {
    match kind {
        NoticeKind::WrongCredentials | NoticeKind::InvalidInput => NoticeKind::PasskeyRefused,
        kind => kind,
    }
}

impl Phase for AskingPasskey {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match (event, self.awaiting) {
            (Event::Outcome(Outcome::PasskeyAnswered { id, answer }), Awaiting::Prompt(prompt)) if id == prompt => match answer {
                Ok(Json::Text(credential)) => self.on_given(cx, &credential),
                Ok(_) => return self.fail(NoticeKind::PasskeyFailed.into()),
                Err(failure) => return self.fail(failure.notice().into()),
            },
            (Event::Outcome(Outcome::Replied { id, reply, .. }), Awaiting::Verdict(call)) if id == call => {
                return self.on_verdict(reply);
            }
            (Event::Outcome(Outcome::TimerFired { id }), awaiting) if id == self.session_timer => match awaiting {
                Awaiting::Prompt(_) => return self.credentials.to_form(Some(NoticeKind::SessionOver.into())),
                // An answer that is under way may have arrived in time.
                Awaiting::Verdict(_) | Awaiting::Nothing => self.session_over = true,
            },
            (Event::Person(Person::Pressed(Action::Back)), _) => return self.credentials.to_form(None),
            (Event::Person(_) | Event::Page(_) | Event::Outcome(_), _) => {}
        }
        Next::Stay
    }

    fn view(&self, _core: &Core) -> View {
        View { busy: true, notice: None, ..self.behind.clone() }
    }

    fn open_prompt(&self) -> Option<u32> {
        match self.awaiting {
            Awaiting::Prompt(id) => Some(id),
            Awaiting::Verdict(_) | Awaiting::Nothing => None,
        }
    }

    fn failed(&mut self) -> Option<Notice> {
        self.failed.take()
    }
}
