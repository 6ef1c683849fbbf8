//! `NEW_PASSWORD_REQUIRED`

use local_pool::seed::{LOCAL_POOL, NAMED_CLIENT, PASSWORD, PHONE_NUMBER, SeededUser};
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, Reply, USED, USER, claims};

const NEWCOMER: &str = "new-password@example.com";
const NEW: &str = "Another-1!";

fn named() -> Client {
    Client::of_pool("LocalNamed", NAMED_CLIENT)
}

async fn asked(client: &Client, user: &str) -> Value {
    let reply = client.password("USER_SRP_AUTH", user, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    reply
}

async fn answered(client: &Client, reply: &Value, user: &str, mut responses: Value) -> Reply {
    responses["USERNAME"] = json!(user);
    client.respond(&client.answer("NEW_PASSWORD_REQUIRED", &reply["Session"], responses)).await
}

#[tokio::test]
async fn a_new_password_and_a_name_sign_in() {
    let client = named();
    let reply = asked(&client, NEWCOMER).await;
    let parameters = &reply["ChallengeParameters"];
    assert_eq!(parameters["requiredAttributes"], r#"["userAttributes.name"]"#);
    let present: Value = serde_json::from_str(parameters["userAttributes"].as_str().unwrap()).unwrap();
    assert_eq!(present, json!({"email": NEWCOMER, "email_verified": "true"}));
    assert!(parameters["USER_ID_FOR_SRP"].is_string());

    let responses = json!({"NEW_PASSWORD": NEW, "userAttributes.name": "新", "userAttributes.nickname": "Bob"});
    let tokens = answered(&client, &reply, NEWCOMER, responses.clone()).await.ok()["AuthenticationResult"].clone();
    let id = claims(tokens["IdToken"].as_str().unwrap());
    assert_eq!((&id["name"], &id["nickname"]), (&json!("新"), &json!("Bob")));
    assert_eq!(answered(&client, &reply, NEWCOMER, responses).await.error(), USED);

    assert_eq!(client.password("USER_SRP_AUTH", NEWCOMER, PASSWORD).await.error(), INCORRECT);
    let reply = client.password("USER_SRP_AUTH", NEWCOMER, NEW).await.ok();
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let client = named();
    let reply = asked(&client, NEWCOMER).await;
    let name = |responses: Value| {
        let mut responses = responses;
        responses["userAttributes.name"] = json!("Jane");
        responses
    };
    for (responses, error) in [
        (name(json!({})), "InvalidParameter: Missing required parameter NEW_PASSWORD"),
        (
            name(json!({"NEW_PASSWORD": "short"})),
            "InvalidPassword: Password did not conform with policy: Password not long enough",
        ),
        (
            name(json!({"NEW_PASSWORD": "another-1!"})),
            "InvalidPassword: Password did not conform with policy: Password must have uppercase characters",
        ),
        (json!({"NEW_PASSWORD": NEW}), "InvalidParameter: Invalid attributes given, name is missing"),
        (json!({"NEW_PASSWORD": NEW, "userAttributes.name": ""}), "InvalidParameter: Invalid attributes given, name is missing"),
        (
            name(json!({"NEW_PASSWORD": NEW, "userAttributes.email": NEWCOMER})),
            "NotAuthorized: Cannot modify an already provided email",
        ),
        (
            name(json!({"NEW_PASSWORD": NEW, "userAttributes.email_verified": "true"})),
            "NotAuthorized: A client attempted to write unauthorized attribute",
        ),
        (
            name(json!({"NEW_PASSWORD": NEW, "userAttributes.phone_number": "1"})),
            "InvalidParameter: Invalid phone number format.",
        ),
    ] {
        assert_eq!(answered(&client, &reply, NEWCOMER, responses.clone()).await.error(), error, "{responses}");
    }
    asked(&client, NEWCOMER).await;
    answered(&client, &reply, NEWCOMER, name(json!({"NEW_PASSWORD": NEW}))).await.ok();
}

#[tokio::test]
async fn the_second_factor_comes_after_it() {
    let client = Client::new();
    let user = SeededUser {
        has_temporary_password: true,
        phone_number: Some(PHONE_NUMBER.to_owned()),
        sms_mfa: true,
        ..SeededUser::new(USER, "USER_SRP_AUTH", "of this test")
    };
    assert_eq!(user.user_pool_id, LOCAL_POOL);
    client.pool.add_user(&user);
    let reply = asked(&client, USER).await;
    assert_eq!(reply["ChallengeParameters"]["requiredAttributes"], "[]");
    assert_eq!(client.pool.newest_code(PHONE_NUMBER), None);
    let reply = answered(&client, &reply, USER, json!({"NEW_PASSWORD": NEW})).await.ok();
    assert_eq!(reply["ChallengeName"], "SMS_MFA");
    let code = client.pool.newest_code(PHONE_NUMBER).unwrap();
    client.respond(&client.code_answer(&reply, USER, &code)).await.ok();
}

#[tokio::test]
async fn a_proof_of_the_temporary_password_that_is_under_way_fails() {
    let client = named();
    let reply = asked(&client, NEWCOMER).await;
    let challenge = client.begin("USER_SRP_AUTH", NEWCOMER).await;
    answered(&client, &reply, NEWCOMER, json!({"NEW_PASSWORD": NEW, "userAttributes.name": "Jane"})).await.ok();
    let proof = client.proof(&challenge, PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&proof).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_sign_up_needs_the_required_attributes_too() {
    let client = named();
    let body = json!({"ClientId": client.client_id, "Username": "new@example.com", "Password": NEW});
    let error = client.call("SignUp", body.clone()).await.error();
    assert_eq!(error, "InvalidParameter: Attributes did not conform to the schema: name: The attribute is required\n");
    let mut named = body;
    named["UserAttributes"] = json!([{"Name": "name", "Value": "Jane"}]);
    client.call("SignUp", named).await.ok();
}

#[tokio::test]
async fn an_attribute_that_the_client_may_not_write_is_refused() {
    let client = Client::with(|builder| {
        builder.with_client(NAMED_CLIENT, |client| client.write_attributes = Some(vec!["email".to_owned(), "name".to_owned()]))
    });
    let client = Client { pool_name: "LocalNamed", ..client.with_client(NAMED_CLIENT) };
    let reply = asked(&client, NEWCOMER).await;
    let responses = json!({"NEW_PASSWORD": NEW, "userAttributes.name": "Jane", "userAttributes.nickname": "J"});
    let error = answered(&client, &reply, NEWCOMER, responses).await.error();
    assert_eq!(error, "NotAuthorized: A client attempted to write unauthorized attribute");
}
