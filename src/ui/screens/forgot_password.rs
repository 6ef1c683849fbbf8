//! `forgot-password`

use cognito_protocol::flow::{NoticeKind, field};

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, FieldKind, Layout, Text},
};

pub(super) static LAYOUT: Layout = Layout {
    texts: &[Text::FirstFilled(&[Key::ForgotPasswordText])],
    fields: &[Field {
        name: field::USERNAME,
        label: Key::SignInName,
        kind: FieldKind::SignInName,
        wrong: &[NoticeKind::NameMissing, NoticeKind::NameInvalid],
    }],
    submit: Some(Key::ForgotPasswordSubmit),
    buttons: &[Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::ForgotPasswordHeading)
};
