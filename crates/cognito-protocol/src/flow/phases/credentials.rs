//! The sign-in form.

use crate::flow::{
    cx::{Core, Cx},
    event::{Event, Outcome, Page, Person},
    first_factor::FirstFactor,
    form::{Action, Answers, field},
    job::{Derived, Job},
    notice::{Notice, NoticeKind},
    phase::{Credentials, Ephemeral, Goto, Next, Phase, Standing},
    screen::Screen,
    settings::{Purpose, Settings, SignInFlow},
    view::{Details, Shown, View},
};

/// Waits for a name and a password, and computes ahead. Where the person may choose what to sign in by, the name alone will do.
#[derive(Debug)]
pub(in crate::flow) struct EnteringCredentials {
    sign_in_name: String,
    /// With [`SignInFlow::Choice`]: what to sign in by, where that is known.
    by: Option<FirstFactor>,
    notice: Option<Shown>,
    ephemeral: Ephemeral,
}

impl EnteringCredentials {
    pub fn new(cx: &mut Cx<'_>, sign_in_name: String, notice: Option<Notice>, by: Option<FirstFactor>) -> Self {
        cx.leave_device();
        Self { sign_in_name, by, notice: notice.and_then(|notice| cx.show(notice)), ephemeral: Ephemeral::None }
    }

    fn asks_password(&self, settings: &Settings) -> bool {
        settings.sign_in_flow != SignInFlow::Choice || self.by.is_some_and(FirstFactor::is_password)
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) -> Next {
        let (Some(name), Some(password)) = (answers.take(field::USERNAME), answers.take(field::PASSWORD)) else {
            return Next::Stay;
        };
        // A password is taken byte for byte.
        self.sign_in_name = cx.settings().username_kind.read(name.expose());
        let missing = if self.sign_in_name.is_empty() {
            NoticeKind::NameMissing
        } else if password.is_empty() && self.asks_password(cx.settings()) {
            NoticeKind::PasswordMissing
        } else {
            // A password manager may have filled in a field that nobody asked for.
            let by = if password.is_empty() { self.by } else { self.by.filter(|by| by.is_password()) };
            let password = Some(password).filter(|password| !password.is_empty());
            let credentials = Credentials { by, ..Credentials::of(self.sign_in_name.clone(), password) };
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
                let settings = cx.settings();
                let is_proved = settings.sign_in_flow != SignInFlow::Plain && self.by != Some(FirstFactor::Password);
                if matches!(self.ephemeral, Ephemeral::None) && is_proved && self.asks_password(settings) {
                    self.ephemeral = Ephemeral::Deriving(cx.derive(Job::MakePublicValue));
                }
            }
            Event::Outcome(Outcome::Derived { id, derived }) if matches!(self.ephemeral, Ephemeral::Deriving(job) if job == id) =>
            {
                self.ephemeral = match derived {
                    Derived::PublicValue(ephemeral) => Ephemeral::Ready(ephemeral),
                    Derived::RedirectSecrets(_) | Derived::PasswordClaim(_) | Derived::Device { .. } | Derived::Failed(_) => {
                        Ephemeral::None
                    }
                };
            }
            Event::Person(Person::Submitted(answers)) => return self.on_submitted(cx, answers),
            Event::Person(Person::Named(name)) => self.sign_in_name = cx.settings().username_kind.read(&name),
            Event::Person(Person::Pressed(Action::SignUp)) if cx.settings().offers_sign_up => {
                return Goto::SignUp { sign_in_name: core::mem::take(&mut self.sign_in_name) }.into();
            }
            Event::Person(Person::Pressed(Action::ContinueWith(provider))) if cx.settings().has_provider(provider) => {
                let asks_password = self.asks_password(cx.settings());
                return Goto::Leave { sign_in_name: core::mem::take(&mut self.sign_in_name), provider, asks_password }.into();
            }
            Event::Person(Person::Pressed(Action::ForgotPassword)) => {
                return Goto::ForgotPassword { sign_in_name: core::mem::take(&mut self.sign_in_name), notice: None }.into();
            }
            // Without a password: what this user can sign in by is for the pool to say.
            Event::Person(Person::Pressed(Action::OtherWays)) if cx.settings().sign_in_flow == SignInFlow::Choice => {
                if self.sign_in_name.is_empty() {
                    self.notice = cx.show(NoticeKind::NameMissing);
                } else {
                    let credentials = Credentials::of(core::mem::take(&mut self.sign_in_name), None);
                    return Goto::Prove { credentials, ephemeral: Ephemeral::None }.into();
                }
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

    fn view(&self, core: &Core) -> View {
        let name = self.sign_in_name.clone();
        let details = if self.asks_password(&core.settings) { Details::Name(name) } else { Details::NameAlone(name) };
        View::of(Screen::SignIn, false, details).telling(&self.notice)
    }
}
