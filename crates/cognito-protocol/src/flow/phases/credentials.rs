//! The sign-in form.

use crate::flow::{
    cx::{Core, Cx},
    event::{Event, Outcome, Page, Person},
    form::{Action, Answers, field},
    job::{Derived, Job},
    notice::{Notice, NoticeKind},
    phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
    screen::Screen,
    settings::{PasswordFlow, Purpose},
    view::{Details, Shown, View},
};

/// Waits for a name and a password, and computes ahead.
#[derive(Debug)]
pub(in crate::flow) struct EnteringCredentials {
    sign_in_name: String,
    notice: Option<Shown>,
    ephemeral: Ephemeral,
}

impl EnteringCredentials {
    pub fn new(cx: &mut Cx<'_>, sign_in_name: String, notice: Option<Notice>) -> Self {
        Self { sign_in_name, notice: notice.and_then(|notice| cx.show(notice)), ephemeral: Ephemeral::None }
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) -> Next {
        let (Some(name), Some(password)) = (answers.take(field::USERNAME), answers.take(field::PASSWORD)) else {
            return Next::Stay;
        };
        // A password is taken byte for byte.
        self.sign_in_name = cx.settings().username_kind.read(name.expose());
        let missing = if self.sign_in_name.is_empty() {
            NoticeKind::NameMissing
        } else if password.is_empty() {
            NoticeKind::PasswordMissing
        } else {
            let credentials = Credentials { sign_in_name: self.sign_in_name.clone(), password: Some(password) };
            let ephemeral = core::mem::replace(&mut self.ephemeral, Ephemeral::None);
            return Goto::Prove { credentials, ephemeral }.into();
        };
        self.notice = cx.show(missing);
        Next::Stay
    }
}

impl Phase for EnteringCredentials {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Touched) => {
                if matches!(self.ephemeral, Ephemeral::None) && cx.settings().password_flow != PasswordFlow::Plain {
                    self.ephemeral = Ephemeral::Deriving(cx.derive(Job::MakePublicValue));
                }
            }
            Event::Outcome(Outcome::Derived { id, derived }) if matches!(self.ephemeral, Ephemeral::Deriving(job) if job == id) =>
            {
                self.ephemeral = match derived {
                    Derived::PublicValue(ephemeral) => Ephemeral::Ready(ephemeral),
                    Derived::PasswordClaim(_) | Derived::Failed(_) => Ephemeral::None,
                };
            }
            Event::Person(Person::Submitted(answers)) => return self.on_submitted(cx, answers),
            Event::Person(Person::Named(name)) => self.sign_in_name = cx.settings().username_kind.read(&name),
            Event::Person(Person::Pressed(Action::SignUp)) if cx.settings().offers_sign_up => {
                return Goto::SignUp { sign_in_name: core::mem::take(&mut self.sign_in_name) }.into();
            }
            Event::Person(Person::Pressed(Action::ForgotPassword)) => {
                return Goto::ForgotPassword { sign_in_name: core::mem::take(&mut self.sign_in_name), notice: None }.into();
            }
            // In the account element the form was asked for, and can be left.
            Event::Person(Person::Pressed(Action::Back)) if cx.settings().purpose == Purpose::Account => {
                return Goto::SignedOut { notice: None }.into();
            }
            Event::Page(Page::StoreChanged { stored: Some(tokens), .. }) => return Goto::Adopt(tokens).into(),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn view(&self, _core: &Core) -> View {
        View::of(Screen::SignIn, false, Details::Name(self.sign_in_name.clone())).telling(&self.notice)
    }
}
