//! `sign-in`

use cognito_protocol::flow::{Action, NoticeKind, field};

use crate::{
    i18n::Key,
    ui::{
        draw::When,
        layout::{Button, Field, FieldKind, Layout, Look},
        parts::providers,
    },
};

pub(super) static LAYOUT: Layout = Layout {
    fields: &[NAME, password(FieldKind::CurrentPassword)],
    submit: Some(Key::SignInSubmit),
    buttons: BUTTONS,
    below: Some(providers),
    ..Layout::headed(Key::SignInHeading)
};

/// Where what follows the name is for the pool to say.
pub(super) static NAME_ALONE: Layout = Layout {
    fields: &[NAME, password(FieldKind::SparePassword)],
    submit: Some(Key::CommonContinue),
    submit_with_password: Some(Key::SignInSubmit),
    buttons: BUTTONS,
    below: Some(providers),
    ..Layout::headed(Key::SignInHeading)
};

const NAME: Field = Field {
    name: field::USERNAME,
    label: Key::SignInName,
    kind: FieldKind::SignInName,
    wrong: &[NoticeKind::NameMissing, NoticeKind::NameInvalid, NoticeKind::WrongCredentials],
};

const fn password(kind: FieldKind) -> Field {
    let wrong = &[NoticeKind::PasswordMissing, NoticeKind::WrongCredentials];
    Field { name: field::PASSWORD, label: Key::SignInPassword, kind, wrong }
}

const BUTTONS: &[Button] = &[
    Button { action: Action::OtherWays, text: Key::SignInOtherWays, look: Look::Secondary, when: When::OtherWaysOffered },
    Button { action: Action::SignUp, text: Key::SignInSignUp, look: Look::Secondary, when: When::SignUpOffered },
    Button { action: Action::ForgotPassword, text: Key::SignInForgotPassword, look: Look::Quiet, when: When::Always },
    Button { when: When::InFormOfAccount, ..Button::CANCEL },
];
