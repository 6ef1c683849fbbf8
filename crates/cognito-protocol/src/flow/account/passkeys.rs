//! The passkeys of a signed-in person: listed, added, removed. The service gives their names, and has no operation that changes one.
//!
//! # Source
//! docs/cognito.md#passkeys

use super::{
    list,
    task::{Task, TaskNext, User, overview},
};
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

/// How much of a name is shown.
const MOST_NAME_CHARS: usize = 80;

/// Asks for a page.
pub(super) fn ask(cx: &mut Cx<'_>, tokens: &Tokens, next_token: Option<String>) -> u32 {
    cx.call(ListWebAuthnCredentialsRequest { access_token: tokens.access_token.clone(), next_token, max_results: None })
}

/// Adds a page to a list, which is `None` where the pool has none to give, and gives the token of the next.
///
/// # Errors
/// They could not be read for now.
pub(super) fn read_page(
    cx: &mut Cx<'_>,
    list: &mut Option<Vec<PasskeyEntry>>,
    reply: CallResult,
) -> Result<Option<String>, Notice> {
    let mut found = list.take().unwrap_or_default();
    let reply = match read_reply::<ListWebAuthnCredentialsRequest>(reply) {
        Ok(reply) => reply,
        Err(error) => return not_listed(&error),
    };
    found.extend(reply.credentials.into_iter().map(|credential| entry(cx.fresh_id(), credential)));
    *list = Some(found);
    Ok(reply.next_token)
}

/// Asks what to ask of the browser.
pub(super) fn begin_registration(cx: &mut Cx<'_>, tokens: &Tokens) -> u32 {
    cx.call(StartWebAuthnRegistrationRequest { access_token: tokens.access_token.clone() })
}

/// What a registration that nobody completes tells: whether the pool takes passkeys, which an empty list does not.
///
/// # Errors
/// As [`read_page`].
pub(super) fn read_probe(list: &mut Option<Vec<PasskeyEntry>>, reply: CallResult) -> Result<Option<String>, Notice> {
    match read_reply::<StartWebAuthnRegistrationRequest>(reply) {
        Ok(_) => Ok(None),
        Err(error) => {
            *list = None;
            not_listed(&error)
        }
    }
}

/// A pool that refuses has none to give: it does not say so in one way alone.
fn not_listed(error: &CallError) -> Result<Option<String>, Notice> {
    let notice = Notice::from(error);
    match error {
        CallError::Service(error) if error.status < 500 && notice.kind != NoticeKind::Throttled => Ok(None),
        CallError::Service(_) | CallError::Network | CallError::Blocked(_) | CallError::BadReply | CallError::NoSecretHash => {
            Err(notice)
        }
    }
}

fn entry(id: u32, credential: WebAuthnCredentialDescription) -> PasskeyEntry {
    PasskeyEntry {
        id,
        name: list::name(&credential.friendly_credential_name, MOST_NAME_CHARS),
        added_at_millis: list::millis(credential.created_at),
        credential_id: credential.credential_id,
    }
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
        Box::new(Self { stage: Stage::Options(begin_registration(cx, tokens)) })
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
