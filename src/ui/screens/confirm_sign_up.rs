//! `confirm-sign-up`

use crate::{
    i18n::Key,
    ui::layout::{Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::CommonCodeSentTo, Key::ConfirmSignUpText])],
    submit: Some(Key::ConfirmSignUpSubmit),
    ..Layout::sent_code(Key::ConfirmSignUpHeading)
};
