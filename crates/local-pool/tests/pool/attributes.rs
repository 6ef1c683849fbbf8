//! `UpdateUserAttributes`, `DeleteUserAttributes`, `GetUserAttributeVerificationCode`, `VerifyUserAttribute`

use std::time::Duration;

use local_pool::{
    VerifiedAttribute,
    seed::{CLIENT, LOCAL_POOL, PASSWORD, PHONE_NUMBER, SeededUser},
};
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, Reply, USER, another};

const NEW: &str = "new@example.com";
const NEW_NUMBER: &str = "+15550100177";
const MISMATCH: &str = "CodeMismatch: Invalid verification code provided, please try again.";
const EXPIRED_CODE: &str = "ExpiredCode: Invalid code provided, please request a code again.";
const LIMIT: &str = "LimitExceeded: Attempt limit exceeded, please try after some time.";
const UNAUTHORIZED: &str = "NotAuthorized: A client attempted to write unauthorized attribute";

/// Somebody who is signed in.
struct SignedIn {
    client: Client,
    access: String,
}

impl SignedIn {
    async fn of(client: Client) -> Self {
        let access = client.tokens(USER).await.access().to_owned();
        Self { client, access }
    }

    /// Where a new value takes the place of the present one at once.
    async fn new() -> Self {
        Self::of(Client::new()).await
    }

    /// Where it does so with its code only.
    async fn verifying_first() -> Self {
        let client = Client::with(|builder| {
            builder.with_seed(|seed| {
                let pool = seed.user_pools.iter_mut().find(|pool| pool.id == LOCAL_POOL).unwrap();
                pool.verifies_before_update = VerifiedAttribute::ALL.to_vec();
            })
        });
        Self::of(client).await
    }

    async fn call(&self, operation: &str, mut body: Value) -> Reply {
        body["AccessToken"] = json!(self.access);
        self.client.call(operation, body).await
    }

    async fn update(&self, attributes: &[(&str, &str)]) -> Reply {
        let attributes: Vec<Value> = attributes.iter().map(|(name, value)| json!({"Name": name, "Value": value})).collect();
        self.call("UpdateUserAttributes", json!({"UserAttributes": attributes})).await
    }

    async fn delete(&self, names: &[&str]) -> Reply {
        self.call("DeleteUserAttributes", json!({"UserAttributeNames": names})).await
    }

    async fn ask_for_code(&self, name: &str) -> Reply {
        self.call("GetUserAttributeVerificationCode", json!({"AttributeName": name})).await
    }

    async fn verify(&self, name: &str, code: &str) -> Reply {
        self.call("VerifyUserAttribute", json!({"AttributeName": name, "Code": code})).await
    }

    fn code(&self, to: &str) -> String {
        self.client.pool.newest_code(to).unwrap()
    }

    async fn shown(&self, name: &str) -> Option<String> {
        let user = self.call("GetUser", json!({})).await.ok();
        let attribute = user["UserAttributes"].as_array().unwrap().iter().find(|attribute| attribute["Name"] == name)?.clone();
        Some(attribute["Value"].as_str().unwrap().to_owned())
    }
}

#[tokio::test]
async fn plain_attributes_are_written_and_deleted() {
    let user = SignedIn::new().await;
    assert_eq!(user.update(&[("name", "新"), ("nickname", "Bob")]).await.ok(), json!({}));
    assert_eq!((user.shown("name").await.as_deref(), user.shown("nickname").await.as_deref()), (Some("新"), Some("Bob")));
    // An empty value deletes.
    user.update(&[("nickname", "")]).await.ok();
    assert_eq!(user.shown("nickname").await, None);
    assert_eq!(user.delete(&["name", "website"]).await.ok(), json!({}));
    assert_eq!(user.shown("name").await, None);
}

#[tokio::test]
async fn a_new_address_counts_at_once_and_is_not_verified() {
    let user = SignedIn::new().await;
    let reply = user.update(&[("email", NEW), ("name", "Jane")]).await.ok();
    let details = json!([{"Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}]);
    assert_eq!(reply["CodeDeliveryDetailsList"], details);
    assert_eq!(user.shown("email").await.as_deref(), Some(NEW));
    assert_eq!(user.shown("email_verified").await.as_deref(), Some("false"));
    // It is the sign-in name as well.
    assert_eq!(user.client.password("USER_SRP_AUTH", USER, PASSWORD).await.error(), INCORRECT);
    user.client.tokens(NEW).await;
    let code = user.code(NEW);
    assert_eq!(user.verify("email", &another(&code)).await.error(), MISMATCH);
    assert_eq!(user.verify("email", &code).await.ok(), json!({}));
    assert_eq!(user.shown("email_verified").await.as_deref(), Some("true"));
    assert_eq!(user.verify("email", &code).await.error(), EXPIRED_CODE);
}

#[tokio::test]
async fn where_the_pool_verifies_first_the_old_address_stays_until_the_code() {
    let user = SignedIn::verifying_first().await;
    user.update(&[("email", NEW), ("phone_number", NEW_NUMBER)]).await.ok();
    assert_eq!(user.shown("email").await.as_deref(), Some(USER));
    assert_eq!(user.shown("email_verified").await.as_deref(), Some("true"));
    assert_eq!(user.shown("phone_number").await, None);
    user.client.tokens(USER).await;
    user.verify("email", &user.code(NEW)).await.ok();
    assert_eq!(user.shown("email").await.as_deref(), Some(NEW));
    user.client.tokens(NEW).await;
    // Another code goes to the number that waits.
    let details = user.ask_for_code("phone_number").await.ok();
    assert_eq!(details["CodeDeliveryDetails"]["Destination"], "+*******0177");
    user.verify("phone_number", &user.code(NEW_NUMBER)).await.ok();
    assert_eq!(user.shown("phone_number").await.as_deref(), Some(NEW_NUMBER));
    assert_eq!(user.shown("phone_number_verified").await.as_deref(), Some("true"));
}

#[tokio::test]
async fn the_address_of_somebody_else_is_refused_at_once_or_with_the_code() {
    let alias = "AliasExists: An account with the given email already exists.";
    let user = SignedIn::new().await;
    assert_eq!(user.update(&[("email", "srp@example.com")]).await.error(), alias);
    assert_eq!(user.shown("email").await.as_deref(), Some(USER));
    let user = SignedIn::verifying_first().await;
    user.update(&[("email", "srp@example.com")]).await.ok();
    assert_eq!(user.verify("email", &user.code("srp@example.com")).await.error(), alias);
    assert_eq!(user.shown("email").await.as_deref(), Some(USER));
}

#[tokio::test]
async fn a_number_is_added_verified_and_used_as_second_factor() {
    let user = SignedIn::new().await;
    let reply = user.update(&[("phone_number", NEW_NUMBER)]).await.ok();
    let details = json!([{"Destination": "+*******0177", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}]);
    assert_eq!(reply["CodeDeliveryDetailsList"], details);
    let on = json!({"SMSMfaSettings": {"Enabled": true}});
    assert!(user.call("SetUserMFAPreference", on.clone()).await.error().starts_with("InvalidParameter"));
    user.verify("phone_number", &user.code(NEW_NUMBER)).await.ok();
    user.call("SetUserMFAPreference", on).await.ok();
    let reply = user.client.password("USER_SRP_AUTH", USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SMS_MFA");
    // Without the number it is no factor.
    user.delete(&["phone_number"]).await.ok();
    assert_eq!((user.shown("phone_number").await, user.shown("phone_number_verified").await), (None, None));
    user.client.tokens(USER).await;
}

#[tokio::test]
async fn the_same_value_sends_no_code_and_stays_verified() {
    let user = SignedIn::new().await;
    assert_eq!(user.update(&[("email", USER)]).await.ok(), json!({}));
    assert_eq!(user.client.pool.newest_code(USER), None);
    assert_eq!(user.shown("email_verified").await.as_deref(), Some("true"));
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let user = SignedIn::new().await;
    for (name, value, error) in [
        ("email_verified", "true", UNAUTHORIZED),
        ("sub", "x", UNAUTHORIZED),
        (
            "shoe_size",
            "43",
            "InvalidParameter: Attributes did not conform to the schema: shoe_size: Attribute does not exist in schema.\n",
        ),
        ("email", "nobody", "InvalidParameter: Invalid email address format."),
        ("phone_number", "555", "InvalidParameter: Invalid phone number format."),
        ("email", "", "InvalidParameter: Invalid user attributes: email: Required attribute cannot be deleted.\n"),
    ] {
        assert_eq!(user.update(&[("name", "Jane"), (name, value)]).await.error(), error, "{name}");
    }
    assert_eq!(user.shown("name").await, None);
    let body = json!({"UserAttributes": [{"Name": "name", "Values": "x"}]});
    assert_eq!(user.call("UpdateUserAttributes", body).await.error(), "Serialization: Unknown member Values");
    assert!(user.call("UpdateUserAttributes", json!({})).await.error().contains("Value null at 'userAttributes'"));
    assert!(user.call("DeleteUserAttributes", json!({})).await.error().contains("Value null at 'userAttributeNames'"));
}

#[tokio::test]
async fn required_attributes_cannot_be_deleted() {
    let client = Client::with(|builder| {
        builder.with_seed(|seed| {
            let pool = seed.user_pools.iter_mut().find(|pool| pool.id == LOCAL_POOL).unwrap();
            pool.required_attributes = vec!["name".to_owned()];
        })
    });
    let user = SignedIn::of(client).await;
    user.update(&[("name", "Jane"), ("nickname", "J")]).await.ok();
    for name in ["email", "name"] {
        let error = user.delete(&["nickname", name]).await.error();
        assert_eq!(error, format!("InvalidParameter: Invalid user attributes: {name}: Required attribute cannot be deleted.\n"));
    }
    assert_eq!(user.delete(&["email_verified"]).await.error(), UNAUTHORIZED);
    assert_eq!(user.shown("nickname").await.as_deref(), Some("J"));
}

#[tokio::test]
async fn a_client_writes_what_it_may() {
    let client =
        Client::with(|builder| builder.with_client(CLIENT, |client| client.write_attributes = Some(vec!["name".to_owned()])));
    let user = SignedIn::of(client).await;
    user.update(&[("name", "Jane")]).await.ok();
    assert_eq!(user.update(&[("nickname", "J")]).await.error(), UNAUTHORIZED);
    assert_eq!(user.delete(&["nickname"]).await.error(), UNAUTHORIZED);
}

#[tokio::test]
async fn codes_of_attributes_live_for_a_day_and_are_limited() {
    let client = Client::new();
    client.pool.add_user(&SeededUser { email_verified: false, ..SeededUser::new(USER, "USER_SRP_AUTH", "of this test") });
    let mut user = SignedIn::of(client).await;
    let details = user.ask_for_code("email").await.ok();
    let expected = json!({"Destination": "u***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"});
    assert_eq!(details["CodeDeliveryDetails"], expected);
    let old = user.code(USER);
    user.client.pool.advance_clock(Duration::from_secs(24 * 3600));
    user.access = user.client.tokens(USER).await.access().to_owned();
    assert_eq!(user.verify("email", &old).await.error(), EXPIRED_CODE);
    for _ in 0..5 {
        user.ask_for_code("email").await.ok();
    }
    assert_eq!(user.ask_for_code("email").await.error(), LIMIT);
    let code = user.code(USER);
    for _ in 0..14 {
        assert_eq!(user.verify("email", &another(&code)).await.error(), MISMATCH);
    }
    assert_eq!(user.verify("email", &code).await.error(), LIMIT);
}

#[tokio::test]
async fn only_addresses_and_numbers_that_are_there_are_verified() {
    let user = SignedIn::new().await;
    assert_eq!(user.ask_for_code("phone_number").await.error(), "InvalidParameter: User has no phone_number to verify");
    let other = "InvalidParameter: Only email and phone_number can be verified";
    assert_eq!(user.ask_for_code("name").await.error(), other);
    assert_eq!(user.verify("name", "123456").await.error(), other);
    assert_eq!(user.verify("email", "123456").await.error(), EXPIRED_CODE);
}

#[tokio::test]
async fn the_messages_say_why_they_came() {
    let client = Client::new();
    client.pool.add_user(&SeededUser {
        phone_number: Some(PHONE_NUMBER.to_owned()),
        ..SeededUser::new(USER, "USER_SRP_AUTH", "of this test")
    });
    let user = SignedIn::of(client).await;
    user.ask_for_code("phone_number").await.ok();
    user.update(&[("email", NEW)]).await.ok();
    let messages = user.client.get("/local/inbox").await.ok();
    let kinds: Vec<(&Value, &Value)> =
        messages.as_array().unwrap().iter().map(|message| (&message["kind"], &message["to"])).collect();
    assert_eq!(kinds, [(&json!("UPDATE_USER_ATTRIBUTE"), &json!(NEW)), (&json!("VERIFY_USER_ATTRIBUTE"), &json!(PHONE_NUMBER))]);
}
