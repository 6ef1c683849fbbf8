//! The mails and text messages with codes that the pool itself sends, worded by the `CustomMessage` trigger.
//!
//! # Source
//! AWS, developer guide, "Custom message Lambda trigger"; what the service says to a message that it does not take stands in
//! amplify-js#6917 and amazon-cognito-identity-js#446. That it keeps its own words where a message is too long stands in
//! amazon-cognito-identity-js#396 and #155 for the body; for the subject it is not certain.

use cognito_protocol::idp::StringMap;
use triggers::{CustomMessageRequest, CustomMessageResponse, is_taken_by_service};

use super::{
    destination::Destination,
    trigger_event::{attributes, event, texts},
};
use crate::{
    cx::Cx,
    error::ApiError,
    inbox::{Delivery, Medium},
    log,
    state::UserId,
};

const CODE_PARAMETER: &str = "{####}";
const MAX_SUBJECT: usize = 140;
const MAX_MESSAGE: usize = 20_000;
const MAX_SMS: usize = 140;

/// What led to the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    SignUp,
    ResendCode,
    ForgotPassword,
    UpdateAttribute,
    VerifyAttribute,
    /// A second factor.
    SignIn,
    /// A first factor of `USER_AUTH`.
    FirstFactor,
}

impl Reason {
    fn trigger_source(self) -> &'static str {
        match self {
            Self::SignUp => "CustomMessage_SignUp",
            Self::ResendCode => "CustomMessage_ResendCode",
            Self::ForgotPassword => "CustomMessage_ForgotPassword",
            Self::UpdateAttribute => "CustomMessage_UpdateUserAttribute",
            Self::VerifyAttribute => "CustomMessage_VerifyUserAttribute",
            Self::SignIn | Self::FirstFactor => "CustomMessage_Authentication",
        }
    }

    /// What the inbox calls it.
    fn kind(self, medium: Medium) -> &'static str {
        match (self, medium) {
            (Self::SignUp, _) => "SIGN_UP",
            (Self::ResendCode, _) => "RESEND_CODE",
            (Self::ForgotPassword, _) => "FORGOT_PASSWORD",
            (Self::UpdateAttribute, _) => "UPDATE_USER_ATTRIBUTE",
            (Self::VerifyAttribute, _) => "VERIFY_USER_ATTRIBUTE",
            (Self::SignIn, Medium::Sms) => "SMS_MFA",
            (Self::FirstFactor, Medium::Sms) => "SMS_OTP",
            (Self::SignIn | Self::FirstFactor, Medium::Email) => "EMAIL_OTP",
        }
    }

    /// The service's own words.
    fn words(self) -> &'static str {
        match self {
            Self::SignUp | Self::ResendCode => "Your confirmation code is {####}",
            Self::ForgotPassword => "Your password reset code is {####}",
            Self::UpdateAttribute | Self::VerifyAttribute => "Your verification code is {####}",
            Self::SignIn | Self::FirstFactor => "Your authentication code is {####}. ",
        }
    }
}

/// The mail or the text message with a code to a user. Where the trigger says nothing, these are the service's own words.
pub(super) fn message(
    cx: &mut Cx<'_>,
    user: &UserId,
    client_id: &str,
    reason: Reason,
    destination: Destination,
    client_metadata: &StringMap,
    code: &str,
) -> Result<Delivery, ApiError> {
    let medium = destination.medium();
    let response = worded(cx, user, client_id, reason.trigger_source(), client_metadata)?;
    let own_words = reason.words().replace(CODE_PARAMETER, code);
    let (subject, text, html) = match medium {
        Medium::Email => {
            let html = said(cx, "emailMessage", response.email_message, MAX_MESSAGE);
            if let Some(html) = &html {
                check(html)?;
            }
            let subject = said(cx, "emailSubject", response.email_subject, MAX_SUBJECT);
            let subject = subject.unwrap_or_else(|| "Your verification code".to_owned());
            let text = html.is_none().then(|| own_words + "\n");
            (Some(subject), text, html.map(|html| html.replace(CODE_PARAMETER, code)))
        }
        Medium::Sms => {
            let text = said(cx, "smsMessage", response.sms_message, MAX_SMS);
            if let Some(text) = &text {
                check_sms(text)?;
            }
            (None, Some(text.map_or(own_words, |text| text.replace(CODE_PARAMETER, code))), None)
        }
    };
    let (kind, to) = (reason.kind(medium), destination.into_text());
    Ok(Delivery { medium, kind, from: None, to, subject, text, html, code: Some(code.to_owned()) })
}

/// What the trigger answers.
fn worded(
    cx: &mut Cx<'_>,
    user: &UserId,
    client_id: &str,
    trigger_source: &str,
    client_metadata: &StringMap,
) -> Result<CustomMessageResponse, ApiError> {
    let request = CustomMessageRequest {
        user_attributes: attributes(cx, user),
        code_parameter: CODE_PARAMETER.to_owned(),
        client_metadata: texts(client_metadata),
        ..Default::default()
    };
    let event = event(cx, user, client_id, trigger_source, request);
    cx.trigger(|functions| functions.custom_message(event))
}

/// What the trigger said, if the service takes it.
fn said(cx: &Cx<'_>, member: &str, text: Option<String>, most: usize) -> Option<String> {
    let text = text.filter(|text| !text.is_empty())?;
    if text.chars().count() <= most {
        return Some(text);
    }
    if cx.settings().log {
        // On the service nothing tells why the words are not the trigger's.
        let outcome = format!("{member} is left out: it is longer than {most} characters");
        log::line(cx.now_millis, "CustomMessage", None, &outcome);
    }
    None
}

/// The pattern that the service has for messages.
fn check(message: &str) -> Result<(), ApiError> {
    if message.contains(CODE_PARAMETER) && message.chars().all(is_taken_by_service) {
        return Ok(());
    }
    Err(ApiError::invalid_parameter(format!(
        "1 validation error detected: Value '{message}' at 'emailBody' failed to satisfy constraint: Member must satisfy regular \
         expression pattern: [\\p{{L}}\\p{{M}}\\p{{S}}\\p{{N}}\\p{{P}}\\s*]*\\{{####\\}}[\\p{{L}}\\p{{M}}\\p{{S}}\\p{{N}}\\p{{P}}\\s*]*"
    )))
}

/// The same for text messages. That the service says it in these words is not certain.
fn check_sms(message: &str) -> Result<(), ApiError> {
    if message.contains(CODE_PARAMETER) {
        return Ok(());
    }
    Err(ApiError::invalid_parameter(format!(
        "1 validation error detected: Value '{message}' at 'smsMessage' failed to satisfy constraint: Member must satisfy regular \
         expression pattern: .*\\{{####\\}}.*"
    )))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::check;

    #[test]
    fn messages_that_the_service_takes() {
        for message in ["{####}", "<p>Hello\r\n\tJane &amp; 🦀</p><b>{####}</b>", "確認コードは{####}です。", "a\u{301} {####}"]
        {
            assert!(check(message).is_ok(), "{message}");
        }
    }

    #[test]
    fn the_sentence_about_others() {
        for message in ["", "Hello", "{###}", "a\u{a0}{####}", "山田\u{3000}様 {####}", "\u{200b}{####}", "\u{0}{####}"] {
            let error = check(message).unwrap_err();
            assert_eq!(error.code, "InvalidParameterException");
            assert_eq!(
                error.message,
                format!(
                    "1 validation error detected: Value '{message}' at 'emailBody' failed to satisfy constraint: \
                         Member must satisfy regular expression pattern: "
                ) + r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
            );
        }
    }
}
