//! A code for a new password is on its way, to whomever there is: asks for both, and signs in with the new password.

use crate::{
    Secret,
    flow::{
        challenge::definition::read_code,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        form::{Action, Answers, field},
        notice::{Notice, NoticeKind},
        phase::{Credentials, Goto, Next, Phase, Standing},
        screen::Screen,
        sent_code::{CodePurpose, SentCode, read_refusal},
        view::View,
    },
    idp::{ConfirmForgotPasswordRequest, StringMap},
};

#[derive(Debug)]
pub(in crate::flow) struct ResettingPassword {
    code: SentCode,
    saving: Option<Saving>,
}

/// The call that sets the password, and the password to sign in with after that.
#[derive(Debug)]
struct Saving {
    call: u32,
    password: Secret,
}

impl ResettingPassword {
    pub fn new(sign_in_name: String, destination: Option<String>) -> Self {
        Self { code: SentCode::new(CodePurpose::NewPassword, sign_in_name, destination), saving: None }
    }

    fn is_busy(&self) -> bool {
        self.saving.is_some() || self.code.is_sending()
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) {
        let (Some(code), Some(password)) = (answers.take(field::CODE), answers.take(field::NEW_PASSWORD)) else { return };
        self.code.notice = match read_code(&code) {
            Err(kind) => cx.show(kind),
            Ok(_) if password.is_empty() => cx.show(NoticeKind::NewPasswordMissing),
            Ok(code) => {
                let call = cx.call(ConfirmForgotPasswordRequest {
                    client_id: cx.settings().client_id.clone(),
                    secret_hash: None,
                    username: self.code.sign_in_name.clone(),
                    confirmation_code: code,
                    password: password.clone(),
                    client_metadata: cx.settings().client_metadata.clone(),
                    analytics_metadata: StringMap::default(),
                    user_context_data: StringMap::default(),
                });
                self.saving = Some(Saving { call, password });
                None
            }
        };
    }

    fn on_saved(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Next {
        let password = self.saving.take().map(|saving| saving.password);
        let sign_in_name = self.code.sign_in_name.clone();
        let notice = match read_reply::<ConfirmForgotPasswordRequest>(reply) {
            Ok(_) => return Goto::Renew { credentials: Credentials::of(sign_in_name, password) }.into(),
            Err(error) => Notice::from(&error).read_as(read_refusal),
        };
        if notice.kind == NoticeKind::NotConfirmed {
            let credentials = Credentials::of(sign_in_name, None);
            return Goto::ConfirmSignUp { credentials, destination: None, notice: Some(notice), sends_code: true }.into();
        }
        self.code.notice = cx.show(notice);
        Next::Stay
    }
}

impl Phase for ResettingPassword {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(answers)) if !self.is_busy() => self.on_submitted(cx, answers),
            Event::Person(Person::Pressed(Action::SendNewCode)) if !self.is_busy() => {
                self.code.notice = None;
                self.code.send(cx);
            }
            Event::Outcome(Outcome::Replied { id, reply, .. }) => {
                if self.code.awaits(id) {
                    let sent = self.code.on_sent(cx, reply);
                    self.code.notice = cx.show(sent.err().unwrap_or(NoticeKind::NewCodeSent.into()));
                } else if self.saving.as_ref().is_some_and(|saving| saving.call == id) {
                    return self.on_saved(cx, reply);
                }
            }
            Event::Person(Person::Pressed(Action::Back)) => {
                return Goto::Form { sign_in_name: self.code.sign_in_name.clone(), notice: None }.into();
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn view(&self, _core: &Core) -> View {
        self.code.view(Screen::ResetPassword, self.saving.is_some())
    }
}
