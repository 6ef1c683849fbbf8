//! What counts where the settings changed between two starts.

use std::{fs, path::Path};

use local_pool::{Builder, Format, Pool, seed::PASSWORD};
use serde_json::{Value, json};

use crate::{
    client::{Client, START_MILLIS, Tokens},
    state_file::{folder, open},
};

fn settings(changes: &Value) -> Builder {
    let mut settings = json!({
        "eu-west-1_Shop": {
            "clients": {"shopweb": {}},
            "users": {
                "ann@example.com": {},
                "bob@example.com": {},
                "cid@example.com": {},
            },
        },
    });
    for (key, value) in changes.as_object().unwrap() {
        *settings.pointer_mut(key).expect(key) = value.clone();
    }
    Pool::builder()
        .with(|settings| settings.frozen_at_millis = Some(START_MILLIS))
        .with_config(&json!({"pools": settings}).to_string(), Format::Json)
        .unwrap()
}

fn start(changes: &Value, file: &Path) -> Client {
    let client = open(settings(changes), file).unwrap().with_client("shopweb");
    Client { pool_name: "Shop", ..client }
}

async fn change_password(client: &Client, tokens: &Tokens) {
    let body = json!({"AccessToken": tokens.access(), "PreviousPassword": PASSWORD, "ProposedPassword": "Another-one-2!"});
    client.call("ChangePassword", body).await.ok();
}

async fn is_password(client: &Client, name: &str, password: &str) -> bool {
    client.password("USER_SRP_AUTH", name, password).await.status == 200
}

async fn is_access_good(client: &Client, tokens: &Tokens) -> bool {
    client.call("GetUser", json!({"AccessToken": tokens.access()})).await.status == 200
}

#[tokio::test]
async fn users_of_whom_the_settings_say_something_else_begin_anew() {
    let file = folder("settings").join("state.json");
    let client = start(&json!({}), &file);
    let (ann, bob, cid) =
        (client.tokens("ann@example.com").await, client.tokens("bob@example.com").await, client.tokens("cid@example.com").await);
    for tokens in [&ann, &bob] {
        change_password(&client, tokens).await;
    }
    drop(client);

    // Nothing is said of Ann that was not said before; of Bob there is, and Cid is not named any more.
    let users = json!({"ann@example.com": {}, "bob@example.com": {"attributes": {"nickname": "Bob"}}, "dan@example.com": {}});
    let changes = json!({"/eu-west-1_Shop/users": users});
    let client = start(&changes, &file);
    assert!(is_password(&client, "ann@example.com", "Another-one-2!").await);
    assert!(is_access_good(&client, &ann).await);
    assert!(is_password(&client, "bob@example.com", PASSWORD).await);
    assert!(!is_access_good(&client, &bob).await);
    assert!(!is_password(&client, "cid@example.com", PASSWORD).await);
    assert!(!is_access_good(&client, &cid).await);
    assert!(is_password(&client, "dan@example.com", PASSWORD).await);
    drop(client);

    // Said once is said: the next start changes nothing.
    let client = start(&changes, &file);
    assert!(is_password(&client, "ann@example.com", "Another-one-2!").await);
    assert!(is_access_good(&client, &ann).await);
}

#[tokio::test]
async fn who_deleted_themselves_stays_away_until_the_settings_say_more() {
    let file = folder("deleted").join("state.json");
    let client = start(&json!({}), &file);
    let ann = client.tokens("ann@example.com").await;
    client.call("DeleteUser", json!({"AccessToken": ann.access()})).await.ok();
    drop(client);
    let client = start(&json!({}), &file);
    assert!(!is_password(&client, "ann@example.com", PASSWORD).await);
    drop(client);
    let client = start(&json!({"/eu-west-1_Shop/users/ann@example.com": {"description": "back again"}}), &file);
    assert!(is_password(&client, "ann@example.com", PASSWORD).await);
    assert!(!is_access_good(&client, &ann).await);
}

#[tokio::test]
async fn pools_that_the_settings_do_not_have_wait_in_the_file() {
    let file = folder("others").join("state.json");
    let client = start(&json!({}), &file);
    let ann = client.tokens("ann@example.com").await;
    change_password(&client, &ann).await;
    drop(client);

    // Somebody forgets the file of settings, and resets besides.
    let other = open(Pool::builder(), &file).unwrap();
    other.tokens("srp@example.com").await;
    other.pool.reset();
    drop(other);
    assert!(fs::read_to_string(&file).unwrap().contains("us-east-1_LocalPool"));

    let client = start(&json!({}), &file);
    assert!(is_password(&client, "ann@example.com", "Another-one-2!").await);
    assert!(is_access_good(&client, &ann).await);
}
