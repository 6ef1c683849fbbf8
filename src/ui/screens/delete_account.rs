//! `delete-account`

use crate::{
    i18n::Key,
    ui::layout::{Button, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::Value("name"), Text::FirstFilled(&[Key::DeleteAccountText])],
    submit: Some(Key::DeleteAccountSubmit),
    buttons: &[Button::CANCEL],
    ..Layout::headed(Key::DeleteAccountHeading)
};
