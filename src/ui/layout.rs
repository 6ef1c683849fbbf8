//! What a screen is made of, as data: one drawing function reads it, and a screen is a static of its own.

use cognito_protocol::flow::{Action, NoticeKind, field};
use yew::Html;

use super::draw::{Draw, When};
use crate::i18n::Key;

/// A screen. From top to bottom: heading, texts, `above`, notice, form, buttons, `below`.
pub(in crate::ui) struct Layout {
    /// The heading; only the screen that is there before anything is known has none.
    pub heading: Option<Heading>,
    /// Paragraphs.
    pub texts: &'static [Text],
    /// What is no form, above the notice.
    pub above: Option<Extra>,
    /// The fields of the form, and the button that submits it; without one there is no form.
    pub fields: &'static [Field],
    /// After these come fields for attributes of the user, which [`Draw::asked_attributes`] names.
    pub asks_attributes: bool,
    /// The text of that button.
    pub submit: Option<Key>,
    /// Its text once a spare password is there.
    pub submit_with_password: Option<Key>,
    /// Other buttons.
    pub buttons: &'static [Button],
    /// What is no form, at the end.
    pub below: Option<Extra>,
}

/// Draws what is neither text nor form: the QR code, a list.
pub(in crate::ui) type Extra = fn(&Draw<'_>) -> Html;

/// A heading.
pub(in crate::ui) enum Heading {
    /// A text.
    Text(Key),
    /// A public parameter of the challenge, else a text.
    Parameter(&'static str, Key),
}

/// A paragraph.
pub(in crate::ui) enum Text {
    /// The first of these texts whose placeholders all have a value.
    FirstFilled(&'static [Key]),
    /// What the view has by that name; nothing where it has none.
    Value(&'static str),
}

/// An input with its label.
pub(in crate::ui) struct Field {
    /// The name in the form, which the machine reads the answer by.
    pub name: &'static str,
    /// The visible label; of a sign-in name that of the pool's kind.
    pub label: Key,
    /// What it takes.
    pub kind: FieldKind,
    /// The notices that are about it.
    pub wrong: &'static [NoticeKind],
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum FieldKind {
    /// A sign-in name of the pool's kind.
    SignInName,
    /// The password that is in force.
    CurrentPassword,
    /// The same where nobody asks for it: out of sight until a password manager has filled it in.
    SparePassword,
    /// A password that is chosen now, with the pool's rules as a live checklist.
    NewPassword,
    /// A code that was sent or that an app shows. Its length is the pool's matter.
    Code,
    /// An answer in the person's own words.
    Answer,
    /// One of the choices that the view has.
    Choice,
    /// An e-mail address.
    Email,
}

impl FieldKind {
    /// Whether what was typed is nobody else's business.
    pub fn is_secret(self) -> bool {
        match self {
            Self::CurrentPassword | Self::SparePassword | Self::NewPassword | Self::Code | Self::Answer => true,
            Self::SignInName | Self::Choice | Self::Email => false,
        }
    }

    /// Whether what was typed goes when a notice comes. All else is kept.
    pub fn is_emptied_by_notice(self) -> bool {
        match self {
            Self::Code | Self::Answer => true,
            Self::SignInName | Self::CurrentPassword | Self::SparePassword | Self::NewPassword | Self::Choice | Self::Email => {
                false
            }
        }
    }
}

/// A button beside the one that submits.
pub(in crate::ui) struct Button {
    pub action: Action,
    pub text: Key,
    pub look: Look,
    /// Whether it is there.
    pub when: When,
}

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Look {
    /// What the screen is for; submits its form.
    Primary,
    /// Another way to go on.
    Secondary,
    /// The same, and what the person left the account by: the focus comes back to it.
    WayBack,
    /// A way back, or a small help.
    Quiet,
}

impl Layout {
    /// A screen with a heading and nothing else.
    pub const fn headed(heading: Key) -> Self {
        Self {
            heading: Some(Heading::Text(heading)),
            texts: &[],
            above: None,
            fields: &[],
            asks_attributes: false,
            submit: None,
            submit_with_password: None,
            buttons: &[],
            below: None,
        }
    }

    /// A screen for a code that was sent somewhere.
    pub const fn sent_code(heading: Key) -> Self {
        Self {
            texts: &[Text::FirstFilled(&[Key::CommonCodeSentTo, Key::CommonCodeSent])],
            fields: &[Field::CODE],
            submit: Some(Key::CommonVerify),
            buttons: &[Button::SEND_NEW_CODE, Button::BACK_TO_SIGN_IN],
            ..Self::headed(heading)
        }
    }

    /// A screen for a code that verifies an address or number of the account. Whether one was sent is told by where it went.
    pub const fn verification(heading: Key) -> Self {
        Self {
            texts: &[Text::FirstFilled(&[Key::CommonCodeSentTo])],
            buttons: &[Button::SEND_NEW_CODE, Button::CANCEL],
            ..Self::sent_code(heading)
        }
    }

    /// A screen for an address or number of the account.
    pub const fn contact(heading: Key) -> Self {
        Self {
            texts: &[Text::FirstFilled(&[Key::ChangeContactText])],
            asks_attributes: true,
            submit: Some(Key::CommonSave),
            buttons: &[Button::CANCEL],
            ..Self::headed(heading)
        }
    }
}

impl Field {
    /// A code.
    pub const CODE: Self =
        Self { name: field::CODE, label: Key::CommonVerificationCode, kind: FieldKind::Code, wrong: WRONG_ANSWER };
}

impl Field {
    /// A password in the place of another.
    pub const NEW_PASSWORD: Self = Self {
        name: field::NEW_PASSWORD,
        label: Key::CommonNewPassword,
        kind: FieldKind::NewPassword,
        wrong: WRONG_NEW_PASSWORD,
    };
}

/// The notices about a password that is chosen.
pub(in crate::ui) const WRONG_NEW_PASSWORD: &[NoticeKind] =
    &[NoticeKind::NewPasswordMissing, NoticeKind::InvalidPassword, NoticeKind::PasswordUsedBefore];

/// The notices about a code or an answer.
pub(in crate::ui) const WRONG_ANSWER: &[NoticeKind] = &[
    NoticeKind::CodeMissing,
    NoticeKind::AnswerMissing,
    NoticeKind::WrongCode,
    NoticeKind::CodeExpired,
    NoticeKind::CodeUsed,
    NoticeKind::ClockOff,
];

impl Button {
    /// The way back to the form.
    pub const BACK_TO_SIGN_IN: Self =
        Self { action: Action::Back, text: Key::CommonBackToSignIn, look: Look::Quiet, when: When::Always };

    /// The way back to the account's settings.
    pub const CANCEL: Self = Self { action: Action::Back, text: Key::CommonCancel, look: Look::Quiet, when: When::Always };

    /// Asks for a new code, where one can be had.
    pub const SEND_NEW_CODE: Self =
        Self { action: Action::SendNewCode, text: Key::CommonSendNewCode, look: Look::Quiet, when: When::Renewable };
}
