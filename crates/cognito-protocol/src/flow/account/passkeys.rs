//! The passkeys of a signed-in person: listed, added, removed. The service gives their names, and has no operation that changes one.
//!
//! # Source
//! docs/cognito.md#passkeys

use super::task::{Task, TaskNext, User, overview};
use crate::{
    flow::{
        call_error::CallError,
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, Page, Person, read_reply},
        form::Action,
        notice::{Notice, NoticeKind},
        passkey::Ceremony,
        screen::Screen,
        tokens::Tokens,
        view::{Details, PasskeyEntry, View},
    },
    idp::{
        CompleteWebAuthnRegistrationRequest, DeleteWebAuthnCredentialRequest, ErrorCode, Json, ListWebAuthnCredentialsRequest,
        StartWebAuthnRegistrationRequest, WebAuthnCredentialDescription,
    },
};

/// How many pages are read at most. A user has twenty passkeys at most, which is one page.
const MOST_PAGES: u8 = 5;
/// How much of a name is shown.
const MOST_NAME_CHARS: usize = 80;
/// The end of time for a JavaScript date, in milliseconds.
const LAST_MILLIS: f64 = 8.64e15;

/// The list, while it is read.
#[derive(Debug)]
pub(super) struct Listing {
    pub call: u32,
    pages: u8,
    found: Vec<PasskeyEntry>,
    /// An empty list does not tell whether the pool takes passkeys, so a registration is begun that nobody completes.
    is_probe: bool,
}

/// What a page of the list led to.
pub(super) enum Listed {
    More(Listing),
    /// All of them; `None` where the pool has none to give.
    All(Option<Vec<PasskeyEntry>>),
    /// They could not be read for now.
    Not(Notice),
}

impl Listing {
    /// Asks for the first page.
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens) -> Self {
        Self { call: ask(cx, tokens, None), pages: 1, found: Vec::new(), is_probe: false }
    }

    pub fn on_reply(mut self, cx: &mut Cx<'_>, tokens: &Tokens, reply: CallResult) -> Listed {
        if self.is_probe {
            return match read_reply::<StartWebAuthnRegistrationRequest>(reply) {
                Ok(_) => Listed::All(Some(self.found)),
                Err(error) => not_listed(&error),
            };
        }
        let reply = match read_reply::<ListWebAuthnCredentialsRequest>(reply) {
            Ok(reply) => reply,
            Err(error) => return not_listed(&error),
        };
        self.found.extend(reply.credentials.into_iter().map(|credential| entry(cx.fresh_id(), credential)));
        match reply.next_token {
            Some(next) if self.pages < MOST_PAGES => {
                Listed::More(Self { call: ask(cx, tokens, Some(next)), pages: self.pages + 1, ..self })
            }
            Some(_) | None if self.found.is_empty() => {
                let call = cx.call(StartWebAuthnRegistrationRequest { access_token: tokens.access_token.clone() });
                Listed::More(Self { call, is_probe: true, ..self })
            }
            Some(_) | None => Listed::All(Some(self.found)),
        }
    }
}

fn ask(cx: &mut Cx<'_>, tokens: &Tokens, next_token: Option<String>) -> u32 {
    cx.call(ListWebAuthnCredentialsRequest { access_token: tokens.access_token.clone(), next_token, max_results: None })
}

/// A pool that refuses has none to give: it does not say so in one way alone.
fn not_listed(error: &CallError) -> Listed {
    let notice = Notice::from(error);
    match error {
        CallError::Service(error) if error.status < 500 && notice.kind != NoticeKind::Throttled => Listed::All(None),
        CallError::Service(_) | CallError::Network | CallError::Blocked(_) | CallError::BadReply | CallError::NoSecretHash => {
            Listed::Not(notice)
        }
    }
}

fn entry(id: u32, credential: WebAuthnCredentialDescription) -> PasskeyEntry {
    let name = credential.friendly_credential_name;
    let name = name.trim().chars().filter(|char| !char.is_control()).take(MOST_NAME_CHARS).collect();
    let millis = credential.created_at * 1000.0;
    #[allow(clippy::cast_possible_truncation)]
    let added_at_millis = (millis > 0.0 && millis < LAST_MILLIS).then_some(millis as i64);
    PasskeyEntry { id, name, added_at_millis, credential_id: credential.credential_id }
}

/// A passkey is being added.
#[derive(Debug)]
pub(super) struct Add {
    stage: Stage,
}

/// What is waited for.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// What to ask of the browser.
    Options(u32),
    /// The browser.
    Prompt(u32),
    /// The service's word.
    Verdict(u32),
}

impl Add {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens) -> Box<dyn Task> {
        let call = cx.call(StartWebAuthnRegistrationRequest { access_token: tokens.access_token.clone() });
        Box::new(Self { stage: Stage::Options(call) })
    }

    fn on_options(&mut self, cx: &mut Cx<'_>, user: &mut Option<User>, reply: CallResult) -> TaskNext {
        let error = match read_reply::<StartWebAuthnRegistrationRequest>(reply) {
            Ok(reply) if matches!(reply.credential_creation_options, Json::Object(_)) => {
                self.stage = Stage::Prompt(cx.ask_passkey(Ceremony::Registration, reply.credential_creation_options));
                return TaskNext::Stay;
            }
            Ok(_) => return over(NoticeKind::BadReply),
            Err(error) => error,
        };
        let notice = refusal(&error);
        if notice.kind == NoticeKind::PasskeysOff
            && let Some(User { settings }) = user
        {
            // Those that there are may be removed still.
            settings.passkeys = settings.passkeys.take().filter(|passkeys| !passkeys.is_empty());
        }
        TaskNext::Done(Some(notice))
    }
}

fn over(kind: NoticeKind) -> TaskNext {
    TaskNext::Done(Some(kind.into()))
}

/// What a refusal to add means: a quota is that of passkeys.
fn refusal(error: &CallError) -> Notice {
    let is_quota = matches!(error, CallError::Service(error) if error.code == ErrorCode::LimitExceeded);
    Notice::from(error).read_as(|kind| if is_quota { NoticeKind::PasskeyLimit } else { kind })
}

impl Task for Add {
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        match (event, self.stage) {
            (Event::Outcome(Outcome::Replied { id, reply, .. }), Stage::Options(call)) if id == call => {
                return self.on_options(cx, user, reply);
            }
            (Event::Outcome(Outcome::PasskeyAnswered { id, answer }), Stage::Prompt(prompt)) if id == prompt => match answer {
                Ok(credential @ Json::Object(_)) => {
                    let access_token = tokens.access_token.clone();
                    self.stage = Stage::Verdict(cx.call(CompleteWebAuthnRegistrationRequest { access_token, credential }));
                }
                Ok(_) => return over(NoticeKind::PasskeyFailed),
                Err(failure) => return over(failure.notice()),
            },
            (Event::Outcome(Outcome::Replied { id, reply, .. }), Stage::Verdict(call)) if id == call => {
                return match reply {
                    // Its name and date are for the service to tell.
                    Ok(_) => TaskNext::Reload(Some(NoticeKind::PasskeyAdded.into())),
                    Err(error) => TaskNext::Done(Some(refusal(&error))),
                };
            }
            // What may have been added already is waited for.
            (event, Stage::Options(_) | Stage::Prompt(_)) if is_leaving(&event) => return TaskNext::Done(None),
            (Event::Person(_) | Event::Page(_) | Event::Outcome(_), _) => {}
        }
        TaskNext::Stay
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        View::of(Screen::Account, true, Details::Account(overview(user)))
    }

    fn awaits(&self, id: u32) -> bool {
        match self.stage {
            Stage::Options(call) | Stage::Verdict(call) => call == id,
            Stage::Prompt(_) => false,
        }
    }

    fn needs_token(&self, event: &Event) -> bool {
        matches!((event, self.stage), (Event::Outcome(Outcome::PasskeyAnswered { id, answer: Ok(_) }), Stage::Prompt(prompt)) if *id == prompt)
    }

    fn open_prompt(&self) -> Option<u32> {
        match self.stage {
            Stage::Prompt(id) => Some(id),
            Stage::Options(_) | Stage::Verdict(_) => None,
        }
    }
}

fn is_leaving(event: &Event) -> bool {
    matches!(
        event,
        Event::Person(Person::Pressed(Action::Back))
            | Event::Page(Page::ResetRequested | Page::ScreenRequested { screen: Screen::Account, .. })
    )
}

/// A passkey is being removed.
#[derive(Debug)]
pub(super) struct Remove {
    entry: u32,
    call: u32,
}

impl Remove {
    /// `None` where there is no such passkey any more.
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, user: &User, entry: u32) -> Option<Box<dyn Task>> {
        let passkey = user.passkey(entry)?;
        let access_token = tokens.access_token.clone();
        let call = cx.call(DeleteWebAuthnCredentialRequest { access_token, credential_id: passkey.credential_id.clone() });
        Some(Box::new(Self { entry, call }))
    }
}

impl Task for Remove {
    fn on(&mut self, _cx: &mut Cx<'_>, _tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        let Event::Outcome(Outcome::Replied { id, reply, .. }) = event else { return TaskNext::Stay };
        if id != self.call {
            return TaskNext::Stay;
        }
        match reply {
            Err(CallError::Service(error)) if error.code == ErrorCode::ResourceNotFound => {}
            Err(error) => return TaskNext::Done(Some((&error).into())),
            Ok(_) => {}
        }
        if let Some(User { settings }) = user
            && let Some(passkeys) = &mut settings.passkeys
        {
            passkeys.retain(|passkey| passkey.id != self.entry);
        }
        over(NoticeKind::PasskeyRemoved)
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        View::of(Screen::Account, true, Details::Account(overview(user)))
    }

    fn awaits(&self, id: u32) -> bool {
        id == self.call
    }
}
