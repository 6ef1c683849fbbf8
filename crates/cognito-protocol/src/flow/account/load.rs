//! Reads what the service knows of the user.

use super::{
    devices::{DeviceListing, ListedDevices},
    passkeys::{Listed, Listing},
    task::{Task, TaskNext, User, overview},
};
use crate::{
    flow::{
        cx::{Core, Cx},
        event::{CallResult, Event, Outcome, read_reply},
        notice::Notice,
        screen::Screen,
        tokens::Tokens,
        view::{AccountView, Details, View},
    },
    idp::GetUserRequest,
};

#[derive(Debug)]
pub(super) struct Load {
    stage: Stage,
    /// What was done before, to tell with the user as that left it.
    done: Option<Notice>,
}

/// What is read.
#[derive(Debug)]
enum Stage {
    User { call: u32 },
    Passkeys { listing: Listing, user: Box<User> },
    Devices { listing: DeviceListing, user: Box<User> },
    Over,
}

impl Load {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, done: Option<Notice>) -> Box<dyn Task> {
        let call = cx.call(GetUserRequest { access_token: tokens.access_token.clone() });
        Box::new(Self { stage: Stage::User { call }, done })
    }

    fn on_user(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, reply: CallResult) -> TaskNext {
        match read_reply::<GetUserRequest>(reply) {
            Ok(reply) if cx.settings().has_passkeys => {
                self.stage = Stage::Passkeys { listing: Listing::begin(cx, tokens), user: Box::new(reply.into()) };
                TaskNext::Stay
            }
            Ok(reply) => self.list_devices(cx, tokens, user, Box::new(reply.into())),
            Err(error) => {
                // What was known is no longer so.
                *user = None;
                TaskNext::Done(Some((&error).into()))
            }
        }
    }

    fn list_devices(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, read: Box<User>) -> TaskNext {
        match DeviceListing::begin(cx, tokens) {
            Some(listing) => {
                self.stage = Stage::Devices { listing, user: read };
                TaskNext::Stay
            }
            None => self.read(user, *read),
        }
    }

    fn read(&mut self, user: &mut Option<User>, read: User) -> TaskNext {
        *user = Some(read);
        TaskNext::Done(self.done.take())
    }
}

impl Task for Load {
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        let Event::Outcome(Outcome::Replied { id, reply, .. }) = event else { return TaskNext::Stay };
        if !self.awaits(id) {
            return TaskNext::Stay;
        }
        match core::mem::replace(&mut self.stage, Stage::Over) {
            Stage::User { .. } => self.on_user(cx, tokens, user, reply),
            Stage::Passkeys { listing, user: mut read } => match listing.on_reply(cx, tokens, reply) {
                Listed::More(listing) => {
                    self.stage = Stage::Passkeys { listing, user: read };
                    TaskNext::Stay
                }
                Listed::All(passkeys) => {
                    read.settings.passkeys = passkeys;
                    self.list_devices(cx, tokens, user, read)
                }
                // The rest of the account is there all the same.
                Listed::Not(notice) => {
                    self.done.get_or_insert(notice);
                    self.list_devices(cx, tokens, user, read)
                }
            },
            Stage::Devices { listing, user: mut read } => match listing.on_reply(cx, tokens, reply) {
                ListedDevices::More(listing) => {
                    self.stage = Stage::Devices { listing, user: read };
                    TaskNext::Stay
                }
                ListedDevices::All(devices) => {
                    read.settings.devices = devices;
                    self.read(user, *read)
                }
                ListedDevices::Not(notice) => {
                    self.done.get_or_insert(notice);
                    self.read(user, *read)
                }
            },
            Stage::Over => TaskNext::Stay,
        }
    }

    fn view(&self, _core: &Core, user: Option<&User>) -> View {
        let account = if user.is_some() { overview(user) } else { AccountView::Loading };
        View::of(Screen::Account, true, Details::Account(account))
    }

    fn awaits(&self, id: u32) -> bool {
        match &self.stage {
            Stage::User { call } => *call == id,
            Stage::Devices { listing, .. } => listing.call == id,
            Stage::Passkeys { listing, .. } => listing.call == id,
            Stage::Over => false,
        }
    }
}
