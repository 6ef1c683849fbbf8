//! Users for whom a password alone is not enough

use local_pool::seed::{CLIENT, CLIENT_SECRET, EMAIL_CODE_CLIENT, LEGACY_CLIENT, PASSWORD, SECRET_CLIENT};
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, Tokens, USER};

const USERS: [&str; 2] = ["email-code@example.com", "email-code-ja@example.com"];
const REFUSED: &str = "UserLambdaValidation: PreAuthentication failed with error Your account needs a code by e-mail besides the \
                       password, and this page does not ask for one.";

async fn signs_in_with_code(client: &Client, user: &str) -> Tokens {
    let reply = client.password("CUSTOM_AUTH", user, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    let code = client.pool.newest_code(user).unwrap();
    Tokens(client.respond(&client.code_answer(&reply, user, &code)).await.ok()["AuthenticationResult"].clone())
}

#[tokio::test]
async fn the_password_alone_is_refused_by_every_client() {
    for client_id in [CLIENT, LEGACY_CLIENT, SECRET_CLIENT] {
        let mut client = Client::new().with_client(client_id);
        client.client_secret = (client_id == SECRET_CLIENT).then(|| CLIENT_SECRET.into());
        for user in USERS {
            assert_eq!(client.password("USER_SRP_AUTH", user, PASSWORD).await.error(), REFUSED, "{client_id} {user}");
        }
        client.password("USER_SRP_AUTH", "srp@example.com", PASSWORD).await.ok();
    }
    let client = Client::with(|builder| builder.with_client(CLIENT, |client| client.allow_user_password_auth = true));
    let reply = client.initiate("USER_PASSWORD_AUTH", json!({"USERNAME": USERS[0], "PASSWORD": PASSWORD})).await;
    assert_eq!(reply.error(), REFUSED);
}

/// Otherwise everybody could ask who has a code.
#[tokio::test]
async fn only_who_knows_the_password_hears_of_it() {
    let client = Client::new();
    for user in [USERS[0], "nobody@example.com"] {
        assert_eq!(client.password("USER_SRP_AUTH", user, "wrong").await.error(), INCORRECT);
    }
}

#[tokio::test]
async fn their_own_client_signs_in_with_the_code_alone_and_refreshes() {
    let client = Client::new().with_client(EMAIL_CODE_CLIENT);
    for flow in ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "USER_AUTH"] {
        for user in [USERS[0], USER, "nobody@example.com"] {
            let reply = client.initiate(flow, json!({"USERNAME": user, "SRP_A": "2", "PASSWORD": PASSWORD})).await;
            assert_eq!(reply.error(), format!("InvalidParameter: {flow} flow not enabled for this client"), "{user}");
        }
    }
    for flow in ["ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"] {
        let reply = client.initiate(flow, json!({"USERNAME": USERS[0], "PASSWORD": PASSWORD})).await;
        assert_eq!(reply.error(), "InvalidParameter: Initiate Auth method not supported.");
    }
    let tokens = signs_in_with_code(&client, USERS[0]).await;
    let reply = client.initiate("REFRESH_TOKEN_AUTH", json!({"REFRESH_TOKEN": tokens.refresh()})).await.ok();
    assert!(reply["AuthenticationResult"]["AccessToken"].is_string());
}

#[tokio::test]
async fn any_client_with_custom_auth_signs_them_in_with_the_code() {
    for user in USERS {
        signs_in_with_code(&Client::new(), user).await;
    }
}

#[tokio::test]
async fn the_mark_is_an_attribute_that_no_client_writes() {
    let client = Client::new();
    let tokens = signs_in_with_code(&client, USERS[0]).await;
    let user = client.call("GetUser", json!({"AccessToken": tokens.access()})).await.ok();
    let mark = json!({"Name": "custom:email_code", "Value": "required"});
    assert!(user["UserAttributes"].as_array().unwrap().contains(&mark), "{user}");
    let body = json!({
        "ClientId": client.client_id, "Username": "new@example.com", "Password": PASSWORD, "UserAttributes": [mark],
    });
    assert!(client.call("SignUp", body).await.error().starts_with("InvalidParameter: Attributes did not conform"));
}

#[tokio::test]
async fn every_seeded_user_has_a_client_that_allows_the_flow() {
    let client = Client::new();
    let clients = client.get("/local/config").await.ok()["clients"].clone();
    let flows = |id: &Value| {
        let found = clients.as_array().unwrap().iter().find(|client| client["clientId"] == *id);
        found.unwrap()["explicitAuthFlows"].clone()
    };
    let users = client.get("/local/users").await.ok();
    for user in users.as_array().unwrap() {
        let allowed = format!("ALLOW_{}", user["authFlow"].as_str().unwrap());
        assert!(flows(&user["clientId"]).as_array().unwrap().contains(&json!(allowed)), "{user}");
    }
    assert_eq!(flows(&json!(EMAIL_CODE_CLIENT)), json!(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]));
}
