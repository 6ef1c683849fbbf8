//! `CustomMessage`: the words of the mails and text messages that the service itself sends.

use crate::{
    event::{CustomMessageEvent, CustomMessageResponse},
    locale::locale,
    messages::{Fields, Message, Messages},
    name::addressable_name,
    settings::Settings,
};

/// Fills in the mail and the text message, in the person's language and with their name.
///
/// Total: for a source that is not known, for an event without a placeholder for the code, and for a message that cannot be
/// written, the response stays empty, and the service uses its own words.
#[must_use]
pub fn custom_message(mut event: CustomMessageEvent, settings: &Settings, messages: &Messages) -> CustomMessageEvent {
    event.response = response(&event, settings, messages).unwrap_or_default();
    event
}

fn response(event: &CustomMessageEvent, settings: &Settings, messages: &Messages) -> Option<CustomMessageResponse> {
    let request = &event.request;
    let (mail, sms) = match event.trigger_source.as_str() {
        "CustomMessage_SignUp" => (Message::SignUp, Message::Sms),
        "CustomMessage_ResendCode" => (Message::ResendCode, Message::Sms),
        "CustomMessage_ForgotPassword" => (Message::ForgotPassword, Message::Sms),
        "CustomMessage_UpdateUserAttribute" | "CustomMessage_VerifyUserAttribute" => (Message::VerifyAttribute, Message::Sms),
        "CustomMessage_AdminCreateUser" => (Message::Invitation, Message::InvitationSms),
        "CustomMessage_Authentication" => (Message::MfaCode, Message::Sms),
        _ => return None,
    };
    let code = request.code_parameter.as_str();
    let username = request.username_parameter.as_deref().filter(|parameter| !parameter.is_empty());
    if code.trim().is_empty() || (mail.names_user() && username.is_none()) {
        return None;
    }
    let name = addressable_name(&request.user_attributes).filter(|name| !name.contains(code));
    let fields = Fields { code, product: settings.product_name.as_deref(), name: name.as_deref(), minutes: None, username };
    let locale = locale(&request.client_metadata, &request.user_attributes);
    let mail = messages.mail(mail, locale, &fields, "").ok();
    Some(CustomMessageResponse {
        sms_message: messages.sms(sms, locale, &fields).ok(),
        email_subject: mail.as_ref().map(|mail| mail.subject.clone()),
        email_message: mail.map(|mail| mail.html),
    })
}
