//! Reads what the service knows of the user.

use super::task::{Task, TaskNext, User, overview};
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
    call: u32,
    /// What was done before, to tell with the user as that left it.
    done: Option<Notice>,
}

impl Load {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens, done: Option<Notice>) -> Box<dyn Task> {
        Box::new(Self { call: cx.call(GetUserRequest { access_token: tokens.access_token.clone() }), done })
    }
}

impl Task for Load {
    fn on(&mut self, _cx: &mut Cx<'_>, _tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext {
        let Event::Outcome(Outcome::Replied { id, reply, .. }) = event else { return TaskNext::Stay };
        if id != self.call {
            return TaskNext::Stay;
        }
        match read_reply::<GetUserRequest>(reply) {
            Ok(reply) => {
                *user = Some(reply.into());
                TaskNext::Done(self.done.take())
            }
            Err(error) => {
                // What was known is no longer so.
                *user = None;
                TaskNext::Done(Some((&error).into()))
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
