//! Which messages there are, and the words of the built-in ones.

/// A message to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// The code of the challenge that these triggers make.
    EmailCode,
    /// After signing up.
    SignUp,
    /// Another code after signing up.
    ResendCode,
    /// For choosing a new password.
    ForgotPassword,
    /// For an address that is new or not verified yet.
    VerifyAttribute,
    /// To a user whom an administrator made.
    Invitation,
    /// A second factor of the service's own.
    MfaCode,
    /// A text message with a code.
    Sms,
    /// The text message to a user whom an administrator made.
    InvitationSms,
    /// An error: there is no address.
    NoEmail,
    /// An error: the mail was not taken.
    MailFailed,
    /// An error: so long nobody can sign in as this user.
    Locked,
    /// An error: codes cannot be sent or checked now.
    TryLater,
    /// An error: anything else.
    NotPossible,
}

/// What a template makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `Subject: …`, an empty line, paragraphs.
    Mail,
    /// One line of at most 140 characters with a code.
    Sms,
    /// One line.
    Line,
}

impl Message {
    pub const ALL: [Self; 14] = [
        Self::EmailCode,
        Self::SignUp,
        Self::ResendCode,
        Self::ForgotPassword,
        Self::VerifyAttribute,
        Self::Invitation,
        Self::MfaCode,
        Self::Sms,
        Self::InvitationSms,
        Self::NoEmail,
        Self::MailFailed,
        Self::Locked,
        Self::TryLater,
        Self::NotPossible,
    ];

    /// The name of its file in the folder of a language.
    pub fn file(self) -> &'static str {
        match self {
            Self::EmailCode => "email-code.txt",
            Self::SignUp => "sign-up.txt",
            Self::ResendCode => "resend-code.txt",
            Self::ForgotPassword => "forgot-password.txt",
            Self::VerifyAttribute => "verify-attribute.txt",
            Self::Invitation => "invitation.txt",
            Self::MfaCode => "mfa-code.txt",
            Self::Sms => "sms.txt",
            Self::InvitationSms => "invitation-sms.txt",
            Self::NoEmail => "error-no-email.txt",
            Self::MailFailed => "error-mail-failed.txt",
            Self::Locked => "error-locked.txt",
            Self::TryLater => "error-try-later.txt",
            Self::NotPossible => "error-not-possible.txt",
        }
    }

    pub fn form(self) -> Form {
        match self {
            Self::EmailCode
            | Self::SignUp
            | Self::ResendCode
            | Self::ForgotPassword
            | Self::VerifyAttribute
            | Self::Invitation
            | Self::MfaCode => Form::Mail,
            Self::Sms | Self::InvitationSms => Form::Sms,
            Self::NoEmail | Self::MailFailed | Self::Locked | Self::TryLater | Self::NotPossible => Form::Line,
        }
    }

    /// Whether it tells the user name.
    pub fn names_user(self) -> bool {
        matches!(self, Self::Invitation | Self::InvitationSms)
    }
}

/// The file that the paragraphs of a mail are set in; for all languages, or in the folder of one.
pub(crate) const LAYOUT: &str = "layout.html";

/// The files of a language: names below `templates/`, and their texts.
macro_rules! files {
    ($language:literal: $($file:literal),* $(,)?) => {
        &[$((concat!($language, "/", $file), include_str!(concat!("../../templates/", $language, "/", $file)))),*]
    };
}

macro_rules! languages {
    ($($language:literal),*) => {
        /// The files of each language, by its tag in lower case.
        const LANGUAGES: &[(&str, &[(&str, &str)])] = &[$((
            $language,
            files!(
                $language:
                "email-code.txt",
                "sign-up.txt",
                "resend-code.txt",
                "forgot-password.txt",
                "verify-attribute.txt",
                "invitation.txt",
                "mfa-code.txt",
                "sms.txt",
                "invitation-sms.txt",
                "error-no-email.txt",
                "error-mail-failed.txt",
                "error-locked.txt",
                "error-try-later.txt",
                "error-not-possible.txt",
            ),
        )),*];
    };
}
languages!("en", "ja", "ar", "de", "es", "fr", "it", "ko", "pt-br", "zh-hans", "zh-hant");

/// The languages that there are messages in.
pub(crate) fn built_in_languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(language, _)| *language)
}

/// All files: names below `templates/`, and their texts.
pub(crate) fn built_in() -> impl Iterator<Item = (&'static str, &'static str)> {
    let layout = (LAYOUT, include_str!("../../templates/layout.html"));
    LANGUAGES.iter().flat_map(|(_, files)| files.iter().copied()).chain([layout])
}
