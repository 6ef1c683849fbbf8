//! The password is forgotten, or must be reset: asks for a name to send a code to.

use crate::flow::{
    cx::{Core, Cx},
    event::{Event, Outcome, Person},
    form::{Action, Answers, field},
    notice::{Notice, NoticeKind},
    phase::{Goto, Next, Phase, Standing},
    screen::Screen,
    sent_code::{self, CodePurpose},
    view::{Details, Shown, View},
};

#[derive(Debug)]
pub(in crate::flow) struct RequestingReset {
    sign_in_name: String,
    /// The call that sends the code.
    sending: Option<u32>,
    notice: Option<Shown>,
}

impl RequestingReset {
    pub fn new(cx: &mut Cx<'_>, sign_in_name: String, notice: Option<Notice>) -> Self {
        Self { sign_in_name, sending: None, notice: notice.and_then(|notice| cx.show(notice)) }
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) {
        let Some(name) = answers.take(field::USERNAME) else { return };
        self.sign_in_name = cx.settings().username_kind.read(name.expose());
        if self.sign_in_name.is_empty() {
            self.notice = cx.show(NoticeKind::NameMissing);
        } else {
            self.notice = None;
            self.sending = Some(sent_code::send(cx, CodePurpose::NewPassword, &self.sign_in_name));
        }
    }
}

impl Phase for RequestingReset {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(answers)) if self.sending.is_none() => self.on_submitted(cx, answers),
            Event::Outcome(Outcome::Replied { id, reply, .. }) if self.sending == Some(id) => {
                self.sending = None;
                match sent_code::sent(CodePurpose::NewPassword, &self.sign_in_name, reply) {
                    Ok(destination) => {
                        let sign_in_name = core::mem::take(&mut self.sign_in_name);
                        return Goto::ResetPassword { sign_in_name, destination }.into();
                    }
                    Err(notice) => self.notice = cx.show(notice),
                }
            }
            Event::Person(Person::Named(name)) if self.sending.is_none() => {
                self.sign_in_name = cx.settings().username_kind.read(&name);
            }
            Event::Person(Person::Pressed(Action::Back)) => {
                return Goto::Form { sign_in_name: core::mem::take(&mut self.sign_in_name), notice: None }.into();
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn view(&self, _core: &Core) -> View {
        let details = Details::Name(self.sign_in_name.clone());
        View::of(Screen::ForgotPassword, self.sending.is_some(), details).telling(&self.notice)
    }
}
