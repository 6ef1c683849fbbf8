//! `choose-mfa`

use cognito_protocol::flow::field;

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, FieldKind, Layout, WRONG_ANSWER},
};

pub(super) static LAYOUT: Layout = Layout {
    fields: &[Field { name: field::CHOICE, label: Key::ChooseMfaHeading, kind: FieldKind::Choice, wrong: WRONG_ANSWER }],
    submit: Some(Key::CommonContinue),
    buttons: &[Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::ChooseMfaHeading)
};
