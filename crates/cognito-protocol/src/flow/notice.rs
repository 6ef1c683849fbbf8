//! What the person is told: one table of kinds, and what a notice says beyond its kind. The words are elsewhere.

use super::password_rule::PasswordRule;
use crate::fault::Fault;

/// Defines [`NoticeKind`]: its stable code, whether it is an error or a status, and whether a retry helps.
macro_rules! notices {
    (@is_error error) => { true };
    (@is_error status) => { false };
    (@is_retryable retry) => { true };
    (@is_retryable no_retry) => { false };
    ($($(#[doc = $about:literal])* $kind:ident => $code:literal, $severity:ident, $retry:ident;)*) => {
        /// Something to tell the person.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NoticeKind {
            $($(#[doc = $about])* $kind,)*
        }

        impl NoticeKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// A stable name, for the page's own handling and for texts.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)*
                }
            }

            /// Whether it tells of something gone wrong.
            #[must_use]
            pub const fn is_error(self) -> bool {
                match self {
                    $(Self::$kind => notices!(@is_error $severity),)*
                }
            }

            /// Whether the same thing may well succeed later, without anybody changing anything but what was typed.
            #[must_use]
            pub const fn is_retryable(self) -> bool {
                match self {
                    $(Self::$kind => notices!(@is_retryable $retry),)*
                }
            }

            /// What it tells, in a sentence for the page's author.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!($($about),*).trim_ascii(),)*
                }
            }
        }
    };
}

notices! {
    /// Wrong password or unknown user: the two are never told apart.
    WrongCredentials => "wrong_credentials", error, retry;
    /// The sign-in name is empty.
    NameMissing => "name_missing", error, retry;
    /// The password is empty.
    PasswordMissing => "password_missing", error, retry;
    /// The password that was to be changed is another one.
    WrongPassword => "wrong_password", error, retry;
    /// The sign-in name has not the form that the pool asks for.
    NameInvalid => "name_invalid", error, retry;
    /// The new password is empty.
    NewPasswordMissing => "new_password_missing", error, retry;
    /// The new password breaks a rule of the pool.
    InvalidPassword => "invalid_password", error, retry;
    /// The new password was in use before.
    PasswordUsedBefore => "password_used_before", error, retry;
    /// An attribute is empty.
    AttributeMissing => "attribute_missing", error, retry;
    /// An e-mail address is none.
    EmailInvalid => "email_invalid", error, retry;
    /// A phone number is none, or has no country code.
    PhoneNumberInvalid => "phone_number_invalid", error, retry;
    /// The pool refuses what was typed, and does not say which of it.
    InvalidInput => "invalid_input", error, retry;
    /// Somebody has an account with this sign-in name.
    UsernameExists => "username_exists", error, retry;
    /// Another account has this e-mail address or phone number.
    AliasExists => "alias_exists", error, no_retry;
    /// The code is empty.
    CodeMissing => "code_missing", error, retry;
    /// The answer to the pool's own question is empty.
    AnswerMissing => "answer_missing", error, retry;
    /// Wrong code.
    WrongCode => "wrong_code", error, retry;
    /// The service could not send a code.
    CodeNotSent => "code_not_sent", error, retry;
    /// The code was good once.
    CodeExpired => "code_expired", error, retry;
    /// The authenticator code was used already.
    CodeUsed => "code_used", error, retry;
    /// The authenticator app's clock is wrong.
    ClockOff => "clock_off", error, retry;
    /// The challenge took longer than the app client allows.
    SessionOver => "session_over", error, retry;
    /// The pool ended the sign-in, after too many wrong answers.
    SignInEnded => "sign_in_ended", error, retry;
    /// The tokens cannot be refreshed any more.
    TokensExpired => "session_ended", error, retry;
    /// Too many attempts or requests.
    Throttled => "throttled", error, retry;
    /// No reply from the service.
    Network => "network", error, retry;
    /// The user is disabled, or its temporary password has expired.
    UserDisabled => "user_disabled", error, no_retry;
    /// The account cannot get a new password by a code: it has no verified address, or is in no state for it.
    PasswordNotResettable => "password_not_resettable", error, no_retry;
    /// The pool asks for a step that has no screen here; `message` names it.
    UnsupportedChallenge => "unsupported_challenge", error, no_retry;
    /// The pool has no authenticator apps.
    AuthenticatorUnavailable => "authenticator_unavailable", error, no_retry;
    /// The pool requires a second factor, so the authenticator app stays on.
    AuthenticatorRequired => "authenticator_required", error, no_retry;
    /// The pool requires a second factor, so this one stays on.
    FactorRequired => "factor_required", error, no_retry;
    /// The pool does not have this second factor, or the user cannot have it.
    FactorUnavailable => "factor_unavailable", error, no_retry;
    /// The attributes or the app client are set up wrongly; `message` says what is wrong, and a code of its own where we know which.
    Configuration => "configuration", error, no_retry;
    /// The app client has a secret. Better use one without; else set `secretHash`.
    SecretHashMissing => "secret_hash_missing", error, no_retry;
    /// The service refused what `secretHash` returned. It must be base64 of HMAC-SHA256, keyed with the client's secret, over the given name
    /// and the client id.
    SecretHashWrong => "secret_hash_wrong", error, no_retry;
    /// `secretHash` threw, rejected, returned no string, or took over 30 seconds.
    SecretHashFailed => "secret_hash_failed", error, retry;
    /// A Lambda trigger refused with a text of its own, which is in `message`.
    ServiceText => "service", error, retry;
    /// A reply that is not what the protocol says.
    BadReply => "bad_reply", error, retry;
    /// The browser gave no passkey: the person cancelled, had none that fits, or took too long. Browsers do not say which.
    PasskeyCancelled => "passkey_cancelled", error, retry;
    /// The page's host name does not belong to the relying party id of the pool: docs/cognito.md, "Passkeys".
    PasskeyWrongHost => "passkey_wrong_host", error, no_retry;
    /// The browser has no passkeys, or the page is no secure context.
    PasskeyUnsupported => "passkey_unsupported", error, no_retry;
    /// The device has a passkey of this account already.
    PasskeyExists => "passkey_exists", error, no_retry;
    /// The browser could make nothing of what the service asked of it.
    PasskeyFailed => "passkey_failed", error, retry;
    /// The service did not take the passkey.
    PasskeyRefused => "passkey_refused", error, retry;
    /// Adding the passkey took longer than the service waits.
    PasskeyExpired => "passkey_expired", error, retry;
    /// The account has as many passkeys as it can have.
    PasskeyLimit => "passkey_limit", error, no_retry;
    /// The pool has no passkeys.
    PasskeysOff => "passkeys_off", error, no_retry;
    /// Nobody is signed in.
    NotSignedIn => "not_signed_in", error, retry;
    /// The session ended here; those of the user's other devices could not be ended.
    SignedOutHereOnly => "signed_out_here_only", error, retry;
    /// `show()` was asked for a screen that cannot be shown now. It is rejected; there is no event.
    ScreenUnavailable => "screen_unavailable", error, retry;
    /// The person cancelled the sign-in at another provider.
    ProviderCancelled => "provider_cancelled", error, retry;
    /// The sign-in with another provider failed there, or on the way back; `serviceCode` may say more.
    ProviderFailed => "provider_failed", error, retry;
    /// The session's tokens are not for the account: add `aws.cognito.signin.user.admin` to `oauth-scopes`, and to the allowed scopes of the app
    /// client; it holds from the next sign-in on.
    ScopeMissing => "scope_missing", error, no_retry;
    /// Anything else.
    Unexpected => "unexpected", error, retry;
    /// The last sign-in was too long ago for a change of what protects the account.
    SignInToChange => "sign_in_to_change", status, retry;
    /// The sign-up is not confirmed. The screen that follows does that.
    NotConfirmed => "not_confirmed", status, retry;
    /// The sign-up is confirmed.
    Confirmed => "confirmed", status, retry;
    /// The password must be reset. The screen that follows does that.
    PasswordResetRequired => "password_reset_required", status, retry;
    /// The password is held no more, so a new code takes another sign-in.
    SignInForNewCode => "sign_in_for_new_code", status, retry;
    /// A new code is on its way.
    NewCodeSent => "new_code_sent", status, retry;
    /// The authenticator app is set up.
    AuthenticatorOn => "authenticator_on", status, retry;
    /// The authenticator app is off.
    AuthenticatorOff => "authenticator_off", status, retry;
    /// Codes by text message are on.
    SmsOn => "sms_on", status, retry;
    /// Codes by text message are off.
    SmsOff => "sms_off", status, retry;
    /// Codes by e-mail are on.
    EmailOn => "email_on", status, retry;
    /// Codes by e-mail are off.
    EmailOff => "email_off", status, retry;
    /// The passkey is added.
    PasskeyAdded => "passkey_added", status, retry;
    /// The passkey is removed.
    PasskeyRemoved => "passkey_removed", status, retry;
    /// What was chosen is saved.
    Saved => "saved", status, retry;
    /// The password is changed.
    PasswordChanged => "password_changed", status, retry;
    /// The address or number is verified.
    Verified => "verified", status, retry;
    /// The device is forgotten.
    DeviceForgotten => "device_forgotten", status, retry;
    /// The device of this session is forgotten: the session cannot be refreshed any more.
    ThisDeviceForgotten => "this_device_forgotten", status, retry;
    /// The account is deleted.
    AccountDeleted => "account_deleted", status, retry;
}

impl NoticeKind {
    /// Whether it is about what was typed, and another try may mend it.
    pub(super) fn is_about_input(self) -> bool {
        matches!(
            self,
            Self::InvalidPassword
                | Self::PasswordUsedBefore
                | Self::EmailInvalid
                | Self::PhoneNumberInvalid
                | Self::InvalidInput
                | Self::AliasExists
        )
    }

    /// Whether it tells why no passkey serves here, so that another way may.
    pub(super) fn is_about_passkey(self) -> bool {
        matches!(
            self,
            Self::PasskeyCancelled
                | Self::PasskeyWrongHost
                | Self::PasskeyUnsupported
                | Self::PasskeyExists
                | Self::PasskeyFailed
                | Self::PasskeyRefused
                | Self::PasskeyExpired
                | Self::PasskeysOff
        )
    }

    /// Whether it is about the secret of the app client, which only the page's author can do something about.
    #[must_use]
    pub fn is_about_client_secret(self) -> bool {
        matches!(self, Self::SecretHashMissing | Self::SecretHashWrong | Self::SecretHashFailed)
    }

    /// The fault of the same code, where the page's author is told of it in the fault's words.
    fn fault(self) -> Option<Fault> {
        Fault::named(self.code()).filter(|fault| fault.is_told_by_element())
    }

    /// Whether a challenge is still worth answering, with the same session, after a call that ended so.
    pub(super) fn leaves_challenge_open(self) -> bool {
        matches!(
            self,
            Self::WrongCode
                | Self::CodeExpired
                | Self::CodeUsed
                | Self::Throttled
                | Self::Network
                | Self::BadReply
                | Self::SecretHashFailed
                // It may say how long to wait for the next code.
                | Self::ServiceText
                | Self::Unexpected
        )
    }
}

/// A notice: what is told, and what the words need for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is told.
    pub kind: NoticeKind,
    /// What the words need beyond the kind.
    pub detail: Detail,
    /// The service's own name for the error, where it had one.
    pub service_code: Option<String>,
}

/// What a notice says beyond its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// With [`NoticeKind::ServiceText`], the trigger's text for the person; with [`NoticeKind::Configuration`] and
    /// [`NoticeKind::UnsupportedChallenge`], the reason, for the page's author.
    Text(String),
    /// With [`NoticeKind::InvalidPassword`], the rule.
    Rule(PasswordRule),
    /// With [`NoticeKind::ClockOff`], by how many seconds, about; positive is ahead.
    Seconds(i64),
    /// With [`NoticeKind::Configuration`] and [`NoticeKind::Network`], which fault the page's author has to mend, and what the service said
    /// of it; empty where it said nothing.
    Fault(Fault, String),
}

impl From<NoticeKind> for Notice {
    fn from(kind: NoticeKind) -> Self {
        Self { kind, detail: Detail::None, service_code: None }
    }
}

impl Notice {
    /// A notice with a text beyond its kind.
    pub(super) fn with_text(kind: NoticeKind, text: &str) -> Self {
        Self { detail: Detail::Text(text.to_owned()), ..kind.into() }
    }

    /// The same with another kind, where a call's error means something else than elsewhere.
    pub(super) fn read_as(self, read: impl FnOnce(NoticeKind) -> NoticeKind) -> Self {
        Self { kind: read(self.kind), ..self }
    }

    /// Told to the page's author: a fault of the configuration, and what the service said of it.
    pub(super) fn of_fault(fault: Fault, said: &str) -> Self {
        let of_its_own = NoticeKind::ALL.iter().copied().find(|kind| kind.code() == fault.code());
        // To the person, a request that was blocked is one that did not get through.
        let other = if fault == Fault::CspBlocked { NoticeKind::Network } else { NoticeKind::Configuration };
        Self { detail: Detail::Fault(fault, said.to_owned()), ..of_its_own.unwrap_or(other).into() }
    }

    /// The text beyond the kind.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.detail {
            Detail::Text(text) => Some(text),
            Detail::Fault(_, said) => Some(said).filter(|said| !said.is_empty()).map(String::as_str),
            Detail::None | Detail::Rule(_) | Detail::Seconds(_) => None,
        }
    }

    /// The fault that the page's author has to mend, where it is known.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        match &self.detail {
            Detail::Fault(fault, _) => Some(*fault),
            Detail::None | Detail::Text(_) | Detail::Rule(_) | Detail::Seconds(_) => self.kind.fault(),
        }
    }

    /// A stable name: the fault's where there is one, else the kind's.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault().map_or(self.kind.code(), Fault::code)
    }

    /// Whether the same thing may well succeed later, without anybody changing anything but what was typed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.fault().map_or(self.kind.is_retryable(), Fault::is_retryable)
    }
}
