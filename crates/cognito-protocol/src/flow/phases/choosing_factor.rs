//! `SELECT_CHALLENGE`: the person chooses what to sign in by.

use crate::{
    Secret,
    flow::{
        cx::{Core, Cx},
        event::{Event, Outcome, Person},
        first_factor::FirstFactor,
        form::Action,
        notice::{Notice, NoticeKind},
        open_challenge::{AVAILABLE, OpenChallenge},
        phase::{Credentials, Goto, Next, Phase, Standing},
        screen::Screen,
        view::{Details, Shown, View},
    },
    idp::{ChallengeName, StringMap},
};

#[derive(Debug)]
pub(in crate::flow) struct ChoosingFactor {
    credentials: Credentials,
    user_id: String,
    session: Option<Secret>,
    offered: Vec<FirstFactor>,
    /// The same, to be kept.
    parameters: StringMap,
    notice: Option<Shown>,
    /// The timer of the session's life.
    session_timer: u32,
    session_over: bool,
}

impl ChoosingFactor {
    pub fn new(
        cx: &mut Cx<'_>,
        credentials: Credentials,
        user_id: String,
        session: Option<Secret>,
        offered: Vec<FirstFactor>,
        notice: Option<Notice>,
    ) -> Self {
        let session_timer = cx.start_session_timer();
        let names: Vec<&str> = offered.iter().map(|factor| factor.as_str()).collect();
        let parameters = StringMap::of([(AVAILABLE, names.join(" ").as_str())]);
        let notice = notice.and_then(|notice| cx.show(notice));
        Self { credentials, user_id, session, offered, parameters, notice, session_timer, session_over: false }
    }

    fn on_chosen(&mut self, cx: &mut Cx<'_>, factor: FirstFactor) -> Next {
        cx.remember_factor(factor);
        let sign_in_name = self.credentials.sign_in_name.clone();
        if factor.is_password() {
            // The person takes as long as it takes to type, so the password begins a sign-in of its own.
            return Goto::EnterPassword { sign_in_name, by: factor, notice: None }.into();
        }
        self.notice = None;
        let credentials = Credentials { by: Some(factor), ..self.credentials.clone() };
        Goto::Choose { credentials, user_id: self.user_id.clone(), session: self.session.clone(), factor }.into()
    }
}

impl Phase for ChoosingFactor {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Pressed(Action::SignInBy(factor))) if self.offered.contains(&factor) => {
                self.on_chosen(cx, factor)
            }
            Event::Person(Person::Pressed(Action::Back)) => self.credentials.to_form(None),
            Event::Outcome(Outcome::TimerFired { id }) if id == self.session_timer => {
                self.credentials.to_form(Some(NoticeKind::SessionOver.into()))
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => Next::Stay,
        }
    }

    fn view(&self, _core: &Core) -> View {
        View::of(Screen::ChooseFactor, false, Details::FirstFactors(self.offered.clone())).telling(&self.notice)
    }

    fn open_challenge(&self) -> Option<OpenChallenge<'_>> {
        Some(OpenChallenge {
            session_timer: self.session_timer,
            name: &ChallengeName::SelectChallenge,
            session: self.session.as_ref()?,
            parameters: &self.parameters,
            user_id: &self.user_id,
            sign_in_name: &self.credentials.sign_in_name,
        })
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
