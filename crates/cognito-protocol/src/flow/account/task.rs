//! What every task on the account is: something that a signed-in person wants done, with one call or several.

use core::fmt;

use crate::{
    flow::{
        contact::Contact,
        cx::{Core, Cx},
        event::Event,
        factor::Factor,
        notice::Notice,
        tokens::Tokens,
        view::{AccountSettings, AccountView, ContactDetail, DeviceEntry, PasskeyEntry, View},
    },
    idp::GetUserReply,
    text,
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

    /// Whether the event changes what protects the account, although that began some time ago.
    fn changes_protection(&self, _event: &Event) -> bool {
        false
    }

    /// What the browser asks for, where its dialog is open.
    fn open_prompt(&self) -> Option<u32> {
        None
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
    /// The same, and the service alone knows what the user is like now.
    Reload(Option<Notice>),
    /// The user is no more.
    Deleted,
}

/// What is known of the user.
#[derive(Clone, Debug)]
pub(in crate::flow) struct User {
    pub settings: AccountSettings,
}

impl User {
    pub fn has(&self, factor: Factor) -> bool {
        self.settings.factors.contains(&factor)
    }

    /// The device of that number.
    pub fn device(&self, id: u32) -> Option<&DeviceEntry> {
        self.settings.devices.as_ref()?.iter().find(|device| device.id == id)
    }

    /// The passkey of that number.
    pub fn passkey(&self, id: u32) -> Option<&PasskeyEntry> {
        self.settings.passkeys.as_ref()?.iter().find(|passkey| passkey.id == id)
    }
}

impl From<GetUserReply> for User {
    fn from(reply: GetUserReply) -> Self {
        // That passkeys count as a second factor is no setting of the user here.
        let named = |name: &str| Factor::named(name).filter(|factor| *factor != Factor::Passkey);
        let factors = reply.user_mfa_setting_list.iter().filter_map(|name| named(name)).collect();
        let preferred = reply.preferred_mfa_setting.as_deref().and_then(named);
        let attribute = |name: &str| {
            let found = reply.user_attributes.iter().find(|attribute| attribute.name == name);
            found.and_then(|attribute| attribute.value.clone())
        };
        let contact = |name: &str| {
            // The service writes the flags as text.
            let is_verified = attribute(&[name, "_verified"].concat()).is_some_and(|value| value == "true");
            let value = attribute(name).filter(|value| !value.is_empty())?;
            Some(ContactDetail { value, is_verified })
        };
        let provider = attribute("identities").and_then(|identities| provider(&reply.username, &identities));
        let (email, phone_number) = (contact(Contact::Email.attribute()), contact(Contact::PhoneNumber.attribute()));
        Self { settings: AccountSettings { factors, preferred, email, phone_number, provider, passkeys: None, devices: None } }
    }
}

/// The provider whose user this is: the username begins with its name, which the attribute `identities`, JSON, has as well. Case may differ.
/// An account to which identities were only linked has a username of its own, and a password.
fn provider(username: &str, identities: &str) -> Option<String> {
    let folded = identities.to_ascii_lowercase();
    username.match_indices('_').find_map(|(end, _)| {
        let name = username.get(..end).filter(|name| !name.is_empty())?;
        let (before, _) = text::cut(&folded, &["\"", &name.to_ascii_lowercase(), "\""].concat())?;
        let begin = before.len() + 1;
        identities.get(begin..begin + end).map(str::to_owned)
    })
}

/// The overview; `Unknown` where the user could not be read.
pub(super) fn overview(user: Option<&User>) -> AccountView {
    user.map_or(AccountView::Unknown, |user| AccountView::Ready(user.settings.clone()))
}
