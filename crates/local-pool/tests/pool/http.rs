//! The protocol around the operations

use axum::{body::Body, http::Request};
use local_pool::seed;
use serde_json::{Value, json};

use crate::client::{Client, USER};

const TARGET: &str = "AWSCognitoIdentityProviderService.InitiateAuth";
const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

fn post(content_type: Option<&str>, target: Option<&str>, body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::post("/");
    for (name, value) in [("content-type", content_type), ("x-amz-target", target)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    request.body(body.into()).unwrap()
}

#[tokio::test]
async fn the_content_type_must_be_right() {
    let client = Client::new();
    for content_type in [None, Some("application/json"), Some("text/plain"), Some("application/x-amz-json-1.0")] {
        let reply = client.send(post(content_type, Some(TARGET), "{}")).await;
        assert!(reply.error().starts_with("UnknownOperation: "), "{content_type:?}");
    }
    let reply = client.send(post(Some("application/x-amz-json-1.1; charset=utf-8"), Some(TARGET), "{}")).await;
    assert!(reply.error().starts_with("InvalidParameter: "));
}

#[tokio::test]
async fn the_target_must_be_an_operation() {
    let client = Client::new();
    for target in [
        None,
        Some("InitiateAuth"),
        Some("AWSCognitoIdentityProviderService.AdminInitiateAuth"),
        Some("AWSCognitoIdentityProviderService."),
        Some("DynamoDB_20120810.InitiateAuth"),
    ] {
        let reply = client.send(post(Some(CONTENT_TYPE), target, "{}")).await;
        assert!(reply.error().starts_with("UnknownOperation: "), "{target:?}");
    }
}

#[tokio::test]
async fn bodies_must_be_json_objects() {
    let client = Client::new();
    for body in ["", "{", "[]", "null", "\"x\"", "{\"AuthFlow\": 1}", "\u{feff}{}", "{}x"] {
        let reply = client.send(post(Some(CONTENT_TYPE), Some(TARGET), body)).await;
        assert!(reply.error().starts_with("Serialization: "), "{body}");
    }
    let deep = "[".repeat(100_000);
    let reply = client.send(post(Some(CONTENT_TYPE), Some(TARGET), deep)).await;
    assert!(reply.error().starts_with("Serialization: "));
}

#[tokio::test]
async fn bodies_have_a_size() {
    let client = Client::new();
    let reply = client.send(post(Some(CONTENT_TYPE), Some(TARGET), vec![b' '; 128 * 1024 + 1])).await;
    assert_eq!((reply.status, &reply.body["__type"]), (413, &json!("RequestEntityTooLargeException")));
    assert_eq!(reply.headers["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn unknown_members_are_refused_by_name() {
    let client = Client::new();
    for operation in [
        "InitiateAuth",
        "RespondToAuthChallenge",
        "GetTokensFromRefreshToken",
        "RevokeToken",
        "GlobalSignOut",
        "GetUser",
        "SignUp",
        "ConfirmSignUp",
        "ResendConfirmationCode",
        "AssociateSoftwareToken",
        "VerifySoftwareToken",
        "SetUserMFAPreference",
    ] {
        let reply = client.call(operation, json!({"clientid": "x"})).await;
        assert_eq!(reply.error(), "Serialization: Unknown member clientid", "{operation}");
    }
}

#[tokio::test]
async fn required_members_are_named() {
    let client = Client::new();
    let null_at = |at: &str| {
        format!(
            "InvalidParameter: 1 validation error detected: \
             Value null at '{at}' failed to satisfy constraint: Member must not be null"
        )
    };
    assert_eq!(client.call("InitiateAuth", json!({"ClientId": "x"})).await.error(), null_at("authFlow"));
    let null = json!({"AuthFlow": "USER_SRP_AUTH", "ClientId": null});
    assert_eq!(client.call("InitiateAuth", null).await.error(), null_at("clientId"));
    assert_eq!(client.call("GetUser", json!({})).await.error(), null_at("accessToken"));
}

#[tokio::test]
async fn all_parameters_are_text() {
    let client = Client::new();
    let reply = client.initiate("USER_SRP_AUTH", json!({"USERNAME": USER, "SRP_A": 2})).await;
    assert_eq!(reply.error(), "Serialization: Wrong type of member AuthParameters");
}

/// amazon-cognito-identity-js sends these.
#[tokio::test]
async fn what_popular_clients_add_is_tolerated() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let mut answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    answer["ClientMetadata"] = json!({});
    answer["UserContextData"] = json!({"EncodedData": "x"});
    answer["AnalyticsMetadata"] = json!({});
    answer["ChallengeResponses"]["DEVICE_KEY"] = Value::Null;
    let request = Request::post("/")
        .header("content-type", CONTENT_TYPE)
        .header("x-amz-target", "AWSCognitoIdentityProviderService.RespondToAuthChallenge")
        .header("x-amz-user-agent", "aws-amplify/5.0.4 js")
        .header("cache-control", "no-store")
        .header("authorization", "AWS4-HMAC-SHA256 Credential=x/20250909/us-east-1/cognito-idp/aws4_request")
        .header("origin", "https://shop.example")
        .body(Body::from(answer.to_string()))
        .unwrap();
    client.send(request).await.ok();
    let mut unknown = answer.clone();
    unknown["UserContextData"] = json!({"Encoded": "x"});
    assert!(client.respond(&unknown).await.error().contains("'userContextData' failed to satisfy constraint"));
}

#[tokio::test]
async fn answers_carry_the_services_headers() {
    let client = Client::new();
    let good = client.initiate("USER_SRP_AUTH", json!({"USERNAME": USER, "SRP_A": "2"})).await;
    let bad = client.call("GetUser", json!({})).await;
    assert_ne!(good.headers["x-amzn-requestid"], bad.headers["x-amzn-requestid"]);
    for reply in [good, bad] {
        let headers = &reply.headers;
        assert_eq!(headers["content-type"], CONTENT_TYPE);
        assert_eq!(headers["access-control-allow-origin"], "*");
        assert_eq!(headers["access-control-expose-headers"], "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers["date"].to_str().unwrap().ends_with(" GMT"));
    }
}

#[tokio::test]
async fn the_date_follows_the_pools_clock() {
    let client = Client::new();
    let date = async || client.call("GetUser", json!({})).await.headers["date"].clone();
    let before = date().await;
    client.pool.advance_clock(std::time::Duration::from_secs(24 * 3600));
    assert_ne!(before, date().await);
}

#[tokio::test]
async fn a_preflight_from_any_origin_is_granted() {
    let client = Client::new();
    let preflight = |asked: Option<&str>| {
        let mut request =
            Request::options("/").header("origin", "https://shop.example").header("access-control-request-method", "POST");
        if let Some(asked) = asked {
            request = request.header("access-control-request-headers", asked);
        }
        request.body(Body::empty()).unwrap()
    };
    let asked = "cache-control,content-type,x-amz-target,x-amz-user-agent";
    let reply = client.send(preflight(Some(asked))).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.headers["access-control-allow-origin"], "*");
    assert_eq!(reply.headers["access-control-allow-headers"], asked);
    assert_eq!(reply.headers["access-control-allow-methods"], "POST");
    assert!(reply.headers.contains_key("access-control-max-age"));
    let reply = client.send(preflight(None)).await;
    assert!(reply.headers["access-control-allow-headers"].to_str().unwrap().contains("x-amz-target"));
}

#[tokio::test]
async fn only_post_to_the_root() {
    let client = Client::new();
    let put = Request::put("/").header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(client.send(put).await.status, 405);
    let elsewhere = Request::post("/InitiateAuth").body(Body::empty()).unwrap();
    assert_eq!(client.send(elsewhere).await.status, 404);
}
