//! What every task on the account is: something that a signed-in person wants done, with one call or several.

use core::fmt;

use crate::{
    flow::{
        cx::{Core, Cx},
        event::Event,
        notice::Notice,
        tokens::Tokens,
        view::{AccountView, View},
    },
    idp::GetUserReply,
};

/// A task under way.
pub(in crate::flow) trait Task: fmt::Debug {
    /// What an event leads to. `user` is what is known of the user; a task that changes something changes it there too.
    fn on(&mut self, cx: &mut Cx<'_>, tokens: &Tokens, user: &mut Option<User>, event: Event) -> TaskNext;

    /// What to draw.
    fn view(&self, core: &Core, user: Option<&User>) -> View;

    /// Whether the call with this id is waited for.
    fn awaits(&self, id: u32) -> bool;

    /// Whether the event makes it call the service, which needs an access token that lives.
    fn needs_token(&self, _event: &Event) -> bool {
        false
    }

    /// The tokens could not be refreshed for now.
    fn tell(&mut self, _cx: &mut Cx<'_>, _notice: Notice) {}
}

/// What an event did to a task.
pub(in crate::flow) enum TaskNext {
    /// It goes on.
    Stay,
    /// It is over, with what to tell in the overview.
    Done(Option<Notice>),
}

/// What is known of the user.
#[derive(Clone, Debug)]
pub(in crate::flow) struct User {
    pub email: Option<String>,
    pub has_authenticator: bool,
}

impl From<GetUserReply> for User {
    fn from(reply: GetUserReply) -> Self {
        let has_authenticator = reply.user_mfa_setting_list.iter().any(|factor| factor == "SOFTWARE_TOKEN_MFA");
        let email = reply.user_attributes.into_iter().find(|attribute| attribute.name == "email");
        Self { email: email.and_then(|attribute| attribute.value), has_authenticator }
    }
}

/// The overview; `Unknown` where the user could not be read.
pub(super) fn overview(user: Option<&User>) -> AccountView {
    user.map_or(AccountView::Unknown, |user| AccountView::Ready { has_authenticator: user.has_authenticator })
}
