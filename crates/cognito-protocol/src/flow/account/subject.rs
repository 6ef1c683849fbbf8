//! What a form in the account is about: its screen, its call, and what a refusal means there.

use crate::{
    flow::{
        attributes,
        challenge::definition::read_code,
        contact::Contact,
        cx::Cx,
        form::{Action, Answers, field},
        notice::NoticeKind,
        screen::Screen,
        tokens::Tokens,
    },
    idp::{Attribute, ChangePasswordRequest, DeleteUserRequest, UpdateUserAttributesRequest, VerifyUserAttributeRequest},
};

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The password in force, and another.
    Password,
    /// Another address or number.
    Value(Contact),
    /// The code that verifies it.
    Code(Contact),
    /// Whether the account is to be deleted.
    Deletion,
}

impl Subject {
    /// What a button opens.
    pub fn of_action(action: Action) -> Option<Self> {
        match action {
            Action::ChangePassword => Some(Self::Password),
            Action::ChangeContact(contact) => Some(Self::Value(contact)),
            Action::VerifyContact(contact) => Some(Self::Code(contact)),
            Action::DeleteAccount => Some(Self::Deletion),
            Action::Back
            | Action::SendNewCode
            | Action::SignIn
            | Action::SignUp
            | Action::SignInBy(_)
            | Action::ContinueWith(_)
            | Action::OtherWays
            | Action::ForgotPassword
            | Action::SignOut
            | Action::SetUpAuthenticator
            | Action::SignOutEverywhere
            | Action::AddPasskey
            | Action::RemovePasskey(_)
            | Action::TurnOn(_)
            | Action::TurnOff(_)
            | Action::Prefer(_)
            | Action::RememberDevice
            | Action::NotNow
            | Action::ForgetDevice(_)
            | Action::TryAgain => None,
        }
    }

    /// What the page may open by its screen. To send codes is for the person to ask.
    pub fn of_screen(screen: Screen) -> Option<Self> {
        let subjects = [Self::Password, Self::Value(Contact::Email), Self::Value(Contact::PhoneNumber), Self::Deletion];
        subjects.into_iter().find(|subject| subject.screen() == screen)
    }

    pub fn screen(self) -> Screen {
        match self {
            Self::Password => Screen::ChangePassword,
            Self::Value(Contact::Email) => Screen::ChangeEmail,
            Self::Value(Contact::PhoneNumber) => Screen::ChangePhoneNumber,
            Self::Code(Contact::Email) => Screen::VerifyEmail,
            Self::Code(Contact::PhoneNumber) => Screen::VerifyPhoneNumber,
            Self::Deletion => Screen::DeleteAccount,
        }
    }

    /// Whether it takes something away from the account's owner, so that it is for whoever signed in only just.
    pub fn changes_protection(self) -> bool {
        match self {
            Self::Password | Self::Value(_) | Self::Deletion => true,
            Self::Code(_) => false,
        }
    }

    /// Makes the call, or says what cannot be right.
    pub fn submit(self, cx: &mut Cx<'_>, tokens: &Tokens, mut answers: Answers) -> Result<u32, NoticeKind> {
        let access_token = tokens.access_token.clone();
        let mut typed = |name| answers.take(name).unwrap_or_default();
        Ok(match self {
            Self::Password => {
                let (present, proposed_password) = (typed(field::PASSWORD), typed(field::NEW_PASSWORD));
                if present.is_empty() {
                    return Err(NoticeKind::PasswordMissing);
                }
                if proposed_password.is_empty() {
                    return Err(NoticeKind::NewPasswordMissing);
                }
                cx.call(ChangePasswordRequest { access_token, previous_password: Some(present), proposed_password })
            }
            Self::Value(contact) => {
                let values = attributes::read(&[contact.attribute().to_owned()], &mut answers)?;
                let attribute = |(name, value)| Attribute { name, value: Some(value) };
                let user_attributes = values.into_iter().map(attribute).collect();
                let client_metadata = cx.settings().client_metadata.clone();
                cx.call(UpdateUserAttributesRequest { access_token, user_attributes, client_metadata })
            }
            Self::Code(contact) => {
                let (attribute_name, code) = (contact.attribute().to_owned(), read_code(&typed(field::CODE))?);
                cx.call(VerifyUserAttributeRequest { access_token, attribute_name, code })
            }
            Self::Deletion => cx.call(DeleteUserRequest { access_token }),
        })
    }

    /// What it means that the service refused the call.
    pub fn refused(self, kind: NoticeKind) -> NoticeKind {
        match (self, kind) {
            (Self::Password, NoticeKind::WrongCredentials) => NoticeKind::WrongPassword,
            (Self::Code(_), NoticeKind::InvalidInput) => NoticeKind::WrongCode,
            (Self::Password | Self::Value(_) | Self::Code(_) | Self::Deletion, kind) => kind,
        }
    }
}
