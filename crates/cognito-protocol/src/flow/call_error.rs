//! Why a call brought no reply, and what that means to the person: one exhaustive table.

use super::{
    notice::{Detail, Notice, NoticeKind},
    password_rule::PasswordRule,
};
use crate::{
    fault::Fault,
    idp::{ErrorCode, ServiceError, WireError},
    text,
};

/// Why a call brought no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The service answered with an error.
    Service(ServiceError),
    /// Nothing came back: no network, or the browser blocked the request.
    Network,
    /// The browser blocked the request, and said so: the page's Content-Security-Policy does not allow this URL.
    Blocked(String),
    /// Something came back that is not what the operation answers.
    BadReply,
    /// The hash of the app client's secret could not be had, so nothing was sent.
    NoSecretHash,
}

impl From<WireError> for CallError {
    fn from(_: WireError) -> Self {
        Self::BadReply
    }
}

impl From<&CallError> for Notice {
    /// What to tell of a call that brought no reply.
    fn from(error: &CallError) -> Self {
        match error {
            CallError::Network => NoticeKind::Network.into(),
            CallError::Blocked(url) => Self::of_fault(Fault::CspBlocked, url),
            CallError::BadReply => NoticeKind::BadReply.into(),
            CallError::NoSecretHash => NoticeKind::SecretHashFailed.into(),
            CallError::Service(error) => Self { service_code: Some(error.code.as_str().to_owned()), ..of_service_error(error) },
        }
    }
}

impl CallError {
    /// Whether the service knows no such device (docs/cognito.md#remembered-devices).
    pub(super) fn is_about_device(&self) -> bool {
        matches!(self, Self::Service(error) if error.code == ErrorCode::ResourceNotFound && text::has(&error.message, "evice"))
    }
}

/// # Source
/// docs/cognito.md#errors
fn of_service_error(error: &ServiceError) -> Notice {
    let message = error.message.as_str();
    if let Some(fault) = Fault::of_service_error(error) {
        return Notice::of_fault(fault, message);
    }
    match &error.code {
        ErrorCode::NotAuthorized => not_authorized(message),
        ErrorCode::UserNotFound => NoticeKind::WrongCredentials.into(),
        ErrorCode::UserNotConfirmed => NoticeKind::NotConfirmed.into(),
        ErrorCode::PasswordResetRequired => NoticeKind::PasswordResetRequired.into(),
        ErrorCode::CodeMismatch | ErrorCode::EnableSoftwareTokenMfa => NoticeKind::WrongCode.into(),
        ErrorCode::ExpiredCode if text::has(message, "already been used") => NoticeKind::CodeUsed.into(),
        ErrorCode::ExpiredCode => NoticeKind::CodeExpired.into(),
        ErrorCode::SoftwareTokenMfaNotFound => NoticeKind::AuthenticatorUnavailable.into(),
        ErrorCode::LimitExceeded | ErrorCode::TooManyRequests | ErrorCode::TooManyFailedAttempts | ErrorCode::Throttling => {
            NoticeKind::Throttled.into()
        }
        // "<Trigger> failed with error <text>.": the text is the trigger author's, for the person.
        ErrorCode::UserLambdaValidation => match text::cut(message, " failed with error ") {
            Some((_, text)) if !text.trim().is_empty() => {
                Notice::with_text(NoticeKind::ServiceText, &with_one_full_stop(text.trim()))
            }
            _ => NoticeKind::Unexpected.into(),
        },
        ErrorCode::InvalidPassword => invalid_password(message),
        ErrorCode::PasswordHistoryPolicyViolation => NoticeKind::PasswordUsedBefore.into(),
        ErrorCode::UsernameExists => NoticeKind::UsernameExists.into(),
        ErrorCode::AliasExists => NoticeKind::AliasExists.into(),
        ErrorCode::CodeDeliveryFailure => NoticeKind::CodeNotSent.into(),
        ErrorCode::InvalidParameter => invalid_parameter(message),
        ErrorCode::WebAuthnNotEnabled => NoticeKind::PasskeysOff.into(),
        ErrorCode::WebAuthnConfigurationMissing | ErrorCode::WebAuthnClientMismatch => {
            Notice::with_text(NoticeKind::Configuration, message)
        }
        ErrorCode::WebAuthnChallengeNotFound => NoticeKind::PasskeyExpired.into(),
        ErrorCode::WebAuthnRelyingPartyMismatch | ErrorCode::WebAuthnOriginNotAllowed => NoticeKind::PasskeyWrongHost.into(),
        ErrorCode::WebAuthnCredentialNotSupported => NoticeKind::PasskeyRefused.into(),
        ErrorCode::Other(_) if error.status == 429 => NoticeKind::Throttled.into(),
        ErrorCode::UnexpectedLambda
        | ErrorCode::InvalidLambdaResponse
        | ErrorCode::ResourceNotFound
        | ErrorCode::DeviceKeyExists
        | ErrorCode::InvalidUserPoolConfiguration
        | ErrorCode::RefreshTokenReuse
        | ErrorCode::UnsupportedOperation
        | ErrorCode::UnknownOperation
        | ErrorCode::OperationNotEnabled
        | ErrorCode::UnsupportedTokenType
        | ErrorCode::Unauthorized
        | ErrorCode::Forbidden
        | ErrorCode::InternalError
        | ErrorCode::Other(_) => NoticeKind::Unexpected.into(),
    }
}

/// `NotAuthorizedException` means many things, and only its English sentence tells which (docs/cognito.md#what-only-the-message-tells).
fn not_authorized(message: &str) -> Notice {
    if text::has(message, "Invalid session") {
        NoticeKind::SessionOver.into()
    } else if text::has(message, "attempts exceeded") {
        NoticeKind::Throttled.into()
    } else if text::has(message, "Incorrect username or password") {
        NoticeKind::WrongCredentials.into()
    } else if text::has(message, "User is disabled") || text::has(message, "must be reset by an administrator") {
        NoticeKind::UserDisabled.into()
    } else if text::has(message, "Current status is CONFIRMED") {
        NoticeKind::Confirmed.into()
    } else if text::has(message, "cannot be reset") {
        NoticeKind::PasswordNotResettable.into()
    } else if text::has(message, "required scopes") {
        NoticeKind::ScopeMissing.into()
    } else if text::has(&message.to_ascii_lowercase(), "secret") {
        // For the page's author, who alone can do something about it.
        Notice::with_text(NoticeKind::Configuration, message)
    } else {
        NoticeKind::Unexpected.into()
    }
}

/// `InvalidParameterException` means a fault of the program or of the person; those of the page's author are [faults](Fault)
/// (docs/cognito.md#what-only-the-message-tells).
fn invalid_parameter(message: &str) -> Notice {
    /// Parts of sentences, the first that is found counts.
    const SENTENCES: [(&str, NoticeKind); 10] = [
        ("'password'", NoticeKind::InvalidPassword),
        ("'previousPassword'", NoticeKind::WrongPassword),
        ("'proposedPassword'", NoticeKind::InvalidPassword),
        ("verified email or phone", NoticeKind::PasswordNotResettable),
        ("already confirmed", NoticeKind::Confirmed),
        ("'username'", NoticeKind::NameInvalid),
        ("hone number", NoticeKind::PhoneNumberInvalid),
        ("email", NoticeKind::EmailInvalid),
        ("schema", NoticeKind::InvalidInput),
        ("failed to satisfy constraint", NoticeKind::InvalidInput),
    ];
    let kind = SENTENCES.iter().find(|(part, _)| message.contains(part)).map_or(NoticeKind::Unexpected, |(_, kind)| *kind);
    if kind == NoticeKind::InvalidPassword { invalid_password(message) } else { kind.into() }
}

fn invalid_password(message: &str) -> Notice {
    let detail = PasswordRule::named_in(message).map_or(Detail::None, Detail::Rule);
    Notice { detail, ..NoticeKind::InvalidPassword.into() }
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
