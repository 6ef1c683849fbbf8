//! `reset-password`

use crate::{
    i18n::Key,
    ui::layout::{Field, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::ResetPasswordSentTo, Key::ResetPasswordSent])],
    fields: &[Field::CODE, Field::NEW_PASSWORD],
    submit: Some(Key::ResetPasswordSubmit),
    ..Layout::sent_code(Key::ResetPasswordHeading)
};
