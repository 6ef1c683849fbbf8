//! `MFA_SETUP` that offers several factors: the person chooses one.

use crate::{
    flow::{
        cx::{Core, Cx},
        event::{Event, Outcome, Person},
        factor::Choice,
        form::{Action, field},
        notice::NoticeKind,
        open_challenge::OpenChallenge,
        phase::{Credentials, Goto, Next, Phase, Standing},
        screen::Screen,
        view::{ChallengeView, Details, View},
    },
    idp::{AuthReply, StringMap},
};

#[derive(Debug)]
pub(in crate::flow) struct ChoosingSetup {
    credentials: Credentials,
    user_id: String,
    /// Taken when the choice is made.
    reply: Option<AuthReply>,
    offered: Vec<Choice>,
    /// The timer of the session's life.
    session_timer: u32,
}

impl ChoosingSetup {
    pub fn new(cx: &mut Cx<'_>, credentials: Credentials, user_id: String, reply: AuthReply, offered: Vec<Choice>) -> Self {
        Self { credentials, user_id, reply: Some(reply), offered, session_timer: cx.start_session_timer() }
    }
}

impl Phase for ChoosingSetup {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, _cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(mut answers)) => {
                let name = answers.take(field::CHOICE);
                let choice = self.offered.iter().find(|choice| name.as_ref().is_some_and(|name| name.expose() == choice.name));
                if let Some(choice) = choice
                    && let Some(reply) = self.reply.take()
                {
                    let (credentials, user_id) = (self.credentials.clone(), core::mem::take(&mut self.user_id));
                    return Goto::SetUp { factor: choice.factor, credentials, user_id, reply }.into();
                }
            }
            Event::Person(Person::Pressed(Action::Back)) => return self.credentials.to_form(None),
            Event::Outcome(Outcome::TimerFired { id }) if id == self.session_timer => {
                return self.credentials.to_form(Some(NoticeKind::SessionOver.into()));
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn open_challenge(&self) -> Option<OpenChallenge<'_>> {
        let reply = self.reply.as_ref()?;
        Some(OpenChallenge {
            session_timer: self.session_timer,
            name: reply.challenge_name.as_ref()?,
            session: reply.session.as_ref()?,
            parameters: &reply.challenge_parameters,
            user_id: &self.user_id,
            sign_in_name: &self.credentials.sign_in_name,
        })
    }

    fn view(&self, _core: &Core) -> View {
        let details = Details::Challenge(ChallengeView {
            parameters: StringMap::default(),
            sign_in_name: self.credentials.sign_in_name.clone(),
            is_renewable: false,
            renewed_at_millis: None,
            taken_over: false,
            choices: self.offered.clone(),
        });
        View::of(Screen::ChooseMfa, false, details)
    }
}
