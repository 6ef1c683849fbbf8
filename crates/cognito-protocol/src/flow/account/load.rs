//! Reads what the service knows of the user: the settings, the passkeys, the devices.

use super::{
    devices,
    list::MOST_PAGES,
    passkeys,
    task::{Task, TaskNext, User, overview},
};
use crate::{
    flow::{
        cx::{Core, Cx},
        event::{Event, Outcome, read_reply},
        notice::Notice,
        screen::Screen,
        tokens::Tokens,
        view::{AccountView, Details, View},
    },
    idp::GetUserRequest,
};

#[derive(Debug)]
pub(super) struct Load {
    step: Step,
    call: u32,
    /// Pages of this step so far.
    pages: u8,
    /// What is known so far.
    read: Option<User>,
    /// What was done before, to tell with the user as that left it.
    done: Option<Notice>,
}

/// What is read, in this order.
#[derive(Clone, Copy, Debug)]
enum Step {
    User,
    Passkeys,
    /// Whether the pool takes passkeys.
    Probe,
    Devices,
}

impl Load {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, done: Option<Notice>) -> Box<dyn Task> {
        let call = cx.call(GetUserRequest { access_token: tokens.access_token.clone() });
        Box::new(Self { step: Step::User, call, pages: 1, read: None, done })
    }

    /// Asks for the next page, or for what comes next; `None` when all is read.
    fn ask(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, page: Option<String>) -> Option<u32> {
        if let Some(page) = page.filter(|_| self.pages < MOST_PAGES) {
            self.pages += 1;
            return match self.step {
                Step::Passkeys => Some(passkeys::ask(cx, tokens, Some(page))),
                Step::Devices => devices::ask(cx, tokens, Some(page)),
                Step::User | Step::Probe => None,
            };
        }
        self.pages = 1;
        loop {
            let call;
            (self.step, call) = match self.step {
                Step::User => (Step::Passkeys, cx.settings().has_passkeys.then(|| passkeys::ask(cx, tokens, None))),
                Step::Passkeys => {
                    let has_none =
                        self.read.as_ref().is_some_and(|user| user.settings.passkeys.as_ref().is_some_and(Vec::is_empty));
                    (Step::Probe, has_none.then(|| passkeys::begin_registration(cx, tokens)))
                }
                Step::Probe => (Step::Devices, devices::ask(cx, tokens, None)),
                Step::Devices => return None,
            };
            if call.is_some() {
                return call;
            }
        }
    }
}

impl Task for Load {
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        let Event::Outcome(Outcome::Replied { id, reply, .. }) = event else { return TaskNext::Stay };
        if !self.awaits(id) {
            return TaskNext::Stay;
        }
        let page = match (self.step, self.read.as_mut().map(|user| &mut user.settings)) {
            (Step::Passkeys, Some(settings)) => passkeys::read_page(cx, &mut settings.passkeys, reply),
            (Step::Probe, Some(settings)) => passkeys::read_probe(&mut settings.passkeys, reply),
            (Step::Devices, Some(settings)) => devices::read_page(cx, tokens, &mut settings.devices, reply),
            (Step::User, _) | (_, None) => match read_reply::<GetUserRequest>(reply) {
                Ok(reply) => {
                    self.read = Some(reply.into());
                    Ok(None)
                }
                Err(error) => {
                    // What was known is no longer so.
                    *user = None;
                    return TaskNext::Done(Some((&error).into()));
                }
            },
        };
        // The rest of the account is there all the same.
        let page = page.unwrap_or_else(|notice| {
            self.done.get_or_insert(notice);
            None
        });
        match self.ask(cx, tokens, page) {
            Some(call) => {
                self.call = call;
                TaskNext::Stay
            }
            None => {
                *user = self.read.take();
                TaskNext::Done(self.done.take())
            }
        }
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        let account = if user.is_some() { overview(user) } else { AccountView::Loading };
        View::of(Screen::Account, true, Details::Account(account))
    }

    fn awaits(&self, id: u32) -> bool {
        id == self.call
    }
}
