//! A challenge waits for the person's answer.

use crate::{
    Secret,
    flow::{
        challenge::definition::Challenge,
        cx::{Core, Cx},
        effect::HostEvent,
        event::{CallResult, Event, Outcome, Page, Person, read_reply},
        factor::leave_out_passkeys,
        form::{Action, field},
        notice::{Notice, NoticeKind},
        open_challenge::OpenChallenge,
        phase::{Credentials, Goto, Next, Phase, Standing},
        view::{ChallengeView, Details, Shown, View},
    },
    idp::{AuthReply, RespondToAuthChallengeRequest, StringMap},
};

#[derive(Debug)]
pub(in crate::flow) struct Asking {
    challenge: &'static Challenge,
    /// Names it for the page.
    id: u32,
    user_id: String,
    session: Option<Secret>,
    parameters: StringMap,
    /// For "Send a new code", and for the name when the sign-in must start again.
    credentials: Credentials,
    /// The call that carries the answer.
    pending: Option<u32>,
    notice: Option<Shown>,
    /// The timer of the session's life.
    session_timer: u32,
    /// The timer ran out while something was under way that may still bring a new session.
    session_over: bool,
    /// When a new code was last sent at the person's wish, by the local clock.
    renewed_at_millis: Option<i64>,
    /// The page shows this challenge itself.
    taken_over: bool,
}

impl Asking {
    /// Opens a challenge. `is_renewed`: the sign-in was started again for a new code.
    pub fn new(
        cx: &mut Cx<'_>,
        challenge: &'static Challenge,
        credentials: Credentials,
        user_id: String,
        reply: AuthReply,
        is_renewed: bool,
    ) -> Self {
        let id = cx.fresh_id();
        if challenge.is_pages_to_take {
            cx.tell(HostEvent::Challenge { id, parameters: reply.challenge_parameters.clone() });
        }
        let is_renewed = is_renewed && challenge.is_renewable;
        Self {
            challenge,
            id,
            user_id,
            session: reply.session,
            parameters: reply.challenge_parameters,
            credentials,
            pending: None,
            session_timer: cx.start_session_timer(),
            notice: if is_renewed { cx.show(NoticeKind::NewCodeSent) } else { None },
            session_over: false,
            renewed_at_millis: is_renewed.then_some(cx.now_millis),
            taken_over: false,
        }
    }

    /// Tells why the person is asked this once more.
    pub fn tell(&mut self, cx: &mut Cx<'_>, notice: Notice) {
        self.notice = cx.show(notice);
    }

    fn on_answer(&mut self, cx: &mut Cx<'_>, typed: &Secret) {
        match (self.challenge.read)(typed) {
            Ok(answer) => {
                self.notice = None;
                if self.challenge.field == field::CHOICE {
                    self.credentials.second_factor = Some(answer.clone());
                }
                let responses = StringMap::of([("USERNAME", &self.user_id), (self.challenge.response, answer.expose())]);
                self.pending = Some(cx.respond(self.challenge.name.clone(), self.session.clone(), responses));
            }
            Err(kind) => self.notice = cx.show(kind),
        }
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Next {
        self.pending = None;
        match read_reply::<RespondToAuthChallengeRequest>(reply) {
            Ok(reply) if self.is_asked_again(&reply) => {
                // The triggers gave another try; the old session is spent, the new one must be answered.
                self.session = reply.session;
                self.parameters = reply.challenge_parameters;
                self.session_timer = cx.start_session_timer();
                self.session_over = false;
                // Our own triggers tell a code that came too late from one that is wrong.
                let is_expired = self.parameters.get("expired") == Some("true");
                self.notice = cx.show(if is_expired { NoticeKind::CodeExpired } else { NoticeKind::WrongCode });
                Next::Stay
            }
            Ok(reply) => {
                let (credentials, user_id) = (self.credentials.clone(), self.user_id.clone());
                Goto::Replied { credentials, user_id, reply }.into()
            }
            // Whoever signs in without a password is told of it last, and can begin again.
            Err(error) if error.is_about_device() && cx.forget_device() => {
                self.credentials.to_form(Some(NoticeKind::Unexpected.into()))
            }
            Err(error) => self.on_refused(cx, Notice::from(&error).read_as(self.challenge.read_error)),
        }
    }

    fn is_asked_again(&self, reply: &AuthReply) -> bool {
        reply.authentication_result.is_none()
            && reply.challenge_name.as_ref() == Some(&self.challenge.name)
            && (self.challenge.asks_again)(&self.parameters, &reply.challenge_parameters)
    }

    /// A failed call: the session is still good, or everything begins again.
    fn on_refused(&mut self, cx: &mut Cx<'_>, notice: Notice) -> Next {
        if self.session_over {
            self.credentials.to_form(Some(NoticeKind::SessionOver.into()))
        } else if notice.kind.leaves_challenge_open() {
            self.notice = cx.show(notice);
            Next::Stay
        } else {
            self.credentials.to_form(Some(notice))
        }
    }
}

impl Phase for Asking {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(mut answers)) if self.pending.is_none() => {
                if let Some(typed) = answers.take(self.challenge.field) {
                    self.on_answer(cx, &typed);
                }
            }
            Event::Page(Page::ChallengeAnswered { challenge, answer }) if challenge == self.id && self.pending.is_none() => {
                self.on_answer(cx, &answer);
            }
            Event::Outcome(Outcome::Replied { id, reply, .. }) if self.pending == Some(id) => return self.on_reply(cx, reply),
            Event::Person(Person::Pressed(Action::SendNewCode)) if self.pending.is_none() && self.challenge.is_renewable => {
                self.notice = None;
                return if self.credentials.can_begin_again() {
                    Goto::Renew { credentials: self.credentials.clone() }.into()
                } else {
                    self.credentials.to_form(Some(NoticeKind::SignInForNewCode.into()))
                };
            }
            Event::Page(Page::ChallengeTakenOver { challenge }) if challenge == self.id && self.challenge.is_pages_to_take => {
                self.taken_over = true;
            }
            Event::Outcome(Outcome::TimerFired { id }) if id == self.session_timer => {
                if self.pending.is_none() {
                    return self.credentials.to_form(Some(NoticeKind::SessionOver.into()));
                }
                // An answer that is under way may have arrived in time.
                self.session_over = true;
            }
            Event::Person(Person::Pressed(Action::Back)) => return self.credentials.to_form(None),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn view(&self, core: &Core) -> View {
        let mut choices = (self.challenge.choices)(&self.parameters);
        leave_out_passkeys(&mut choices, core.settings.has_passkeys);
        let details = Details::Challenge(ChallengeView {
            parameters: (self.challenge.shown)(&self.parameters),
            sign_in_name: self.credentials.sign_in_name.clone(),
            is_renewable: self.challenge.is_renewable,
            renewed_at_millis: self.renewed_at_millis,
            taken_over: self.taken_over,
            choices,
        });
        View::of((self.challenge.screen)(&self.parameters), self.pending.is_some(), details).telling(&self.notice)
    }

    fn open_challenge(&self) -> Option<OpenChallenge<'_>> {
        self.session.as_ref().filter(|_| self.pending.is_none()).map(|session| OpenChallenge {
            session_timer: self.session_timer,
            name: &self.challenge.name,
            session,
            parameters: &self.parameters,
            user_id: &self.user_id,
            sign_in_name: &self.credentials.sign_in_name,
        })
    }

    fn awaits_new_code(&self) -> bool {
        true
    }

    fn timer_fired_aside(&mut self, id: u32) {
        self.session_over |= id == self.session_timer;
    }

    fn resume(&mut self, cx: &mut Cx<'_>, notice: &Notice) -> bool {
        let is_open = !self.session_over && notice.kind.leaves_challenge_open();
        if is_open {
            self.notice = cx.show(notice.clone());
        }
        is_open
    }
}
