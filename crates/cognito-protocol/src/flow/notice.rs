//! What the person is told, and the one table that maps the service's errors to it.

use super::CallError;
use crate::idp::{ErrorCode, ServiceError};

/// Something to tell the person. The words are elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Wrong password or unknown user: the two are never told apart.
    WrongCredentials,
    /// The sign-in name is empty.
    NameMissing,
    /// The password is empty.
    PasswordMissing,
    /// The code or answer is empty.
    AnswerMissing,
    /// Wrong code.
    WrongCode,
    /// The code was good once.
    CodeExpired,
    /// The authenticator code was used already.
    CodeUsed,
    /// The authenticator's clock is off by about so many seconds; positive is ahead.
    ClockOff {
        /// Seconds.
        seconds: i64,
    },
    /// The challenge's session is over.
    SessionOver,
    /// The pool ended the sign-in, after too many wrong answers.
    SignInEnded,
    /// The tokens cannot be refreshed any more.
    SessionEnded,
    /// Too many attempts or requests.
    Throttled,
    /// No reply.
    Network,
    /// The user is disabled or expired.
    UserDisabled,
    /// The sign-up is not confirmed.
    NotConfirmed,
    /// The password must be reset.
    PasswordResetRequired,
    /// The pool asks for a step that has no screen here.
    UnsupportedChallenge(String),
    /// The pool has no authenticator apps.
    AuthenticatorUnavailable,
    /// The pool requires a second factor, so this one stays on.
    AuthenticatorRequired,
    /// The page or the app client is set up wrongly; for the page's author.
    Configuration(String),
    /// A trigger's own text, meant for the person.
    ServiceText(String),
    /// A reply that is not what the protocol says.
    BadReply,
    /// Nobody is signed in.
    NotSignedIn,
    /// The session ended here; those of the user's other devices could not be ended.
    SignedOutHereOnly,
    /// Anything else.
    Unexpected,
    /// A new code is on its way.
    NewCodeSent,
    /// The authenticator app is set up.
    AuthenticatorOn,
    /// The authenticator app is off.
    AuthenticatorOff,
}

impl Notice {
    /// A stable name, for the page's own handling.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongCredentials => "wrong_credentials",
            Self::NameMissing => "name_missing",
            Self::PasswordMissing => "password_missing",
            Self::AnswerMissing => "code_missing",
            Self::WrongCode => "wrong_code",
            Self::CodeExpired => "code_expired",
            Self::CodeUsed => "code_used",
            Self::ClockOff { .. } => "clock_off",
            Self::SessionOver => "session_over",
            Self::SignInEnded => "sign_in_ended",
            Self::SessionEnded => "session_ended",
            Self::Throttled => "throttled",
            Self::Network => "network",
            Self::UserDisabled => "user_disabled",
            Self::NotConfirmed => "not_confirmed",
            Self::PasswordResetRequired => "password_reset_required",
            Self::UnsupportedChallenge(_) => "unsupported_challenge",
            Self::AuthenticatorUnavailable => "authenticator_unavailable",
            Self::AuthenticatorRequired => "authenticator_required",
            Self::Configuration(_) => "configuration",
            Self::ServiceText(_) => "service",
            Self::BadReply => "bad_reply",
            Self::NotSignedIn => "not_signed_in",
            Self::SignedOutHereOnly => "signed_out_here_only",
            Self::Unexpected => "unexpected",
            Self::NewCodeSent => "new_code_sent",
            Self::AuthenticatorOn => "authenticator_on",
            Self::AuthenticatorOff => "authenticator_off",
        }
    }

    /// Whether it tells of something gone wrong.
    #[must_use]
    pub fn is_error(&self) -> bool {
        !matches!(self, Self::NewCodeSent | Self::AuthenticatorOn | Self::AuthenticatorOff)
    }

    /// Whether the same thing may well succeed later, without anybody changing anything but what was typed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        !matches!(
            self,
            Self::UserDisabled
                | Self::NotConfirmed
                | Self::PasswordResetRequired
                | Self::UnsupportedChallenge(_)
                | Self::AuthenticatorUnavailable
                | Self::AuthenticatorRequired
                | Self::Configuration(_)
        )
    }

    /// What to tell of a call that brought no reply.
    #[must_use]
    pub fn of(error: &CallError) -> Self {
        match error {
            CallError::Network => Self::Network,
            CallError::BadReply => Self::BadReply,
            CallError::Service(error) => Self::of_service_error(error),
        }
    }

    fn of_service_error(error: &ServiceError) -> Self {
        let message = error.message.as_str();
        match &error.code {
            ErrorCode::NotAuthorized => Self::of_not_authorized(message),
            ErrorCode::UserNotFound => Self::WrongCredentials,
            ErrorCode::UserNotConfirmed => Self::NotConfirmed,
            ErrorCode::PasswordResetRequired => Self::PasswordResetRequired,
            ErrorCode::CodeMismatch | ErrorCode::EnableSoftwareTokenMfa => Self::WrongCode,
            ErrorCode::ExpiredCode if message.contains("already been used") => Self::CodeUsed,
            ErrorCode::ExpiredCode => Self::CodeExpired,
            ErrorCode::SoftwareTokenMfaNotFound => Self::AuthenticatorUnavailable,
            ErrorCode::LimitExceeded | ErrorCode::TooManyRequests | ErrorCode::TooManyFailedAttempts | ErrorCode::Throttling => {
                Self::Throttled
            }
            // "<Trigger> failed with error <text>.": the text is the trigger author's, for the person.
            ErrorCode::UserLambdaValidation => match message.split_once(" failed with error ") {
                Some((_, text)) if !text.trim().is_empty() => Self::ServiceText(with_one_full_stop(text.trim())),
                _ => Self::Unexpected,
            },
            ErrorCode::InvalidParameter if message.contains("flow not enabled") => Self::Configuration(message.to_owned()),
            ErrorCode::ResourceNotFound if message.contains("client") => Self::Configuration(message.to_owned()),
            ErrorCode::Other(_) if error.status == 429 => Self::Throttled,
            ErrorCode::UnexpectedLambda
            | ErrorCode::InvalidLambdaResponse
            | ErrorCode::InvalidParameter
            | ErrorCode::InvalidPassword
            | ErrorCode::UsernameExists
            | ErrorCode::ResourceNotFound
            | ErrorCode::RefreshTokenReuse
            | ErrorCode::UnsupportedOperation
            | ErrorCode::UnknownOperation
            | ErrorCode::OperationNotEnabled
            | ErrorCode::UnsupportedTokenType
            | ErrorCode::Unauthorized
            | ErrorCode::Forbidden
            | ErrorCode::InternalError
            | ErrorCode::Other(_) => Self::Unexpected,
        }
    }

    /// `NotAuthorizedException` means many things, and only its English sentence tells which (protocol notes 3.3).
    fn of_not_authorized(message: &str) -> Self {
        if message.contains("Invalid session") {
            Self::SessionOver
        } else if message.contains("attempts exceeded") {
            Self::Throttled
        } else if message.contains("Incorrect username or password") {
            Self::WrongCredentials
        } else if message.contains("User is disabled") || message.contains("must be reset by an administrator") {
            Self::UserDisabled
        } else if message.to_ascii_lowercase().contains("secret") {
            Self::Configuration(message.to_owned())
        } else {
            Self::Unexpected
        }
    }
}

/// The service puts a full stop behind a trigger's text, which may have one already, or be Japanese.
fn with_one_full_stop(text: &str) -> String {
    let is_japanese = |char: char| ('\u{3040}'..='\u{9fff}').contains(&char);
    match text.strip_suffix('.') {
        Some(sentence) if sentence.ends_with(['.', '!', '?', '。', '！', '？']) => sentence.to_owned(),
        Some(sentence) if sentence.ends_with(is_japanese) => [sentence, "。"].concat(),
        _ => text.to_owned(),
    }
}
