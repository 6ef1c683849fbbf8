//! `sign-up`

use cognito_protocol::flow::{Action, NoticeKind, field};

use crate::{
    i18n::Key,
    ui::{
        draw::When,
        layout::{Button, Field, FieldKind, Layout, Look, WRONG_NEW_PASSWORD},
    },
};

pub(super) static LAYOUT: Layout = Layout {
    fields: &[
        Field {
            name: field::USERNAME,
            label: Key::SignInName,
            kind: FieldKind::SignInName,
            wrong: &[NoticeKind::NameMissing, NoticeKind::NameInvalid, NoticeKind::UsernameExists],
        },
        Field { name: field::PASSWORD, label: Key::SignInPassword, kind: FieldKind::NewPassword, wrong: WRONG_NEW_PASSWORD },
    ],
    asks_attributes: true,
    submit: Some(Key::SignUpSubmit),
    buttons: &[Button { action: Action::Back, text: Key::SignUpSignIn, look: Look::Quiet, when: When::Always }],
    ..Layout::headed(Key::SignUpHeading)
};
