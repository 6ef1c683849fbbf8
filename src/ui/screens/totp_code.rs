//! `totp-code`

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::TotpCodeText])],
    fields: &[Field::CODE],
    submit: Some(Key::CommonVerify),
    buttons: &[Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::TotpCodeHeading)
};
