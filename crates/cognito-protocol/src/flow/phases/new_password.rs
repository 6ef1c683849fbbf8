//! `NEW_PASSWORD_REQUIRED`: the password is a temporary one, and another must take its place. Attributes that the pool requires and does not
//! have are asked for with it.

use crate::{
    Secret,
    flow::{
        attributes,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Person, read_reply},
        form::{Action, Answers, field},
        notice::{Notice, NoticeKind},
        open_challenge::OpenChallenge,
        phase::{Credentials, Goto, Next, Phase, Standing},
        screen::Screen,
        view::{Details, Shown, View},
    },
    idp::{AuthReply, ChallengeName, RespondToAuthChallengeRequest, StringMap},
};

/// What the names of attributes begin with in this challenge.
const PREFIX: &str = "userAttributes.";

/// The parameter that names those which are asked for.
const REQUIRED: &str = "requiredAttributes";

#[derive(Debug)]
pub(in crate::flow) struct ChoosingPassword {
    sign_in_name: String,
    user_id: String,
    session: Option<Secret>,
    /// The names of the attributes that are asked for, and nothing of those that the account has.
    parameters: StringMap,
    /// Those that are asked for.
    attributes: Vec<String>,
    pending: Option<Pending>,
    notice: Option<Shown>,
    /// The timer of the session's life.
    session_timer: u32,
    session_over: bool,
}

/// The call, and the password that is in force once it succeeds.
#[derive(Debug)]
struct Pending {
    call: u32,
    password: Secret,
}

impl ChoosingPassword {
    /// The temporary password is needed no more.
    pub fn new(cx: &mut Cx<'_>, sign_in_name: String, user_id: String, reply: AuthReply) -> Self {
        let names = reply.challenge_parameters.get(REQUIRED).unwrap_or_default();
        let (parameters, attributes) = (StringMap::of([(REQUIRED, names)]), required(names));
        Self {
            sign_in_name,
            user_id,
            session: reply.session,
            parameters,
            attributes,
            pending: None,
            notice: None,
            session_timer: cx.start_session_timer(),
            session_over: false,
        }
    }

    fn on_submitted(&mut self, cx: &mut Cx<'_>, mut answers: Answers) {
        let Some(password) = answers.take(field::NEW_PASSWORD) else { return };
        let read = if password.is_empty() {
            Err(NoticeKind::NewPasswordMissing)
        } else {
            attributes::read(&self.attributes, &mut answers)
        };
        self.notice = match read {
            Err(kind) => cx.show(kind),
            Ok(attributes) => {
                let mut responses = StringMap::of([("USERNAME", &self.user_id)]);
                responses.insert("NEW_PASSWORD", password.clone());
                for (name, value) in attributes {
                    responses.insert(&[PREFIX, &name].concat(), value);
                }
                let call = cx.respond(ChallengeName::NewPasswordRequired, self.session.clone(), responses);
                self.pending = Some(Pending { call, password });
                None
            }
        };
    }

    fn on_reply(&mut self, cx: &mut Cx<'_>, reply: CallResult, password: Secret) -> Next {
        match read_reply::<RespondToAuthChallengeRequest>(reply) {
            Ok(reply) => {
                let credentials = Credentials::of(self.sign_in_name.clone(), Some(password));
                Goto::Replied { credentials, user_id: core::mem::take(&mut self.user_id), reply }.into()
            }
            Err(error) => {
                let notice = Notice::from(&error);
                if self.session_over {
                    self.to_form(Some(NoticeKind::SessionOver.into()))
                } else if notice.kind.leaves_challenge_open() || notice.kind.is_about_input() {
                    self.notice = cx.show(notice);
                    Next::Stay
                } else {
                    self.to_form(Some(notice))
                }
            }
        }
    }

    fn to_form(&self, notice: Option<Notice>) -> Next {
        Goto::Form { sign_in_name: self.sign_in_name.clone(), notice }.into()
    }
}

/// The names in a JSON array as text; they contain nothing that JSON would escape.
fn required(names: &str) -> Vec<String> {
    names.split('"').filter_map(|name| name.strip_prefix(PREFIX)).map(str::to_owned).collect()
}

impl Phase for ChoosingPassword {
    fn standing(&self) -> Standing {
        Standing::SigningIn
    }

    fn on(&mut self, cx: &mut Cx<'_>, event: Event) -> Next {
        match event {
            Event::Person(Person::Submitted(answers)) if self.pending.is_none() => self.on_submitted(cx, answers),
            Event::Outcome(Outcome::Replied { id, reply, .. }) => {
                if let Some(pending) = self.pending.take_if(|pending| pending.call == id) {
                    return self.on_reply(cx, reply, pending.password);
                }
            }
            Event::Outcome(Outcome::TimerFired { id }) if id == self.session_timer => {
                if self.pending.is_none() {
                    return self.to_form(Some(NoticeKind::SessionOver.into()));
                }
                self.session_over = true;
            }
            Event::Person(Person::Pressed(Action::Back)) => return self.to_form(None),
            Event::Person(_) | Event::Page(_) | Event::Outcome(_) => {}
        }
        Next::Stay
    }

    fn open_challenge(&self) -> Option<OpenChallenge<'_>> {
        self.session.as_ref().filter(|_| self.pending.is_none()).map(|session| OpenChallenge {
            session_timer: self.session_timer,
            name: &ChallengeName::NewPasswordRequired,
            session,
            parameters: &self.parameters,
            user_id: &self.user_id,
            sign_in_name: &self.sign_in_name,
        })
    }

    fn view(&self, _core: &Core) -> View {
        let details = Details::Attributes(self.attributes.clone(), self.sign_in_name.clone());
        View::of(Screen::NewPassword, self.pending.is_some(), details).telling(&self.notice)
    }
}
