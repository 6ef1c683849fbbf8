//! What each member of each request may be: the service's model as one table, and what is said to requests that break it.
//!
//! # Source
//! botocore 1.44.5, `cognito-idp`: required members, types, lengths, patterns, enumerations.

use serde_json::{Map, Value, json};

use crate::{
    client::Client,
    operations::{self, is_there},
};

/// A member of a request.
struct Member {
    name: &'static str,
    is_required: bool,
    kind: Kind,
    /// A value that the model allows.
    right: Value,
}

enum Kind {
    /// With its least and greatest length, and a text that breaks its pattern, if one can. The greatest length of 131072 is out of
    /// reach, since a body has less.
    Text(usize, usize, Option<&'static str>),
    Enumeration,
    /// From nothing to this.
    Number(u32),
    Flag,
    List,
    Map,
    Structure,
    /// Any JSON at all, in the model's words; what it must hold is told by its operation.
    Document,
}

impl Member {
    const fn of(name: &'static str, kind: Kind, right: Value) -> Self {
        Self { name, is_required: false, kind, right }
    }
}

fn required(member: Member) -> Member {
    Member { is_required: true, ..member }
}

const UNREACHABLE: usize = 131_072;

fn token(name: &'static str) -> Member {
    Member::of(name, Kind::Text(1, UNREACHABLE, Some("a b")), json!("abc"))
}
fn access_token() -> Member {
    token("AccessToken")
}
fn client_id() -> Member {
    required(Member::of("ClientId", Kind::Text(1, 128, Some("a b")), json!("nobodys")))
}
fn client_secret() -> Member {
    Member::of("ClientSecret", Kind::Text(24, 64, Some("only/for_this_machine_012345")), json!("x".repeat(24)))
}
fn secret_hash() -> Member {
    Member::of("SecretHash", Kind::Text(1, 128, Some("a b")), json!("abc="))
}
fn username() -> Member {
    required(Member::of("Username", Kind::Text(1, 128, Some("a b")), json!("somebody")))
}
fn session() -> Member {
    Member::of("Session", Kind::Text(20, 4096, None), json!("x".repeat(20)))
}
fn password(name: &'static str) -> Member {
    Member::of(name, Kind::Text(0, 256, Some(" a")), json!("Another-one-2!"))
}
fn code(name: &'static str) -> Member {
    required(Member::of(name, Kind::Text(1, 2048, Some(" ")), json!("123456")))
}
fn attribute_name() -> Member {
    required(Member::of("AttributeName", Kind::Text(1, 32, Some("a\u{1}")), json!("email")))
}
fn device_key() -> Member {
    Member::of("DeviceKey", Kind::Text(1, 55, Some("nonsense")), json!("us-east-1_0a-1b"))
}
fn page_token(name: &'static str) -> Member {
    Member::of(name, Kind::Text(1, UNREACHABLE, Some(" ")), json!("abc"))
}
fn text(name: &'static str) -> Member {
    Member::of(name, Kind::Text(0, UNREACHABLE, None), json!("a text"))
}
fn map(name: &'static str) -> Member {
    Member::of(name, Kind::Map, json!({}))
}
fn document(name: &'static str, right: Value) -> Member {
    Member::of(name, Kind::Document, right)
}
fn structure(name: &'static str, right: Value) -> Member {
    Member::of(name, Kind::Structure, right)
}
fn list(name: &'static str, right: Value) -> Member {
    Member::of(name, Kind::List, right)
}
fn enumeration(name: &'static str, right: &str) -> Member {
    Member::of(name, Kind::Enumeration, json!(right))
}

/// What every request about somebody who is not signed in may carry.
fn bystanders() -> [Member; 3] {
    let context = json!({"IpAddress": "127.0.0.1", "EncodedData": "data"});
    [
        structure("AnalyticsMetadata", json!({"AnalyticsEndpointId": "id"})),
        structure("UserContextData", context),
        map("ClientMetadata"),
    ]
}

fn members(operation: &str) -> Vec<Member> {
    let own = match operation {
        "AssociateSoftwareToken" => vec![access_token(), session()],
        "ChangePassword" => {
            vec![password("PreviousPassword"), required(password("ProposedPassword")), required(access_token())]
        }
        "CompleteWebAuthnRegistration" => vec![required(access_token()), required(document("Credential", json!({})))],
        "ConfirmDevice" => vec![
            required(access_token()),
            required(device_key()),
            structure("DeviceSecretVerifierConfig", json!({"PasswordVerifier": "AA==", "Salt": "AA=="})),
            Member::of("DeviceName", Kind::Text(1, 1024, None), json!("a phone")),
        ],
        "ConfirmForgotPassword" => {
            vec![client_id(), secret_hash(), username(), code("ConfirmationCode"), required(password("Password"))]
        }
        "ConfirmSignUp" => vec![
            client_id(),
            secret_hash(),
            username(),
            code("ConfirmationCode"),
            Member::of("ForceAliasCreation", Kind::Flag, json!(false)),
            session(),
        ],
        "DeleteUser" | "GetUser" | "GetUserAuthFactors" | "GlobalSignOut" | "StartWebAuthnRegistration" => {
            vec![required(access_token())]
        }
        "DeleteUserAttributes" => {
            vec![required(access_token()), required(list("UserAttributeNames", json!(["nickname"])))]
        }
        "DeleteWebAuthnCredential" => vec![required(access_token()), required(text("CredentialId"))],
        "ForgetDevice" | "GetDevice" => vec![access_token(), required(device_key())],
        "ForgotPassword" | "ResendConfirmationCode" => vec![client_id(), secret_hash(), username()],
        "GetTokensFromRefreshToken" => {
            vec![required(token("RefreshToken")), client_id(), client_secret(), device_key(), map("ClientMetadata")]
        }
        "GetUserAttributeVerificationCode" => {
            vec![required(access_token()), attribute_name(), map("ClientMetadata")]
        }
        "InitiateAuth" => {
            vec![required(enumeration("AuthFlow", "USER_SRP_AUTH")), map("AuthParameters"), client_id(), session()]
        }
        "ListDevices" => {
            vec![required(access_token()), Member::of("Limit", Kind::Number(60), json!(3)), page_token("PaginationToken")]
        }
        "ListUserSessions" => vec![required(access_token()), page_token("NextToken")],
        "ListWebAuthnCredentials" => {
            vec![required(access_token()), page_token("NextToken"), Member::of("MaxResults", Kind::Number(20), json!(3))]
        }
        "RespondToAuthChallenge" => {
            vec![client_id(), required(enumeration("ChallengeName", "SMS_MFA")), session(), map("ChallengeResponses")]
        }
        "RevokeToken" => {
            vec![required(token("Token")), client_id(), client_secret(), enumeration("RevokeAssociatedSessions", "NONE")]
        }
        "RevokeUserSession" => vec![
            required(access_token()),
            required(Member::of(
                "SessionId",
                Kind::Text(28, 28, Some("abc0123456789abcdefghijklmno")),
                json!("tkn0123456789abcdefghijklmno"),
            )),
            enumeration("RevokeAssociatedSessions", "LINKED"),
        ],
        "SetUserMFAPreference" => vec![
            required(access_token()),
            structure("SMSMfaSettings", json!({"Enabled": true, "PreferredMfa": false})),
            structure("SoftwareTokenMfaSettings", json!({})),
            structure("EmailMfaSettings", json!({})),
            structure("WebAuthnMfaSettings", json!({"Enabled": false})),
        ],
        "SetUserSettings" => vec![required(access_token()), required(list("MFAOptions", json!([])))],
        "SignUp" => vec![
            client_id(),
            secret_hash(),
            username(),
            password("Password"),
            list("UserAttributes", json!([{"Name": "nickname", "Value": "Ann"}])),
            list("ValidationData", json!([{"Name": "whatever", "Value": "b"}])),
        ],
        "UpdateAuthEventFeedback" => vec![
            required(Member::of("UserPoolId", Kind::Text(1, 55, Some("nonsense")), json!("us-east-1_Nowhere"))),
            username(),
            required(Member::of("EventId", Kind::Text(1, 50, Some("a/b")), json!("an-event"))),
            required(token("FeedbackToken")),
            required(enumeration("FeedbackValue", "Valid")),
        ],
        "UpdateDeviceStatus" => {
            vec![required(access_token()), required(device_key()), enumeration("DeviceRememberedStatus", "remembered")]
        }
        "UpdateUserAttributes" => vec![
            required(access_token()),
            required(list("UserAttributes", json!([{"Name": "nickname", "Value": "Ann"}]))),
            map("ClientMetadata"),
        ],
        "VerifySoftwareToken" => vec![
            access_token(),
            session(),
            required(Member::of("UserCode", Kind::Text(6, 6, Some("12a456")), json!("123456"))),
            text("FriendlyDeviceName"),
        ],
        "VerifyUserAttribute" => vec![required(access_token()), attribute_name(), code("Code")],
        other => panic!("{other} has no row"),
    };
    let has_bystanders = matches!(
        operation,
        "ConfirmForgotPassword"
            | "ConfirmSignUp"
            | "ForgotPassword"
            | "InitiateAuth"
            | "ResendConfirmationCode"
            | "RespondToAuthChallenge"
            | "SignUp"
    );
    own.into_iter().chain(has_bystanders.then(bystanders).into_iter().flatten()).collect()
}

/// `ClientId` → `clientId`, as sentences name members.
fn path(name: &str) -> String {
    name[..1].to_lowercase() + &name[1..]
}

/// A request with one member changed, and what it must be answered.
struct Case {
    body: Value,
    /// The beginning of the answer, or a part of it.
    expected: [String; 2],
}

fn with(members: &[Member], name: &str, value: Option<Value>) -> Value {
    let mut body: Map<String, Value> = members.iter().map(|member| (member.name.to_owned(), member.right.clone())).collect();
    match value {
        Some(value) => body.insert(name.to_owned(), value),
        None => body.remove(name),
    };
    Value::Object(body)
}

fn cases(members: &[Member]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |body: Value, start: &str, part: String| {
        cases.push(Case { body, expected: [start.to_owned(), part] });
    };
    let validation = "InvalidParameter: ";
    for member in members {
        let name = member.name;
        let at = path(name);
        let set = |value: Value| with(members, name, Some(value));
        if member.is_required {
            let told = format!("Value null at '{at}' failed to satisfy constraint: Member must not be null");
            case(with(members, name, None), validation, told.clone());
            case(set(Value::Null), validation, told);
        }
        let of_another_type = match member.kind {
            Kind::Text(..) | Kind::Enumeration => vec![json!(1), json!(true), json!([]), json!({})],
            Kind::Number(_) | Kind::Flag => vec![json!("1"), json!([]), json!({})],
            Kind::List => vec![json!("a"), json!(1), json!({}), json!([1]), json!([null])],
            Kind::Map => vec![json!("a"), json!([]), json!({"a": 1}), json!({"a": {}})],
            Kind::Structure => vec![json!("a"), json!([]), json!(1)],
            Kind::Document => Vec::new(),
        };
        for value in of_another_type {
            case(set(value), "Serialization: ", format!("Wrong type of member {name}"));
        }
        match member.kind {
            Kind::Text(least, most, against_pattern) => {
                let length = |which: &str, bound: usize| {
                    format!(
                        "Value at '{at}' failed to satisfy constraint: Member must have length {which} than or equal to {bound}"
                    )
                };
                // Of the characters of the right value, so that the length alone is wrong.
                let of_length = |length: usize| {
                    let right = member.right.as_str().unwrap();
                    json!(right.chars().cycle().take(length).collect::<String>())
                };
                if least > 0 {
                    case(set(of_length(least - 1)), validation, length("greater", least));
                }
                if most < UNREACHABLE {
                    case(set(of_length(most + 1)), validation, length("less", most));
                }
                if let Some(wrong) = against_pattern {
                    let told =
                        format!("Value at '{at}' failed to satisfy constraint: Member must satisfy regular expression pattern: ");
                    case(set(json!(wrong)), validation, told);
                }
            }
            Kind::Enumeration => {
                let told =
                    format!("Value 'NONSENSE' at '{at}' failed to satisfy constraint: Member must satisfy enum value set: ");
                case(set(json!("NONSENSE")), validation, told);
            }
            Kind::Number(most) => {
                for wrong in [json!(-1), json!(most + 1)] {
                    case(set(wrong), validation, format!("at '{at}' failed to satisfy constraint: "));
                }
            }
            Kind::Structure if member.right != json!({}) => {
                let mut more = member.right.clone();
                more["Surplus"] = json!("a");
                case(set(more), "", String::new());
            }
            Kind::Structure | Kind::Document | Kind::Flag | Kind::List | Kind::Map => {}
        }
    }
    case(with(members, "Surplus", Some(json!("a"))), "Serialization: ", "Unknown member Surplus".to_owned());
    cases
}

/// Refused for what a member is, and not for what the pool knows.
fn is_about_form(told: &str) -> bool {
    told.starts_with("Serialization: ") || told.contains("validation error")
}

#[tokio::test]
async fn requests_that_break_the_model_are_refused_and_told_why() {
    let client = Client::new();
    let mut tried = 0;
    for operation in operations::ALL {
        let members = members(operation);
        if !is_there(&client, operation).await {
            continue;
        }
        let right = client.call(operation, with(&members, members[0].name, Some(members[0].right.clone()))).await;
        assert!(right.status == 200 || !is_about_form(&right.error()), "{operation}");
        for Case { body, expected: [start, part] } in cases(&members) {
            tried += 1;
            let reply = client.call(operation, body.clone()).await;
            assert_eq!(reply.status, 400, "{operation} took {body}");
            let told = reply.error();
            assert!(is_about_form(&told), "{operation} {body}: {told}");
            assert!(told.starts_with(&start) && told.contains(&part), "{operation} {body}: {told}\nnot {start}…{part}");
        }
    }
    assert!(tried > 500, "{tried}");
}

/// What the model allows at its edges is not refused for its form.
#[tokio::test]
async fn the_longest_and_the_shortest_are_taken() {
    let client = Client::new();
    for operation in operations::ALL {
        if !is_there(&client, operation).await {
            continue;
        }
        let members = members(operation);
        for member in &members {
            let mut right = Vec::new();
            if !member.is_required {
                right.extend([None, Some(Value::Null)]);
            }
            if let Kind::Text(least, most, pattern) = member.kind
                && most < UNREACHABLE
                && !matches!(member.name, "DeviceKey" | "SessionId" | "UserPoolId")
            {
                let text: Vec<char> = member.right.as_str().unwrap().chars().collect();
                // An empty text satisfies no pattern but is not held against it where the model sets no least length.
                let _ = pattern;
                for length in [least, most] {
                    right.push(Some(json!(text.iter().cycle().take(length).collect::<String>())));
                }
            }
            for value in right {
                let body = with(&members, member.name, value);
                let reply = client.call(operation, body.clone()).await;
                assert!(reply.status == 200 || !is_about_form(&reply.error()), "{operation} refused {body}");
            }
        }
    }
}
