//! The screens, by the names of the public contract: one table.

/// Defines [`Screen`] with its names and what each is for.
macro_rules! screens {
    ($($(#[doc = $about:literal])* $screen:ident => $name:literal,)*) => {
        /// A screen, by the name in the public contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Screen {
            $($(#[doc = $about])* $screen,)*
        }

        impl Screen {
            /// All of them, in the order in which people may meet them.
            pub const ALL: &[Self] = &[$(Self::$screen),*];

            /// The name in events and attributes.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$screen => $name,)*
                }
            }

            /// What it is for, in a sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$screen => concat!($($about),*).trim(),)*
                }
            }
        }
    };
}

screens! {
    /// Nothing is known yet.
    Loading => "loading",
    /// The sign-in form.
    SignIn => "sign-in",
    /// The form for a new account.
    SignUp => "sign-up",
    /// The code that confirms a new account.
    ConfirmSignUp => "confirm-sign-up",
    /// Asks where to send a code for a new password.
    ForgotPassword => "forgot-password",
    /// That code, and the new password.
    ResetPassword => "reset-password",
    /// What to sign in by.
    ChooseFactor => "choose-factor",
    /// An e-mailed code.
    EmailCode => "email-code",
    /// A code by text message.
    SmsCode => "sms-code",
    /// An authenticator code.
    TotpCode => "totp-code",
    /// Which second factor: to sign in by, or to set up.
    ChooseMfa => "choose-mfa",
    /// Setting up an authenticator app.
    TotpSetup => "totp-setup",
    /// Setting up codes by e-mail.
    EmailSetup => "email-setup",
    /// Another password in the place of a temporary one, and attributes that are missing.
    NewPassword => "new-password",
    /// The pool's own question.
    CustomChallenge => "custom-challenge",
    /// Asks whether the device is to be remembered.
    RememberDevice => "remember-device",
    /// Signed in.
    SignedIn => "signed-in",
    /// The account's settings.
    Account => "account",
    /// Another password, for a signed-in person.
    ChangePassword => "change-password",
    /// Another e-mail address, for a signed-in person.
    ChangeEmail => "change-email",
    /// A first or another phone number, for a signed-in person.
    ChangePhoneNumber => "change-phone-number",
    /// A code that verifies the e-mail address of a signed-in person.
    VerifyEmail => "verify-email",
    /// A code that verifies the phone number of a signed-in person.
    VerifyPhoneNumber => "verify-phone-number",
    /// Asks whether the account is to be deleted.
    DeleteAccount => "delete-account",
}

impl Screen {
    /// The screen of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|screen| screen.as_str() == name)
    }
}
