//! The body of `SendEmail`: its members by the API reference, and what they may be.

use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::{Value, error::Category};

use super::{SesError, address};

const MAX_RECIPIENTS: usize = 50;
const MAX_HEADERS: usize = 15;

/// What is to be mailed.
pub(super) struct Email {
    /// As it was written.
    pub from: String,
    /// Addresses that must be verified.
    pub senders: Vec<String>,
    pub recipients: Vec<String>,
    pub subject: String,
    pub text: Option<String>,
    pub html: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SendEmailRequest {
    from_email_address: Option<String>,
    from_email_address_identity_arn: Option<String>,
    destination: Option<Destination>,
    reply_to_addresses: Option<Vec<String>>,
    feedback_forwarding_email_address: Option<String>,
    feedback_forwarding_email_address_identity_arn: Option<String>,
    content: EmailContent,
    email_tags: Option<Vec<MessageTag>>,
    configuration_set_name: Option<String>,
    endpoint_id: Option<String>,
    tenant_name: Option<String>,
    list_management_options: Option<ListManagementOptions>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Destination {
    to_addresses: Option<Vec<String>>,
    cc_addresses: Option<Vec<String>>,
    bcc_addresses: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct EmailContent {
    simple: Option<Message>,
    raw: Option<Value>,
    template: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Message {
    subject: Content,
    body: Body,
    headers: Option<Vec<MessageHeader>>,
    attachments: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Body {
    text: Option<Content>,
    html: Option<Content>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Content {
    data: String,
    charset: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct MessageHeader {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct MessageTag {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ListManagementOptions {
    contact_list_name: String,
    #[serde(rename = "TopicName")]
    _topic_name: Option<String>,
}

pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), SesError> {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = text.split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(SesError::new("UnsupportedMediaTypeException", 415, "The content type must be application/json"))
}

pub(super) fn read(body: &[u8]) -> Result<Email, SesError> {
    let request: SendEmailRequest = serde_json::from_slice(body).map_err(|error| match error.classify() {
        // Names the member, which the service ignores; a local pool that does so too would let misspelt members through.
        Category::Data => SesError::bad_request(error.to_string()),
        Category::Io | Category::Syntax | Category::Eof => SesError::new("SerializationException", 400, "The body is not JSON"),
    })?;
    refuse_absent_resources(&request)?;
    let from = request.from_email_address.filter(|from| !from.is_empty());
    let from = from.ok_or_else(|| SesError::bad_request("FromEmailAddress is missing."))?;
    let mut senders = vec![address::read(&from)?];
    if let Some(feedback) = &request.feedback_forwarding_email_address {
        senders.push(address::read(feedback)?);
    }
    for reply_to in request.reply_to_addresses.iter().flatten() {
        address::read(reply_to)?;
    }
    for MessageTag { name, value } in request.email_tags.iter().flatten() {
        check_tag(name)?;
        check_tag(value)?;
    }
    let recipients = recipients(&request.destination.unwrap_or_default())?;
    let message = message(request.content)?;
    let (subject, text, html) = (message.subject, message.body.text, message.body.html);
    for content in [Some(&subject), text.as_ref(), html.as_ref()].into_iter().flatten() {
        check_charset(content)?;
    }
    if subject.data.trim().is_empty() || subject.data.contains(char::is_control) {
        return Err(SesError::bad_request("The subject must be one line of text."));
    }
    let (text, html) = (text.map(|text| text.data), html.map(|html| html.data));
    let parts = [&text, &html];
    if parts.iter().all(|part| part.is_none())
        || parts.iter().any(|part| part.as_ref().is_some_and(|part| part.trim().is_empty()))
    {
        return Err(SesError::bad_request("The body must have a Text or an Html part, and none that is empty."));
    }
    for MessageHeader { name, value } in message.headers.iter().flatten() {
        check_header(name, value)?;
    }
    if message.headers.as_ref().is_some_and(|headers| headers.len() > MAX_HEADERS) {
        return Err(SesError::bad_request(format!("There can be at most {MAX_HEADERS} headers.")));
    }
    Ok(Email { from, senders, recipients, subject: subject.data, text, html })
}

fn refuse_absent_resources(request: &SendEmailRequest) -> Result<(), SesError> {
    for (what, name) in [
        ("Identity", &request.from_email_address_identity_arn),
        ("Identity", &request.feedback_forwarding_email_address_identity_arn),
        ("Configuration set", &request.configuration_set_name),
        ("Endpoint", &request.endpoint_id),
        ("Tenant", &request.tenant_name),
    ] {
        if let Some(name) = name {
            return Err(SesError::not_found(what, name));
        }
    }
    match &request.list_management_options {
        Some(options) => Err(SesError::not_found("Contact list", &options.contact_list_name)),
        None => Ok(()),
    }
}

/// The message of `Simple` content, which is the only kind.
fn message(content: EmailContent) -> Result<Message, SesError> {
    let message = match (content.simple, content.raw, content.template) {
        (Some(message), None, None) => message,
        (None, Some(_), None) => return Err(SesError::unsupported("content of the kind Raw, only Simple")),
        (None, None, Some(_)) => return Err(SesError::unsupported("content of the kind Template, only Simple")),
        _ => return Err(SesError::bad_request("Content must have exactly one of Simple, Raw and Template.")),
    };
    match &message.attachments {
        Some(attachments) if !attachments.is_empty() => Err(SesError::unsupported("attachments")),
        _ => Ok(message),
    }
}

fn recipients(destination: &Destination) -> Result<Vec<String>, SesError> {
    let Destination { to_addresses, cc_addresses, bcc_addresses } = destination;
    let lists = [to_addresses, cc_addresses, bcc_addresses];
    let recipients: Vec<String> =
        lists.into_iter().flatten().flatten().map(|text| address::read(text)).collect::<Result<_, _>>()?;
    match recipients.len() {
        0 => Err(SesError::bad_request("Destination must have at least one address.")),
        1..=MAX_RECIPIENTS => Ok(recipients),
        _ => Err(SesError::bad_request(format!("Recipient count exceeds {MAX_RECIPIENTS}."))),
    }
}

/// Without a charset SES takes 7-bit ASCII.
fn check_charset(content: &Content) -> Result<(), SesError> {
    let charset = content.charset.as_deref().unwrap_or("US-ASCII");
    let fits = match charset.to_ascii_uppercase().as_str() {
        "UTF-8" => true,
        "US-ASCII" | "ASCII" => content.data.is_ascii(),
        "ISO-8859-1" => content.data.chars().all(|char| u32::from(char) < 256),
        _ => return Err(SesError::unsupported(&format!("the charset {charset}, only UTF-8, US-ASCII and ISO-8859-1"))),
    };
    if fits { Ok(()) } else { Err(SesError::bad_request(format!("The content is not {charset}; set Charset to UTF-8."))) }
}

fn check_header(name: &str, value: &str) -> Result<(), SesError> {
    let is_name = (1..=126).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let is_value = (1..=995).contains(&value.len()) && value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_name && is_value { Ok(()) } else { Err(SesError::bad_request("A message header has a wrong name or value.")) }
}

fn check_tag(text: &str) -> Result<(), SesError> {
    let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.@".contains(&byte);
    if (1..=256).contains(&text.len()) && text.bytes().all(is_taken) {
        return Ok(());
    }
    Err(SesError::bad_request("Names and values of tags are 1 to 256 letters, digits, and _ - . @"))
}
