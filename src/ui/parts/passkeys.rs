//! The passkeys in the account.

use cognito_protocol::flow::{Action, PasskeyEntry};
use yew::{Html, html};

use super::{
    button::action,
    entries::{Entry, entries},
    text::{paragraph, subheading},
};
use crate::{
    i18n::Key,
    ui::{
        draw::{Draw, When},
        layout::{Button, Look},
    },
};

static ADD: Button =
    Button { action: Action::AddPasskey, text: Key::AccountAddPasskey, look: Look::Secondary, when: When::Always };

/// The section.
pub(in crate::ui) fn passkeys(draw: &Draw<'_>, passkeys: &[PasskeyEntry]) -> Html {
    let rows = passkeys.iter().map(|passkey| Entry {
        id: passkey.id,
        name: if passkey.name.is_empty() { draw.text(Key::ChooseFactorPasskey) } else { &passkey.name },
        mark: None,
        since: (Key::AccountPasskeyAdded, passkey.added_at_millis),
        action: Action::RemovePasskey(passkey.id),
        button: (Key::AccountRemove, Key::AccountRemoveNamed),
    });
    html! {
        <>
            { subheading(draw.text(Key::AccountPasskeys)) }
            { paragraph(draw.text(Key::AccountPasskeysText)) }
            { for (!passkeys.is_empty()).then(|| entries(draw, Key::AccountPasskeys, rows)) }
            { action(draw, &ADD) }
        </>
    }
}
