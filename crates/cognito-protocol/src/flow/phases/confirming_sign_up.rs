//! A sign-up waits for the code that confirms it.

use crate::{
    Secret,
    flow::{
        challenge::definition::read_code,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        form::{Action, field},
        notice::{Notice, NoticeKind},
        phase::{Credentials, Goto, Next, Phase, Standing},
        screen::Screen,
        sent_code::{CodePurpose, SentCode, read_refusal},
        view::View,
    },
    idp::{ConfirmSignUpRequest, StringMap},
};

/// How long a password is kept for whoever waits for a mail. After that the person types it again.
const PASSWORD_MILLIS: u32 = 15 * 60_000;

#[derive(Debug)]
pub(in crate::flow) struct ConfirmingSignUp {
    code: SentCode,
    /// To sign in with after that, where it is known.
    password: Option<Secret>,
    /// The timer of the password's life.
    password_timer: Option<u32>,
    /// The call that carries the code.
    confirming: Option<u32>,
}

impl ConfirmingSignUp {
    /// `destination`: where the code went, as far as the service told. `sends_code`: it must be sent first.
    pub fn new(
        cx: &mut Cx<'_>,
        credentials: Credentials,
        destination: Option<String>,
        notice: Option<Notice>,
        sends_code: bool,
    ) -> Self {
        let mut code = SentCode::new(CodePurpose::SignUp, credentials.sign_in_name, destination);
        code.notice = notice.and_then(|notice| cx.show(notice));
        if sends_code {
            code.send(cx);
        }
        let password = credentials.password;
        let password_timer = password.is_some().then(|| cx.start_timer(PASSWORD_MILLIS));
        Self { code, password, password_timer, confirming: None }
    }

    fn is_busy(&self) -> bool {
        self.confirming.is_some() || self.code.is_sending()
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, typed: &Secret) {
        self.code.notice = match read_code(typed) {
            Err(kind) => cx.show(kind),
            Ok(code) => {
                self.confirming = Some(cx.call(ConfirmSignUpRequest {
                    client_id: cx.settings().client_id.clone(),
                    secret_hash: None,
                    username: self.code.sign_in_name.clone(),
                    confirmation_code: code,
                    force_alias_creation: None,
                    session: None,
                    client_metadata: cx.settings().client_metadata.clone(),
                    analytics_metadata: StringMap::default(),
                    user_context_data: StringMap::default(),
                }));
                None
            }
        };
    }

    /// The account is confirmed: signs in, or lets the person do so.
    fn confirmed(&mut self) -> Next {
        let sign_in_name = self.code.sign_in_name.clone();
        match self.password.take() {
            None => Goto::Form { sign_in_name, notice: Some(NoticeKind::Confirmed.into()) }.into(),
            password @ Some(_) => Goto::Renew { credentials: Credentials::of(sign_in_name, password) }.into(),
        }
    }

    /// Some refusals say that there is nothing left to do.
    fn on_refused(&mut self, cx: &mut Cx<'_>, notice: Notice) -> Next {
        if notice.kind == NoticeKind::Confirmed {
            return self.confirmed();
        }
        self.code.notice = cx.show(notice);
        Next::Stay
    }

    fn on_sent(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> Next {
        match self.code.on_sent(cx, reply) {
            Err(notice) => return self.on_refused(cx, notice),
            // One that was sent unasked is told of with the reason.
            Ok(()) if self.code.notice.is_some() => {}
            Ok(()) => self.code.notice = cx.show(NoticeKind::NewCodeSent),
        }
        Next::Stay
    }
}

impl Phase for ConfirmingSignUp {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(mut answers)) if !self.is_busy() => {
                if let Some(typed) = answers.take(field::CODE) {
                    self.on_submitted(cx, &typed);
                }
            }
            Event::Person(Person::Pressed(Action::SendNewCode)) if !self.is_busy() => {
                self.code.notice = None;
                self.code.send(cx);
            }
            Event::Outcome(Outcome::Replied { id, reply, .. }) => {
                if self.code.awaits(id) {
                    return self.on_sent(cx, reply);
                } else if self.confirming == Some(id) {
                    self.confirming = None;
                    return match read_reply::<ConfirmSignUpRequest>(reply) {
                        Ok(_) => self.confirmed(),
                        Err(error) => self.on_refused(cx, Notice::from(&error).read_as(read_refusal)),
                    };
                }
            }
            Event::Outcome(Outcome::TimerFired { id }) if self.password_timer == Some(id) => self.password = None,
            Event::Person(Person::Pressed(Action::Back)) => {
                return Goto::Form { sign_in_name: self.code.sign_in_name.clone(), notice: None }.into();
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn view(&self, _core: &Core) -> View {
        self.code.view(Screen::ConfirmSignUp, self.confirming.is_some())
    }
}
