//! `SendEmail` of SES: signatures, the body, who may send

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use axum::{body::Body, http::Request};
use local_pool::ses::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
use serde_json::{Value, json};

use crate::client::{Client, Reply};

const PATH: &str = "/v2/email/outbound-emails";
const TO: &str = "jane@example.org";
const HOST: &str = "127.0.0.1:9229";

/// How a request is signed.
#[derive(Clone)]
pub struct Signer {
    pub access_key_id: &'static str,
    pub secret_access_key: &'static str,
    pub region: &'static str,
    pub service: &'static str,
    pub time: SystemTime,
    pub unsigned: Vec<&'static str>,
    pub headers: Vec<(&'static str, &'static str)>,
}

impl Default for Signer {
    fn default() -> Self {
        Self {
            access_key_id: ACCESS_KEY_ID,
            secret_access_key: SECRET_ACCESS_KEY,
            region: "us-east-1",
            service: "ses",
            time: SystemTime::now(),
            unsigned: Vec::new(),
            headers: vec![("content-type", "application/json")],
        }
    }
}

impl Signer {
    /// All headers, the signature among them.
    pub fn sign(&self, host: &str, body: &[u8]) -> Vec<(String, String)> {
        let identity = Credentials::new(self.access_key_id, self.secret_access_key, None, None, "tests").into();
        let mut settings = SigningSettings::default();
        settings.excluded_headers = Some(self.unsigned.iter().map(|name| (*name).into()).collect());
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(self.service)
            .time(self.time)
            .settings(settings)
            .build()
            .unwrap()
            .into();
        let mut headers = vec![("host", host)];
        headers.extend(&self.headers);
        let uri = format!("http://{host}{PATH}");
        let signable = SignableRequest::new("POST", uri, headers.iter().copied(), SignableBody::Bytes(body)).unwrap();
        let (instructions, _) = sign(signable, &params).unwrap().into_parts();
        headers.into_iter().chain(instructions.headers()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

async fn send_raw(client: &Client, headers: &[(String, String)], body: impl Into<Body>) -> Reply {
    let mut request = Request::post(PATH);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    client.send(request.body(body.into()).unwrap()).await
}

async fn send_as(client: &Client, signer: &Signer, body: &Value) -> Reply {
    let body = body.to_string();
    send_raw(client, &signer.sign(HOST, body.as_bytes()), body).await
}

/// Sends what [`Signer::default`] signs.
pub async fn send(client: &Client, body: &Value) -> Reply {
    send_as(client, &Signer::default(), body).await
}

/// `403 InvalidSignatureException: message`
fn error(reply: &Reply) -> String {
    assert!(!reply.headers.contains_key("access-control-allow-origin"));
    let code = reply.headers["x-amzn-errortype"].to_str().unwrap();
    format!("{} {code}: {}", reply.status, reply.body["message"].as_str().unwrap())
}

pub fn email() -> Value {
    json!({
        "FromEmailAddress": "Example <no-reply@mail.example.com>",
        "Destination": {"ToAddresses": [TO]},
        "Content": {"Simple": {
            "Subject": {"Data": "確認コード", "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": "In 2026 your code is\n\n482913\n", "Charset": "UTF-8"},
                "Html": {"Data": "<p>Your code is</p><p>482913</p>", "Charset": "UTF-8"},
            },
        }},
    })
}

/// The mail with one of its members set, or taken out.
fn email_with(pointer: &str, value: Value) -> Value {
    let mut email = email();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    email.pointer_mut(parent).unwrap()[name] = value;
    email
}

async fn inbox(client: &Client, to: &str) -> Vec<Value> {
    client.get(&format!("/local/inbox?to={to}")).await.ok().as_array().unwrap().clone()
}

#[tokio::test]
async fn a_mail_is_in_the_inbox() {
    let client = Client::new();
    let reply = send(&client, &email()).await;
    assert_eq!(reply.headers["content-type"], "application/json");
    assert!(reply.ok()["MessageId"].as_str().unwrap().len() > 36);
    let mails = inbox(&client, TO).await;
    let mail = &mails[0];
    assert_eq!((&mail["kind"], &mail["from"]), (&json!("SES"), &json!("Example <no-reply@mail.example.com>")));
    assert_eq!((&mail["subject"], &mail["code"]), (&json!("確認コード"), &json!("482913")));
    assert_eq!(mail["body"], "In 2026 your code is\n\n482913\n");
    assert_eq!(mail["html"], "<p>Your code is</p><p>482913</p>");
    assert_eq!(mail["sentAt"], "2025-09-09T09:05:03Z");
    assert_eq!(client.pool.newest_code(TO).unwrap(), "482913");
}

#[tokio::test]
async fn each_recipient_gets_it() {
    let client = Client::new();
    let addresses = json!({"ToAddresses": [TO], "CcAddresses": ["Joe <joe@example.org>"], "BccAddresses": ["eve@example.org"]});
    send(&client, &email_with("/Destination", addresses)).await.ok();
    for to in [TO, "joe@example.org", "eve@example.org"] {
        assert_eq!(inbox(&client, to).await.len(), 1, "{to}");
    }
}

#[tokio::test]
async fn a_mail_of_html_alone_can_be_read_as_text() {
    let client = Client::new();
    send(&client, &email_with("/Content/Simple/Body/Text", Value::Null)).await.ok();
    let mails = inbox(&client, TO).await;
    assert_eq!((&mails[0]["body"], &mails[0]["code"]), (&json!("Your code is\n\n482913\n"), &json!("482913")));
    send(&client, &email_with("/Content/Simple/Body", json!({"Text": {"Data": "no code"}}))).await.ok();
    let mails = inbox(&client, TO).await;
    assert_eq!((&mails[0]["html"], &mails[0]["code"]), (&Value::Null, &Value::Null));
    assert_eq!(client.pool.newest_code(TO), None);
}

#[tokio::test]
async fn every_region_will_do() {
    let client = Client::new();
    for region in ["us-east-1", "ap-northeast-1", "us-gov-west-1"] {
        send_as(&client, &Signer { region, ..Signer::default() }, &email()).await.ok();
    }
}

#[tokio::test]
async fn the_sdks_own_name_need_not_be_signed() {
    let client = Client::new();
    let headers = vec![("content-type", "application/json"), ("x-amz-user-agent", "sdk")];
    for unsigned in [vec![], vec!["x-amz-user-agent"]] {
        send_as(&client, &Signer { headers: headers.clone(), unsigned, ..Signer::default() }, &email()).await.ok();
    }
}

#[tokio::test]
async fn only_a_right_signature_will_do() {
    let client = Client::new();
    let no_signature = send_raw(&client, &[("host".to_owned(), HOST.to_owned())], email().to_string()).await;
    assert_eq!(error(&no_signature), "403 MissingAuthenticationTokenException: Missing Authentication Token");
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let right = Signer::default;
    for (signer, expected) in [
        (Signer { access_key_id: "AKIDEXAMPLE", ..right() }, "403 UnrecognizedClientException: The security token"),
        (Signer { secret_access_key: "wrong", ..right() }, "403 InvalidSignatureException: The request signature we calculated"),
        (Signer { service: "email", ..right() }, "403 InvalidSignatureException: Credential should be scoped to correct service"),
        (Signer { region: "US East", ..right() }, "403 IncompleteSignatureException: "),
        (Signer { time: SystemTime::now() - minutes(6), ..right() }, "403 InvalidSignatureException: Signature expired: "),
        (
            Signer { time: SystemTime::now() + minutes(6), ..right() },
            "403 InvalidSignatureException: Signature not yet current: ",
        ),
        (
            Signer { unsigned: vec!["host"], ..right() },
            "403 InvalidSignatureException: There were headers that were not signed: host",
        ),
        (
            Signer { unsigned: vec!["x-amz-date"], ..right() },
            "403 InvalidSignatureException: There were headers that were not signed: x-amz-date",
        ),
        (
            Signer { unsigned: vec!["x-amz-x"], headers: vec![("x-amz-x", "1")], ..right() },
            "403 InvalidSignatureException: There were headers that were not signed: x-amz-x",
        ),
    ] {
        let reply = send_as(&client, &signer, &email()).await;
        assert!(error(&reply).starts_with(expected), "{expected}: {}", error(&reply));
    }
    assert!(inbox(&client, TO).await.is_empty());
}

#[tokio::test]
async fn what_was_signed_cannot_be_changed() {
    let client = Client::new();
    let body = email().to_string();
    let mismatch = "403 InvalidSignatureException: The request signature we calculated does not match";
    let signed = Signer::default().sign(HOST, body.as_bytes());
    assert!(error(&send_raw(&client, &signed, body.replace("482913", "482914")).await).starts_with(mismatch));
    for (name, value) in [("host", "localhost:9229"), ("content-type", "application/json; charset=utf-8")] {
        let changed: Vec<_> =
            signed.iter().map(|(n, v)| (n.clone(), if n == name { value.to_owned() } else { v.clone() })).collect();
        assert!(error(&send_raw(&client, &changed, body.clone()).await).starts_with(mismatch), "{name}");
    }
    let twice: Vec<_> = signed.iter().cloned().chain([("content-type".to_owned(), "text/plain".to_owned())]).collect();
    assert!(error(&send_raw(&client, &twice, body.clone()).await).starts_with(mismatch));
    let without: Vec<_> = signed.iter().filter(|(name, _)| name != "content-type").cloned().collect();
    assert!(error(&send_raw(&client, &without, body.clone()).await).starts_with(mismatch));
    send_raw(&client, &signed, body).await.ok();
}

/// The pool's clock may be moved; the sender's cannot.
#[tokio::test]
async fn the_machines_clock_counts() {
    let client = Client::new();
    client.pool.advance_clock(Duration::from_secs(24 * 3600));
    send(&client, &email()).await.ok();
    assert_eq!(inbox(&client, TO).await[0]["sentAt"], "2025-09-10T09:05:03Z");
}

#[tokio::test]
async fn unknown_members_are_refused_by_name() {
    let client = Client::new();
    for pointer in [
        "/Subject",
        "/Destination/To",
        "/Content/Simples",
        "/Content/Simple/subject",
        "/Content/Simple/Body/HTML",
        "/Content/Simple/Body/Text/CharSet",
        "/Content/Simple/Subject/Text",
    ] {
        let (_, name) = pointer.rsplit_once('/').unwrap();
        let reply = send(&client, &email_with(pointer, json!("x"))).await;
        assert!(error(&reply).starts_with(&format!("400 BadRequestException: unknown field `{name}`")), "{}", error(&reply));
    }
    let tags = json!([{"Name": "a", "Value": "b", "Values": "c"}]);
    assert!(error(&send(&client, &email_with("/EmailTags", tags)).await).contains("unknown field `Values`"));
}

#[tokio::test]
async fn members_are_what_the_reference_says() {
    let client = Client::new();
    let simple = email()["Content"]["Simple"].clone();
    let many = |count: usize| (0..count).map(|index| json!(format!("jane{index}@example.org"))).collect::<Value>();
    for (pointer, value, expected) in [
        ("/FromEmailAddress", Value::Null, "FromEmailAddress is missing"),
        ("/FromEmailAddress", json!("Example"), "Invalid email address Example."),
        ("/FromEmailAddress", json!("山田 <a@example.com>"), "A name that is not ASCII"),
        ("/FromEmailAddress", json!(7), "invalid type"),
        ("/Destination", Value::Null, "Destination must have"),
        ("/Destination", json!({"ToAddresses": []}), "Destination must have"),
        ("/Destination/ToAddresses", json!([""]), "Invalid email address ."),
        ("/Destination/ToAddresses", json!(["a@example.org, b@example.org"]), "Invalid email address"),
        ("/Destination/ToAddresses", json!(["a@example.org\r\nBcc: b@example.org"]), "Invalid email address"),
        ("/Destination/ToAddresses", json!("a@example.org"), "invalid type"),
        ("/Destination/CcAddresses", many(50), "Recipient count exceeds 50."),
        ("/ReplyToAddresses", json!(["x"]), "Invalid email address x."),
        ("/FeedbackForwardingEmailAddress", json!("x"), "Invalid email address x."),
        ("/EmailTags", json!([{"Name": "a b", "Value": "c"}]), "Names and values of tags"),
        ("/EmailTags", json!([{"Name": "a"}]), "missing field `Value`"),
        ("/Content", json!({}), "Content must have exactly one"),
        ("/Content", json!({"Simple": simple, "Raw": {"Data": ""}}), "Content must have exactly one"),
        ("/Content", json!({"Raw": {"Data": ""}}), "The local pool does not support content of the kind Raw"),
        ("/Content", json!({"Template": {}}), "The local pool does not support content of the kind Template"),
        ("/Content/Simple/Attachments", json!([{}]), "The local pool does not support attachments"),
        ("/Content/Simple/Headers", json!([{"Name": "a b", "Value": "c"}]), "A message header"),
        ("/Content/Simple/Headers", json!([{"Name": "X-A", "Value": "a\r\nBcc: b"}]), "A message header"),
        ("/Content/Simple/Subject", Value::Null, "invalid type: null"),
        ("/Content/Simple/Subject/Data", json!(" "), "The subject must be"),
        ("/Content/Simple/Subject/Data", json!("a\nb"), "The subject must be"),
        ("/Content/Simple/Subject/Charset", Value::Null, "The content is not US-ASCII"),
        ("/Content/Simple/Subject/Charset", json!("ISO-8859-1"), "The content is not ISO-8859-1"),
        ("/Content/Simple/Subject/Charset", json!("UTF8"), "The local pool does not support the charset UTF8"),
        ("/Content/Simple/Body", json!({}), "The body must have"),
        ("/Content/Simple/Body/Text/Data", json!(""), "The body must have"),
    ] {
        let reply = send(&client, &email_with(pointer, value.clone())).await;
        let error = error(&reply);
        assert!(error.starts_with(&format!("400 BadRequestException: {expected}")), "{pointer} {value}: {error}");
    }
    assert!(inbox(&client, TO).await.is_empty());
    send(&client, &email_with("/Destination/CcAddresses", many(49))).await.ok();
    let headers = json!([{"Name": "X-Flow", "Value": "email code"}]);
    send(&client, &email_with("/Content/Simple/Headers", headers)).await.ok();
    send(&client, &email_with("/EmailTags", json!([{"Name": "flow", "Value": "code"}]))).await.ok();
}

#[tokio::test]
async fn what_a_pool_has_none_of_does_not_exist() {
    let client = Client::new();
    for (pointer, value, what) in [
        ("/ConfigurationSetName", json!("x"), "Configuration set"),
        ("/TenantName", json!("x"), "Tenant"),
        ("/EndpointId", json!("x"), "Endpoint"),
        ("/FromEmailAddressIdentityArn", json!("x"), "Identity"),
        ("/ListManagementOptions", json!({"ContactListName": "x"}), "Contact list"),
    ] {
        let reply = send(&client, &email_with(pointer, value)).await;
        assert_eq!(error(&reply), format!("404 NotFoundException: {what} x does not exist."));
    }
}

#[tokio::test]
async fn bodies_are_json_of_some_size() {
    let client = Client::new();
    let signer = Signer::default();
    for body in ["", "{", "x"] {
        let reply = send_raw(&client, &signer.sign(HOST, body.as_bytes()), body).await;
        assert_eq!(error(&reply), "400 SerializationException: The body is not JSON");
    }
    let signer = Signer { headers: vec![("content-type", "text/plain")], ..signer };
    assert!(error(&send_as(&client, &signer, &email()).await).starts_with("415 UnsupportedMediaTypeException: "));
    let long = email_with("/Content/Simple/Body/Text/Data", json!("x".repeat(1024 * 1024)));
    assert!(error(&send(&client, &long).await).starts_with("413 RequestEntityTooLargeException: "));
    let nearly = email_with("/Content/Simple/Body/Text/Data", json!("x".repeat(1024 * 1024 - 1024)));
    send(&client, &nearly).await.ok();
}

#[tokio::test]
async fn only_verified_identities_send() {
    let identities = || vec!["example.com".to_owned(), "me@gmail.example".to_owned()];
    let client = Client::with(|builder| builder.with(|settings| settings.ses_identities = identities()));
    for from in ["a@example.com", "Example <a@mail.EXAMPLE.com>", "me@gmail.example"] {
        send(&client, &email_with("/FromEmailAddress", json!(from))).await.ok();
    }
    let rejected = |region: &str, failed: &str| {
        format!(
            "400 MessageRejected: Email address is not verified. \
             The following identities failed the check in region {region}: {failed}"
        )
    };
    for from in ["a@badexample.com", "you@gmail.example", "a@example.org"] {
        let reply = send(&client, &email_with("/FromEmailAddress", json!(from))).await;
        assert_eq!(error(&reply), rejected("US-EAST-1", from));
    }
    let feedback = email_with("/FeedbackForwardingEmailAddress", json!("b@example.org"));
    let signer = Signer { region: "eu-west-1", ..Signer::default() };
    assert_eq!(error(&send_as(&client, &signer, &feedback).await), rejected("EU-WEST-1", "b@example.org"));
}

#[tokio::test]
async fn it_is_for_this_machine_alone() {
    let client = Client::new();
    let body = email().to_string();
    let elsewhere = Signer::default().sign("rebound.example:9229", body.as_bytes());
    assert_eq!(send_raw(&client, &elsewhere, body.clone()).await.status, 403);
    let signer =
        Signer { headers: vec![("content-type", "application/json"), ("origin", "https://shop.example")], ..Signer::default() };
    assert_eq!(send_as(&client, &signer, &email()).await.status, 403);
    assert!(inbox(&client, TO).await.is_empty());
    // No preflight is granted, so no page can send one.
    let preflight = Request::options(PATH).header("host", HOST).header("origin", "http://localhost:8080");
    let reply = client.send(preflight.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, 405);
    assert!(!reply.headers.contains_key("access-control-allow-origin"));
    let get = Request::get(PATH).header("host", HOST).body(Body::empty()).unwrap();
    assert_eq!(client.send(get).await.status, 405);
}
