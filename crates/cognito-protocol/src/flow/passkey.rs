//! What the browser is asked for with passkeys, and what may come of it instead.

use super::notice::NoticeKind;

/// What the browser is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A signature by a passkey that there is. The options are the text of a `PublicKeyCredentialRequestOptionsJSON`, and the answer the text
    /// of an `AuthenticationResponseJSON`.
    Assertion,
    /// A new passkey. The options are a `PublicKeyCredentialCreationOptionsJSON`, and the answer is a `RegistrationResponseJSON`, objects
    /// both.
    Registration,
}

impl Ceremony {
    /// The method of `navigator.credentials`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assertion => "get",
            Self::Registration => "create",
        }
    }
}

/// Why the browser gave no passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyFailure {
    /// The person cancelled, had no passkey that fits, or took too long. Browsers do not say which, so that no page learns who has which.
    Cancelled,
    /// The page does not belong to the relying party of the pool.
    WrongHost,
    /// There are no passkeys in this browser, or not on this page, which is no secure context; or none of the kind that is asked for.
    NotSupported,
    /// The authenticator has a passkey of this account already.
    AlreadyRegistered,
    /// Anything else: options that are none, above all.
    Other,
}

impl PasskeyFailure {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Cancelled, Self::WrongHost, Self::NotSupported, Self::AlreadyRegistered, Self::Other];

    /// The failure that an exception of that name means.
    ///
    /// # Source
    /// Web Authentication Level 3, 5.1.3 and 5.1.4: the exceptions of `create()` and `get()`.
    #[must_use]
    pub fn of_exception(name: &str) -> Self {
        match name {
            "NotAllowedError" | "AbortError" | "TimeoutError" => Self::Cancelled,
            "SecurityError" => Self::WrongHost,
            "NotSupportedError" => Self::NotSupported,
            "InvalidStateError" => Self::AlreadyRegistered,
            _ => Self::Other,
        }
    }

    /// What to tell.
    pub(super) fn notice(self) -> NoticeKind {
        match self {
            Self::Cancelled => NoticeKind::PasskeyCancelled,
            Self::WrongHost => NoticeKind::PasskeyWrongHost,
            Self::NotSupported => NoticeKind::PasskeyUnsupported,
            Self::AlreadyRegistered => NoticeKind::PasskeyExists,
            Self::Other => NoticeKind::PasskeyFailed,
        }
    }
}
