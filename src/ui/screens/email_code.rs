//! `email-code`

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::EmailCodeSentTo, Key::EmailCodeSent])],
    fields: &[Field::CODE],
    submit: Some(Key::CommonVerify),
    buttons: &[Button::SEND_NEW_CODE, Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::EmailCodeHeading)
};
