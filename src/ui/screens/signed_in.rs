//! `signed-in`

use cognito_protocol::flow::Action;

use crate::{
    i18n::Key,
    ui::{
        draw::When,
        layout::{Button, Layout, Look, Text},
    },
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::Value("name")],
    buttons: &[Button { action: Action::SignOut, text: Key::SignedInSignOut, look: Look::Secondary, when: When::Always }],
    ..Layout::headed(Key::SignedInHeading)
};
