//! `sign-in`

use cognito_protocol::flow::{Action, NoticeKind, field};

use crate::{
    i18n::Key,
    ui::{
        draw::When,
        layout::{Button, Field, FieldKind, Layout, Look},
    },
};

pub(super) static LAYOUT: Layout = Layout {
    fields: &[
        Field {
            name: field::USERNAME,
            label: Key::SignInName,
            kind: FieldKind::SignInName,
            wrong: &[NoticeKind::NameMissing, NoticeKind::NameInvalid, NoticeKind::WrongCredentials],
        },
        Field {
            name: field::PASSWORD,
            label: Key::SignInPassword,
            kind: FieldKind::CurrentPassword,
            wrong: &[NoticeKind::PasswordMissing, NoticeKind::WrongCredentials],
        },
    ],
    submit: Some(Key::SignInSubmit),
    buttons: &[
        Button { action: Action::SignUp, text: Key::SignInSignUp, look: Look::Secondary, when: When::SignUpOffered },
        Button { action: Action::ForgotPassword, text: Key::SignInForgotPassword, look: Look::Quiet, when: When::Always },
        Button { when: When::InFormOfAccount, ..Button::CANCEL },
    ],
    ..Layout::headed(Key::SignInHeading)
};
