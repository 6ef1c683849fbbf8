//! `change-password`

use cognito_protocol::flow::{NoticeKind, field};

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, FieldKind, Layout},
};

pub(super) static LAYOUT: Layout = Layout {
    fields: &[
        Field {
            name: field::PASSWORD,
            label: Key::ChangePasswordCurrent,
            kind: FieldKind::CurrentPassword,
            wrong: &[NoticeKind::PasswordMissing, NoticeKind::WrongPassword],
        },
        Field::NEW_PASSWORD,
    ],
    submit: Some(Key::ResetPasswordSubmit),
    buttons: &[Button::CANCEL],
    ..Layout::headed(Key::ChangePasswordHeading)
};
