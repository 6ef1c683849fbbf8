//! Reads what the service knows of the user.

use super::task::{Task, TaskNext, User};
use crate::{
    flow::{
        cx::{Core, Cx},
        event::{Event, Outcome, read_reply},
        screen::Screen,
        tokens::Tokens,
        view::{AccountView, Details, View},
    },
    idp::GetUserRequest,
};

#[derive(Debug)]
pub(super) struct Load {
    call: u32,
}

impl Load {
    pub fn begin(cx: &mut Cx<'_>, tokens: &Tokens) -> Box<dyn Task> {
        Box::new(Self { call: cx.call(GetUserRequest { access_token: tokens.access_token.clone() }) })
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
                TaskNext::Done(None)
            }
            Err(error) => TaskNext::Done(Some((&error).into())),
        }
    }

    fn view(&self, _core: &Core, _user: Option<&User>) -> View {
        View::of(Screen::Account, true, Details::Account(AccountView::Loading))
    }

    fn awaits(&self, id: u32) -> bool {
        id == self.call
    }
}
