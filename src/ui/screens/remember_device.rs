//! `remember-device`

use cognito_protocol::flow::Action;

use crate::{
    i18n::Key,
    ui::{
        draw::When,
        layout::{Button, Layout, Look, Text},
    },
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::RememberDeviceText])],
    buttons: &[
        Button { action: Action::RememberDevice, text: Key::RememberDeviceRemember, look: Look::Primary, when: When::Always },
        Button { action: Action::NotNow, text: Key::RememberDeviceNotNow, look: Look::Secondary, when: When::Always },
    ],
    ..Layout::headed(Key::RememberDeviceHeading)
};
