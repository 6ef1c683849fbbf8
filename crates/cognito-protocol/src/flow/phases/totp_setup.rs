//! `MFA_SETUP`: the pool demands an authenticator app before it signs in.

use crate::{
    Secret,
    flow::{
        cx::{Core, Cx},
        enrolment::{Enrolling, Enrolment},
        event::{Event, Outcome, Person, read_reply},
        form::Action,
        notice::{Notice, NoticeKind},
        phase::{Credentials, Goto, Next, Phase, Standing},
        view::View,
    },
    idp::{ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

#[derive(Debug)]
pub(in crate::flow) struct SettingUpTotp {
    enrolment: Enrolment,
    user_id: String,
    credentials: Credentials,
    /// The timer of the session's life.
    session_timer: u32,
    /// The timer ran out while a call was under way.
    session_over: bool,
}

impl SettingUpTotp {
    pub fn new(cx: &mut Cx<'_>, credentials: Credentials, user_id: String, session: Option<Secret>) -> Self {
        let label = cx.settings().totp_label.clone().unwrap_or_else(|| credentials.sign_in_name.clone());
        let enrolment = Enrolment::begin(cx, None, session, label);
        Self { enrolment, user_id, credentials, session_timer: cx.start_session_timer(), session_over: false }
    }
}

impl Phase for SettingUpTotp {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Pressed(Action::Back)) => return self.credentials.to_form(None),
            // What is under way may have arrived in time.
            Event::Outcome(Outcome::TimerFired { id }) if id == self.session_timer => self.session_over = true,
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        match self.enrolment.on(cx, event) {
            Enrolling::Continues => {}
            Enrolling::Verified(session) => {
                let responses = StringMap::of([("USERNAME", &self.user_id)]);
                let call = cx.respond(ChallengeName::MfaSetup, session, responses);
                self.enrolment.conclude(call);
            }
            Enrolling::Concluded(reply) => {
                return match read_reply::<RespondToAuthChallengeRequest>(reply) {
                    Ok(reply) => {
                        let (credentials, user_id) = (self.credentials.clone(), self.user_id.clone());
                        Goto::Replied { credentials, user_id, reply }.into()
                    }
                    Err(error) => self.credentials.to_form(Some(Notice::from(&error))),
                };
            }
            Enrolling::Failed(notice) => return self.credentials.to_form(Some(notice)),
        }
        if self.enrolment.takes_new_session() {
            self.session_timer = cx.start_session_timer();
            self.session_over = false;
        }
        if self.session_over && !self.enrolment.is_busy() {
            return self.credentials.to_form(Some(NoticeKind::SessionOver.into()));
        }
        Next::Stay
    }

    fn view(&self, core: &Core) -> View {
        self.enrolment.view(core, true, &self.credentials.sign_in_name)
    }
}
