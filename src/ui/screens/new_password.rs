//! `new-password`

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::NewPasswordText])],
    fields: &[Field::NEW_PASSWORD],
    asks_attributes: true,
    submit: Some(Key::NewPasswordSubmit),
    buttons: &[Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::NewPasswordHeading)
};
