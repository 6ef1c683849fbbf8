//! The authenticator app of a signed-in person: set up, replaced, turned off.

use super::task::{Task, TaskNext, User, overview};
use crate::{
    flow::{
        call_error::CallError,
        cx::{Core, Cx},
        enrolment::{Enrolling, Enrolment},
        event::{CallResult, Event, Outcome, Page, Person},
        form::Action,
        notice::{Notice, NoticeKind},
        screen::Screen,
        tokens::Tokens,
        view::{Details, View},
    },
    idp::{ErrorCode, MfaSettings, SetUserMfaPreferenceRequest},
};

/// An authenticator app is being set up.
#[derive(Debug)]
pub(super) struct SetUp {
    enrolment: Enrolment,
}

impl SetUp {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, user: &User) -> Box<dyn Task> {
        let label = cx.settings().totp_label.clone();
        let label = label.or_else(|| user.email.clone()).unwrap_or_else(|| tokens.username.clone());
        Box::new(Self { enrolment: Enrolment::begin(cx, Some(tokens.access_token.clone()), None, label) })
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
                let call = prefer(cx, tokens, true);
                self.enrolment.conclude(call);
                TaskNext::Stay
            }
            Enrolling::Concluded(reply) => TaskNext::Done(Some(match reply {
                Ok(_) => has_authenticator(user, true),
                Err(error) => (&error).into(),
            })),
            Enrolling::Failed(notice) => TaskNext::Done(Some(notice)),
        }
    }

    fn view(&self, core: &Core, _user: Option<&User>) -> View {
        self.enrolment.view(core, false)
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

/// The authenticator app is being turned off.
#[derive(Debug)]
pub(super) struct TurnOff {
    call: u32,
}

impl TurnOff {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens) -> Box<dyn Task> {
        Box::new(Self { call: prefer(cx, tokens, false) })
    }

    fn conclude(reply: CallResult, user: &mut Option<User>) -> Notice {
        match reply {
            Ok(_) => has_authenticator(user, false),
            Err(CallError::Service(error)) if error.code == ErrorCode::InvalidParameter => {
                Notice::from(&CallError::Service(error)).read_as(|_| NoticeKind::AuthenticatorRequired)
            }
            Err(error) => (&error).into(),
        }
    }
}

impl Task for TurnOff {
    fn on(&mut self, _cx: &mut Cx<'_>, _tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        match event {
            Event::Outcome(Outcome::Replied { id, reply, .. }) if id == self.call => {
                TaskNext::Done(Some(Self::conclude(reply, user)))
            }
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => TaskNext::Stay,
        }
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        View::of(Screen::Account, true, Details::Account(overview(user)))
    }

    fn awaits(&self, id: u32) -> bool {
        id == self.call
    }
}

/// A factor that is not mentioned keeps its state.
fn prefer(cx: &mut Cx<'_>, tokens: &Tokens, on: bool) -> u32 {
    cx.call(SetUserMfaPreferenceRequest {
        access_token: tokens.access_token.clone(),
        sms_mfa_settings: None,
        software_token_mfa_settings: Some(MfaSettings { enabled: Some(on), preferred_mfa: Some(on) }),
        email_mfa_settings: None,
        web_authn_mfa_settings: None,
    })
}

/// Notes what was changed, and tells it.
fn has_authenticator(user: &mut Option<User>, on: bool) -> Notice {
    if let Some(user) = user {
        user.has_authenticator = on;
    }
    let kind = if on { NoticeKind::AuthenticatorOn } else { NoticeKind::AuthenticatorOff };
    kind.into()
}
