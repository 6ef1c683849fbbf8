//! The authenticator app of a signed-in person: set up, or replaced.

use super::{
    preference::Change,
    task::{Task, TaskNext, User},
};
use crate::flow::{
    cx::{Core, Cx},
    enrolment::{Enrolling, Enrolment},
    event::{Event, Page, Person},
    factor::Factor,
    form::Action,
    notice::{Notice, NoticeKind},
    screen::Screen,
    tokens::Tokens,
    view::View,
};

/// An authenticator app is being set up.
#[derive(Debug)]
pub(super) struct SetUp {
    enrolment: Enrolment,
    /// What a password manager knows the account by.
    sign_in_name: String,
}

impl SetUp {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, user: &User) -> Box<dyn Task> {
        let label = cx.settings().totp_label.clone();
        let label =
            label.or_else(|| Some(user.settings.email.as_ref()?.value.clone())).unwrap_or_else(|| tokens.username.clone());
        let enrolment = Enrolment::begin(cx, Some(tokens.access_token.clone()), None, label);
        Box::new(Self { enrolment, sign_in_name: tokens.sign_in_name.clone() })
    }
}

impl Task for SetUp {
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        let is_left = matches!(
            event,
            Event::Person(Person::Pressed(Action::Back))
                | Event::Page(Page::ResetRequested | Page::ScreenRequested { screen: Screen::Account, .. })
        );
        if is_left && !self.enrolment.is_concluding() {
            return TaskNext::Done(None);
        }
        self.enrolment.access_token = Some(tokens.access_token.clone());
        match self.enrolment.on(cx, event) {
            Enrolling::Continues => TaskNext::Stay,
            Enrolling::Verified(_) => {
                let call = Change::Prefer(Factor::App).send(cx, tokens, user.as_ref());
                self.enrolment.conclude(call);
                TaskNext::Stay
            }
            Enrolling::Concluded(reply) => TaskNext::Done(Some(match reply {
                Ok(_) => {
                    let _ = Change::Prefer(Factor::App).made(user);
                    NoticeKind::AuthenticatorOn.into()
                }
                Err(error) => (&error).into(),
            })),
            Enrolling::Failed(notice) => TaskNext::Done(Some(notice)),
        }
    }

    fn view(&self, core: &Core, _user: Option<&User>) -> View {
        self.enrolment.view(core, false, &self.sign_in_name)
    }

    fn awaits(&self, id: u32) -> bool {
        self.enrolment.awaits(id)
    }

    fn needs_token(&self, event: &Event) -> bool {
        matches!(event, Event::Person(Person::Submitted(_))) && !self.enrolment.is_busy()
    }

    fn tell(&mut self, cx: &mut Cx<'_>, notice: Notice) {
        self.enrolment.tell(cx, notice);
    }
}
