//! `custom-challenge`. The public parameters `title` and `hint` say what is asked.

use cognito_protocol::flow::field;

use crate::{
    i18n::Key,
    ui::layout::{Button, Field, FieldKind, Heading, Layout, Text, WRONG_ANSWER},
};

pub(super) static LAYOUT: Layout = Layout {
    heading: Some(Heading::Parameter("title", Key::CustomChallengeHeading)),
    texts: &[Text::Value("hint")],
    fields: &[Field { name: field::ANSWER, label: Key::CustomChallengeAnswer, kind: FieldKind::Answer, wrong: WRONG_ANSWER }],
    submit: Some(Key::CommonContinue),
    buttons: &[Button::BACK_TO_SIGN_IN],
    ..Layout::headed(Key::CustomChallengeHeading)
};
