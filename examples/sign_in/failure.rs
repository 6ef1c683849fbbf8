//! Why a sign-in did not work out, in one line for a person and one number for a script.

use std::{
    fmt,
    io::{Error, ErrorKind},
    process::ExitCode,
};

use cognito_login::config::ConfigError;
use cognito_protocol::flow::NoticeKind;

/// What is said last, and with which exit code.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    words: String,
}

/// The exit codes of `--help`; 0 is that somebody signed in.
#[derive(Clone, Copy, Debug)]
pub enum Exit {
    Refused = 1,
    Misconfigured = 2,
    Unreachable = 3,
    InputOrOutput = 4,
    /// 128 and the signal's number, as shells have it.
    Interrupted = 130,
}

impl Failure {
    /// The machine gave up, for a reason that it shows by a notice.
    pub fn notice(kind: NoticeKind, words: String) -> Self {
        Self { exit: Exit::of(kind), words }
    }

    /// The command line is no configuration.
    pub fn configuration(error: &ConfigError) -> Self {
        Self { exit: Exit::Misconfigured, words: error.to_string() }
    }

    /// An answer could not be read. When the one before was refused, that is what the script wants to know.
    pub fn input(error: &Error, shown: Option<NoticeKind>) -> Self {
        let exit = shown.filter(|kind| kind.is_error()).map_or(Exit::InputOrOutput, Exit::of);
        match error.kind() {
            ErrorKind::Interrupted => Self { exit: Exit::Interrupted, words: "interrupted".to_owned() },
            ErrorKind::UnexpectedEof => Self { exit, words: "the input ended before the sign-in did".to_owned() },
            _ => Self { exit, words: format!("the answer could not be read: {error}") },
        }
    }

    /// The result could not be written.
    pub fn output(error: &Error) -> Self {
        Self { exit: Exit::InputOrOutput, words: format!("the result could not be written: {error}") }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Exit {
    /// Whose fault it is.
    fn of(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::Network | NoticeKind::BadReply | NoticeKind::Unexpected => Self::Unreachable,
            NoticeKind::Configuration
            | NoticeKind::SecretHashMissing
            | NoticeKind::SecretHashWrong
            | NoticeKind::SecretHashFailed
            | NoticeKind::NameMissing => Self::Misconfigured,
            NoticeKind::PasswordMissing
            | NoticeKind::NewPasswordMissing
            | NoticeKind::AttributeMissing
            | NoticeKind::CodeMissing
            | NoticeKind::AnswerMissing => Self::InputOrOutput,
            NoticeKind::WrongCredentials
            | NoticeKind::WrongPassword
            | NoticeKind::WrongCode
            | NoticeKind::CodeExpired
            | NoticeKind::CodeUsed
            | NoticeKind::ClockOff
            | NoticeKind::SessionOver
            | NoticeKind::SignInEnded
            | NoticeKind::TokensExpired
            | NoticeKind::Throttled
            | NoticeKind::UserDisabled
            | NoticeKind::NotConfirmed
            | NoticeKind::Confirmed
            | NoticeKind::PasswordResetRequired
            | NoticeKind::PasswordNotResettable
            | NoticeKind::InvalidPassword
            | NoticeKind::PasswordUsedBefore
            | NoticeKind::NameInvalid
            | NoticeKind::EmailInvalid
            | NoticeKind::PhoneNumberInvalid
            | NoticeKind::InvalidInput
            | NoticeKind::UsernameExists
            | NoticeKind::AliasExists
            | NoticeKind::CodeNotSent
            | NoticeKind::UnsupportedChallenge
            | NoticeKind::AuthenticatorUnavailable
            | NoticeKind::AuthenticatorRequired
            | NoticeKind::ServiceText
            | NoticeKind::ProviderCancelled
            | NoticeKind::ProviderFailed
            | NoticeKind::ScopeMissing
            | NoticeKind::NotSignedIn
            | NoticeKind::SignedOutHereOnly
            | NoticeKind::ScreenUnavailable
            | NoticeKind::NewCodeSent
            | NoticeKind::SignInForNewCode
            | NoticeKind::SignInToChange
            | NoticeKind::AuthenticatorOn
            | NoticeKind::AuthenticatorOff
            | NoticeKind::FactorRequired
            | NoticeKind::FactorUnavailable
            | NoticeKind::SmsOn
            | NoticeKind::SmsOff
            | NoticeKind::EmailOn
            | NoticeKind::EmailOff
            | NoticeKind::PasskeyCancelled
            | NoticeKind::PasskeyWrongHost
            | NoticeKind::PasskeyUnsupported
            | NoticeKind::PasskeyExists
            | NoticeKind::PasskeyFailed
            | NoticeKind::PasskeyRefused
            | NoticeKind::PasskeyExpired
            | NoticeKind::PasskeyLimit
            | NoticeKind::PasskeysOff
            | NoticeKind::PasskeyAdded
            | NoticeKind::PasskeyRemoved
            | NoticeKind::Saved
            | NoticeKind::PasswordChanged
            | NoticeKind::Verified
            | NoticeKind::DeviceForgotten
            | NoticeKind::ThisDeviceForgotten
            | NoticeKind::AccountDeleted => Self::Refused,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
