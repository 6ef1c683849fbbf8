//! English.

use cognito_protocol::flow::Notice;

use super::Message;
use crate::config::UsernameKind;

pub(super) fn text(message: &Message<'_>) -> String {
    let text = match *message {
        Message::SignInHeading | Message::SignIn => "Sign in",
        Message::SignInName(UsernameKind::Email) => "Email",
        Message::SignInName(UsernameKind::Phone) => "Phone number",
        Message::SignInName(UsernameKind::Username) => "Username",
        Message::Password => "Password",
        Message::ShowPassword => "Show password",
        Message::EmailCodeHeading => "Check your email",
        Message::EmailCodeSent { destination: Some(destination) } => {
            return ["We sent a verification code to ", destination, "."].concat();
        }
        Message::EmailCodeSent { destination: None } => "We sent you a verification code.",
        Message::VerificationCode => "Verification code",
        Message::Verify => "Verify",
        Message::SendNewCode => "Send a new code",
        Message::SendNewCodeIn { seconds: 1 } => "You can ask for another code in 1 second.",
        Message::SendNewCodeIn { seconds } => {
            return ["You can ask for another code in ", &seconds.to_string(), " seconds."].concat();
        }
        Message::BackToSignIn => "Back to sign in",
        Message::TotpCodeHeading => "Enter your authenticator code",
        Message::TotpCodeText => "Open your authenticator app and type the 6-digit code that it shows for this account.",
        Message::TotpSetupHeading => "Set up your authenticator app",
        Message::TotpSetupScan => "Scan this code with your authenticator app, or type the setup key into it.",
        Message::TotpSetupEnter => "Then type the 6-digit code that the app shows.",
        Message::QrCode => "QR code",
        Message::SetupKey => "Setup key",
        Message::CopySetupKey => "Copy setup key",
        Message::SetupKeyCopied => "Setup key copied.",
        Message::VerifyAndTurnOn => "Verify and turn on",
        Message::Cancel => "Cancel",
        Message::CustomChallengeHeading => "One more step",
        Message::Answer => "Answer",
        Message::Continue => "Continue",
        Message::SignedInHeading => "You are signed in",
        Message::SignOut => "Sign out",
        Message::AccountHeading => "Your account",
        Message::AccountSignedOut => "You are not signed in.",
        Message::AuthenticatorApp => "Authenticator app",
        Message::AuthenticatorIsOn => "On. We ask for a code from your app when you sign in.",
        Message::AuthenticatorIsOff => "Off. With an authenticator app, your password alone is not enough to sign in.",
        Message::SetUpAuthenticator => "Set up authenticator app",
        Message::TurnOffAuthenticator => "Turn off authenticator app",
        Message::ReplaceAuthenticator => "Replace authenticator app",
        Message::TryAgain => "Try again",
        Message::Loading => "Loading…",
        Message::BadConfiguration { error } => return ["This sign-in form is not set up correctly. ", error].concat(),
        Message::Notice(notice, kind) => return of_notice(notice, kind),
    };
    text.to_owned()
}

fn of_notice(notice: &Notice, kind: UsernameKind) -> String {
    let text = match notice {
        Notice::WrongCredentials => match kind {
            UsernameKind::Email => "Incorrect email or password.",
            UsernameKind::Phone => "Incorrect phone number or password.",
            UsernameKind::Username => "Incorrect username or password.",
        },
        Notice::NameMissing => match kind {
            UsernameKind::Email => "Enter your email address.",
            UsernameKind::Phone => "Enter your phone number.",
            UsernameKind::Username => "Enter your username.",
        },
        Notice::PasswordMissing => "Enter your password.",
        Notice::AnswerMissing => "Enter the code first.",
        Notice::WrongCode => "That code is not right. Check it and try again.",
        Notice::CodeExpired => "That code has expired. Send a new one.",
        Notice::CodeUsed => "That code was used already. Wait for the next one.",
        Notice::ClockOff { seconds } => {
            let direction = if *seconds > 0 { "ahead" } else { "behind" };
            let seconds = seconds.unsigned_abs().to_string();
            return [
                "That code is from another time: your device's clock is off by about ",
                &seconds,
                " seconds (",
                direction,
                "). Set its clock automatically, then try the next code.",
            ]
            .concat();
        }
        Notice::SessionOver => "Your sign-in took too long. Please sign in again.",
        Notice::SignInEnded => "The code was wrong too many times. Please sign in again.",
        Notice::SessionEnded => "Your session has ended. Please sign in again.",
        Notice::Throttled => "Too many attempts. Please wait and try again.",
        Notice::Network => "We could not reach the sign-in service. Check your connection and try again.",
        Notice::UserDisabled => "This account is disabled. Please contact support.",
        Notice::NotConfirmed => "This account is not confirmed yet.",
        Notice::PasswordResetRequired => "The password of this account must be reset first.",
        Notice::UnsupportedChallenge(_) => "This account needs a sign-in step that is not available here.",
        Notice::AuthenticatorUnavailable => "Authenticator apps are not available for this account.",
        Notice::AuthenticatorRequired => "This account needs an authenticator app, so it cannot be turned off.",
        Notice::ServiceText(text) => return ["Something went wrong. Please try again. ", text].concat(),
        Notice::NotSignedIn => "You are not signed in.",
        Notice::SignedOutHereOnly => {
            "You are signed out here, but we could not sign you out on your other devices. Sign in and try again."
        }
        Notice::Configuration(_) | Notice::BadReply | Notice::Unexpected => "Something went wrong. Please try again.",
        Notice::NewCodeSent => "We sent a new code.",
        Notice::AuthenticatorOn => "Your authenticator app is set up.",
        Notice::AuthenticatorOff => "Your authenticator app is turned off.",
    };
    text.to_owned()
}
