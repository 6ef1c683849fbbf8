//! A form in the account: what is typed goes to the service in one call, and stays on the screen until that has succeeded.
//!
//! # Source
//! docs/cognito.md#passwords-and-attributes

use super::{
    subject::Subject,
    task::{Task, TaskNext, User},
};
use crate::{
    flow::{
        call_error::CallError,
        contact::Contact,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Page, Person, read_reply},
        form::{Action, Answers},
        notice::{Notice, NoticeKind},
        screen::Screen,
        sent_code,
        tokens::Tokens,
        view::{Details, Shown, View},
    },
    idp::{CodeDeliveryDetails, ErrorCode, GetUserAttributeVerificationCodeRequest, UpdateUserAttributesRequest},
};

/// A form that is open.
#[derive(Debug)]
pub(super) struct Form {
    subject: Subject,
    sign_in_name: String,
    pending: Option<Pending>,
    notice: Option<Shown>,
    /// Where a code went, masked by the service.
    destination: Option<String>,
    /// When one was sent at the person's wish, by the local clock.
    renewed_at_millis: Option<i64>,
    /// What the overview knows of the user is no longer so.
    is_overview_old: bool,
}

/// A call under way.
#[derive(Clone, Copy, Debug)]
struct Pending {
    call: u32,
    brings: Brings,
}

/// What a call brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Brings {
    /// The service's word on what was typed.
    Verdict,
    /// A code, and another one.
    Code,
    NewCode,
}

impl Form {
    /// Opens it. The one for a code has a code sent.
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, subject: Subject) -> Box<dyn Task> {
        let mut form = Self {
            subject,
            sign_in_name: tokens.sign_in_name.clone(),
            pending: None,
            notice: None,
            destination: None,
            renewed_at_millis: None,
            is_overview_old: false,
        };
        if let Subject::Code(contact) = subject {
            form.send_code(cx, tokens, contact, Brings::Code);
        }
        Box::new(form)
    }

    fn send_code(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, contact: Contact, brings: Brings) {
        self.notice = None;
        let call = cx.call(GetUserAttributeVerificationCodeRequest {
            access_token: tokens.access_token.clone(),
            attribute_name: contact.attribute().to_owned(),
            client_metadata: cx.settings().client_metadata.clone(),
        });
        self.pending = Some(Pending { call, brings });
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, answers: Answers) {
        self.notice = match self.subject.submit(cx, tokens, answers) {
            Ok(call) => {
                self.pending = Some(Pending { call, brings: Brings::Verdict });
                None
            }
            Err(kind) => cx.show(kind),
        };
    }

    /// The call for a code is over. Without a new one, one that came before may still be good.
    fn on_code_sent(&mut self, cx: &mut Cx<'_>, reply: CallResult, brings: Brings) {
        self.notice = match read_reply::<GetUserAttributeVerificationCodeRequest>(reply) {
            Ok(reply) => {
                self.destination = sent_code::destination(reply.code_delivery_details);
                self.renewed_at_millis = Some(cx.now_millis);
                if brings == Brings::NewCode { cx.show(NoticeKind::NewCodeSent) } else { None }
            }
            Err(error) => cx.show(Notice::from(&error).read_as(not_sent)),
        };
    }

    fn on_verdict(&mut self, cx: &mut Cx<'_>, reply: CallResult) -> TaskNext {
        let error = match (self.subject, reply) {
            (Subject::Password, Ok(_)) => return TaskNext::Done(Some(NoticeKind::PasswordChanged.into())),
            (Subject::Value(contact), reply) => match read_reply::<UpdateUserAttributesRequest>(reply) {
                Ok(reply) => return self.on_saved(contact, reply.code_delivery_details_list),
                Err(error) => error,
            },
            (Subject::Code(_), Ok(_)) => return TaskNext::Reload(Some(NoticeKind::Verified.into())),
            (Subject::Deletion, Ok(_)) => return TaskNext::Deleted,
            // The answer to an earlier try did not arrive.
            (Subject::Deletion, Err(CallError::Service(error))) if error.code == ErrorCode::UserNotFound => {
                return TaskNext::Deleted;
            }
            (Subject::Password | Subject::Code(_) | Subject::Deletion, Err(error)) => error,
        };
        self.notice = cx.show(Notice::from(&error).read_as(|kind| self.subject.refused(kind)));
        TaskNext::Stay
    }

    /// The new value is the user's, or will be with the code that was sent: the pool does not say which.
    fn on_saved(&mut self, contact: Contact, codes: Vec<CodeDeliveryDetails>) -> TaskNext {
        let Some(details) = codes.into_iter().next() else { return TaskNext::Reload(Some(NoticeKind::Saved.into())) };
        self.subject = Subject::Code(contact);
        self.destination = details.destination;
        self.is_overview_old = true;
        TaskNext::Stay
    }

    /// Whether the event leads back to the overview. What may have been changed already is waited for.
    fn is_left_by(&self, event: &Event) -> bool {
        let is_leaving = matches!(
            event,
            Event::Person(Person::Pressed(Action::Back))
                | Event::Page(Page::ResetRequested | Page::ScreenRequested { screen: Screen::Account, .. })
        );
        is_leaving && self.pending.is_none_or(|pending| pending.brings != Brings::Verdict)
    }
}

/// What it means that the service refused to send a code to an address that it took before.
fn not_sent(kind: NoticeKind) -> NoticeKind {
    if kind.is_about_input() { NoticeKind::CodeNotSent } else { kind }
}

impl Task for Form {
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, _user: &mut Option<User>, event: Event) -> TaskNext {
        if self.is_left_by(&event) {
            return if self.is_overview_old { TaskNext::Reload(None) } else { TaskNext::Done(None) };
        }
        match (event, self.subject) {
            (Event::Outcome(Outcome::Replied { id, reply, .. }), _) => {
                match self.pending.take_if(|pending| pending.call == id).map(|pending| pending.brings) {
                    Some(Brings::Verdict) => return self.on_verdict(cx, reply),
                    Some(brings @ (Brings::Code | Brings::NewCode)) => self.on_code_sent(cx, reply, brings),
                    None => {}
                }
            }
            (Event::Person(Person::Submitted(answers)), _) if self.pending.is_none() => self.on_submitted(cx, tokens, answers),
            (Event::Person(Person::Pressed(Action::SendNewCode)), Subject::Code(contact)) if self.pending.is_none() => {
                self.send_code(cx, tokens, contact, Brings::NewCode);
            }
            (Event::Person(_) | Event::Page(_) | Event::Outcome(_), _) => {}
        }
        TaskNext::Stay
    }

    fn view(&self, _core: &Core, _user: Option<&User>) -> View {
        let is_busy = self.pending.is_some();
        let details = match self.subject {
            Subject::Password | Subject::Deletion => Details::Name(self.sign_in_name.clone()),
            Subject::Value(contact) => Details::Attributes(vec![contact.attribute().to_owned()], self.sign_in_name.clone()),
            Subject::Code(_) => sent_code::details(&self.sign_in_name, self.destination.as_deref(), self.renewed_at_millis),
        };
        View::of(self.subject.screen(), is_busy, details).telling(&self.notice)
    }

    fn awaits(&self, id: u32) -> bool {
        self.pending.is_some_and(|pending| pending.call == id)
    }

    fn needs_token(&self, event: &Event) -> bool {
        match event {
            Event::Person(Person::Submitted(_) | Person::Pressed(Action::SendNewCode)) => self.pending.is_none(),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => self.is_overview_old && self.is_left_by(event),
        }
    }

    /// The form may have been open for long. Whoever changes the password proves with the same call who they are.
    fn changes_protection(&self, event: &Event) -> bool {
        let proves = self.subject == Subject::Password;
        matches!(event, Event::Person(Person::Submitted(_))) && self.subject.changes_protection() && !proves
    }

    fn tell(&mut self, cx: &mut Cx<'_>, notice: Notice) {
        self.notice = cx.show(notice);
    }
}
