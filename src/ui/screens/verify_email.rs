//! `verify-email`

use crate::{
    i18n::Key,
    ui::layout::{Button, Layout},
};

pub(super) static LAYOUT: Layout =
    Layout { buttons: &[Button::SEND_NEW_CODE, Button::CANCEL], ..Layout::sent_code(Key::EmailCodeHeading) };
