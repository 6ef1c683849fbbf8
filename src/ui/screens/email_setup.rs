//! `email-setup`

use cognito_protocol::flow::{NoticeKind, field};

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, FieldKind, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::EmailSetupText])],
    fields: &[Field {
        name: field::EMAIL,
        label: Key::EmailSetupEmail,
        kind: FieldKind::Email,
        wrong: &[NoticeKind::EmailInvalid],
    }],
    submit: Some(Key::EmailSetupSubmit),
    buttons: &[Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::EmailSetupHeading)
};
