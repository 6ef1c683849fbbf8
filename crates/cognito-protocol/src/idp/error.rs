//! Errors of the service.

use super::{Json, wire::names};

names! {
    /// The name of an error, by the rules of docs/cognito.md#errors: cut from the header `x-amzn-ErrorType`, else from `code`,
    /// else from `__type`.
    pub enum ErrorCode {
        /// Wrong password, unknown user, dead session, locked out, … : the message tells.
        NotAuthorized => "NotAuthorizedException",
        /// The pool admits that it does not know the user.
        UserNotFound => "UserNotFoundException",
        /// The user has not confirmed the sign-up.
        UserNotConfirmed => "UserNotConfirmedException",
        /// The user must reset the password.
        PasswordResetRequired => "PasswordResetRequiredException",
        /// Wrong code.
        CodeMismatch => "CodeMismatchException",
        /// Code too old, or used already.
        ExpiredCode => "ExpiredCodeException",
        /// Wrong code while an authenticator app is set up.
        EnableSoftwareTokenMfa => "EnableSoftwareTokenMFAException",
        /// The pool or the user has no authenticator app.
        SoftwareTokenMfaNotFound => "SoftwareTokenMFANotFoundException",
        /// A quota of the user.
        LimitExceeded => "LimitExceededException",
        /// A rate of the account.
        TooManyRequests => "TooManyRequestsException",
        /// Too many wrong codes.
        TooManyFailedAttempts => "TooManyFailedAttemptsException",
        /// The framework's name for the same as `TooManyRequests`.
        Throttling => "ThrottlingException",
        /// A trigger refused, with a text meant for the user.
        UserLambdaValidation => "UserLambdaValidationException",
        /// A trigger failed.
        UnexpectedLambda => "UnexpectedLambdaException",
        /// A trigger answered nonsense.
        InvalidLambdaResponse => "InvalidLambdaResponseException",
        /// A request that the service does not accept.
        InvalidParameter => "InvalidParameterException",
        /// The password breaks the pool's policy.
        InvalidPassword => "InvalidPasswordException",
        /// The password was in use before.
        PasswordHistoryPolicyViolation => "PasswordHistoryPolicyViolationException",
        /// The name is taken.
        UsernameExists => "UsernameExistsException",
        /// Another user has the e-mail address or phone number.
        AliasExists => "AliasExistsException",
        /// The code could not be sent.
        CodeDeliveryFailure => "CodeDeliveryFailureException",
        /// The device is confirmed already.
        DeviceKeyExists => "DeviceKeyExistsException",
        /// The pool is not set up for what was asked.
        InvalidUserPoolConfiguration => "InvalidUserPoolConfigurationException",
        /// The pool, client or device does not exist.
        ResourceNotFound => "ResourceNotFoundException",
        /// The refresh token was rotated away.
        RefreshTokenReuse => "RefreshTokenReuseException",
        /// The operation or flow is not enabled.
        UnsupportedOperation => "UnsupportedOperationException",
        /// The server does not know the operation.
        UnknownOperation => "UnknownOperationException",
        /// The operation is switched off for this pool.
        OperationNotEnabled => "OperationNotEnabledException",
        /// A token that this operation does not take.
        UnsupportedTokenType => "UnsupportedTokenTypeException",
        /// The token belongs to another client.
        Unauthorized => "UnauthorizedException",
        /// Blocked by a web ACL, or outright.
        Forbidden => "ForbiddenException",
        /// Passkeys are not enabled in this pool.
        WebAuthnNotEnabled => "WebAuthnNotEnabledException",
        /// The pool has passkeys enabled, but neither a relying party nor a domain.
        WebAuthnConfigurationMissing => "WebAuthnConfigurationMissingException",
        /// No registration was begun, or too long ago.
        WebAuthnChallengeNotFound => "WebAuthnChallengeNotFoundException",
        /// The registration was begun with another app client's token.
        WebAuthnClientMismatch => "WebAuthnClientMismatchException",
        /// The passkey is for another relying party than the pool's.
        WebAuthnRelyingPartyMismatch => "WebAuthnRelyingPartyMismatchException",
        /// The passkey was made on a page that does not belong to the relying party.
        WebAuthnOriginNotAllowed => "WebAuthnOriginNotAllowedException",
        /// A passkey that the service does not take.
        WebAuthnCredentialNotSupported => "WebAuthnCredentialNotSupportedException",
        /// The service failed.
        InternalError => "InternalErrorException",
    }
}

/// An error that the service answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// Which one.
    pub code: ErrorCode,
    /// The service's English sentence; not a contract, but some distinctions exist only here.
    pub message: String,
    /// The HTTP status: 400 for the client's errors, 500 and up for the service's.
    pub status: u16,
}

impl ServiceError {
    /// The error in a reply with a status other than 200.
    ///
    /// `header` is the value of `x-amzn-ErrorType`; `body` is `None` when it is not JSON.
    ///
    /// # Source
    /// docs/cognito.md#errors.
    #[must_use]
    pub fn of_reply(status: u16, header: Option<&str>, body: Option<Json>) -> Self {
        let mut body = body.unwrap_or(Json::Null);
        let mut text = |name| body.take(name).as_ref().and_then(Json::as_text).map(str::to_owned);
        let code = header.filter(|header| !header.is_empty()).map(str::to_owned);
        // The last is that of an OAuth endpoint.
        let code = code.or_else(|| text("code")).or_else(|| text("__type")).or_else(|| text("error")).unwrap_or_default();
        let code = code.split([',', ':']).next().unwrap_or_default();
        let code = code.rsplit('#').next().unwrap_or_default();
        let message = text("message").or_else(|| text("Message")).unwrap_or_default();
        Self { code: code.into(), message, status }
    }
}
