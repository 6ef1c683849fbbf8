//! The messages, by meaning.

use cognito_protocol::flow::Notice;

use crate::config::UsernameKind;

/// Something to say.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Message<'a> {
    SignInHeading,
    SignInName(UsernameKind),
    Password,
    SignIn,
    ShowPassword,
    EmailCodeHeading,
    EmailCodeSent { destination: Option<&'a str> },
    VerificationCode,
    Verify,
    SendNewCode,
    SendNewCodeIn { seconds: u32 },
    BackToSignIn,
    TotpCodeHeading,
    TotpCodeText,
    TotpSetupHeading,
    TotpSetupScan,
    TotpSetupEnter,
    QrCode,
    SetupKey,
    CopySetupKey,
    SetupKeyCopied,
    VerifyAndTurnOn,
    Cancel,
    CustomChallengeHeading,
    Answer,
    Continue,
    SignedInHeading,
    SignOut,
    AccountHeading,
    AccountSignedOut,
    AuthenticatorApp,
    AuthenticatorIsOn,
    AuthenticatorIsOff,
    SetUpAuthenticator,
    TurnOffAuthenticator,
    ReplaceAuthenticator,
    TryAgain,
    Loading,
    BadConfiguration { error: &'a str },
    Notice(&'a Notice, UsernameKind),
}
