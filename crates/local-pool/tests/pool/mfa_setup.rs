//! `MFA_SETUP` where the person chooses which second factor it is

use local_pool::seed::{MFA_PICK_CLIENT, MFA_PICK_POOL, PASSWORD, SeededUser};
use serde_json::{Value, json};

use crate::client::{Client, Reply, USED, another};

const PICKER: &str = "mfa-pick@example.com";
const OTHER: &str = "other@example.com";

fn picker() -> Client {
    Client::of_pool("LocalMfaPick", MFA_PICK_CLIENT)
}

async fn offered(client: &Client) -> Value {
    let reply = client.password("USER_SRP_AUTH", PICKER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "MFA_SETUP");
    reply
}

async fn with_address(client: &Client, reply: &Value, address: &str) -> Reply {
    let responses = json!({"USERNAME": PICKER, "EMAIL": address});
    client.respond(&client.answer("MFA_SETUP", &reply["Session"], responses)).await
}

async fn shown(client: &Client, reply: &Value) -> Value {
    client.call("GetUser", json!({"AccessToken": reply["AuthenticationResult"]["AccessToken"]})).await.ok()
}

#[tokio::test]
async fn a_code_by_e_mail_can_become_the_second_factor() {
    let client = picker();
    let reply = offered(&client).await;
    assert_eq!(reply["ChallengeParameters"]["MFAS_CAN_SETUP"], r#"["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#);
    let sent = with_address(&client, &reply, PICKER).await.ok();
    assert_eq!(sent["ChallengeName"], "EMAIL_OTP");
    assert_eq!(sent["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "m***@e***");
    assert_eq!(with_address(&client, &reply, PICKER).await.error(), USED);
    let code = client.pool.newest_code(PICKER).unwrap();
    let wrong = client.respond(&client.code_answer(&sent, PICKER, &another(&code))).await.error();
    assert_eq!(wrong, "CodeMismatch: Invalid code or auth state for the user.");
    let done = client.respond(&client.code_answer(&sent, PICKER, &code)).await.ok();
    assert_eq!(shown(&client, &done).await["UserMFASettingList"], json!(["EMAIL_OTP"]));
    // From now on it is asked for.
    let next = client.password("USER_SRP_AUTH", PICKER, PASSWORD).await.ok();
    assert_eq!(next["ChallengeName"], "EMAIL_OTP");
}

#[tokio::test]
async fn another_address_is_verified_by_its_code_and_signs_in_afterwards() {
    let client = picker();
    let sent = with_address(&client, &offered(&client).await, OTHER).await.ok();
    assert_eq!(client.pool.newest_code(PICKER), None);
    let code = client.pool.newest_code(OTHER).unwrap();
    let done = client.respond(&client.code_answer(&sent, PICKER, &code)).await.ok();
    let attributes = shown(&client, &done).await["UserAttributes"].clone();
    for (name, value) in [("email", OTHER), ("email_verified", "true")] {
        assert!(attributes.as_array().unwrap().contains(&json!({"Name": name, "Value": value})), "{attributes}");
    }
    client.password("USER_SRP_AUTH", OTHER, PASSWORD).await.ok();
}

#[tokio::test]
async fn the_address_of_somebody_else_is_refused_after_its_code() {
    let client = picker();
    client.pool.add_user(&SeededUser {
        user_pool_id: MFA_PICK_POOL.to_owned(),
        ..SeededUser::new(OTHER, "USER_SRP_AUTH", "of this test")
    });
    let sent = with_address(&client, &offered(&client).await, OTHER).await.ok();
    let code = client.pool.newest_code(OTHER).unwrap();
    let error = client.respond(&client.code_answer(&sent, PICKER, &code)).await.error();
    assert_eq!(error, "AliasExists: An account with the given email already exists.");
}

#[tokio::test]
async fn what_is_no_address_is_refused_and_the_set_up_goes_on() {
    let client = picker();
    let reply = offered(&client).await;
    for text in ["", "nobody", "a@b"] {
        let error = with_address(&client, &reply, text).await.error();
        assert_eq!(error, "InvalidParameter: Invalid email address format.", "{text}");
    }
    with_address(&client, &reply, PICKER).await.ok();
}

#[tokio::test]
async fn the_authenticator_app_can_be_chosen_too() {
    let client = picker();
    let begun = client.call("AssociateSoftwareToken", json!({"Session": offered(&client).await["Session"]})).await.ok();
    let code = client.totp(begun["SecretCode"].as_str().unwrap(), 0);
    let verified = client.call("VerifySoftwareToken", json!({"Session": begun["Session"], "UserCode": code})).await.ok();
    let answer = client.answer("MFA_SETUP", &verified["Session"], json!({"USERNAME": PICKER}));
    let done = client.respond(&answer).await.ok();
    assert_eq!(shown(&client, &done).await["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));
}

#[tokio::test]
async fn a_pool_without_codes_by_e_mail_takes_no_address() {
    let client = Client::mfa_on();
    let reply = client.password("USER_SRP_AUTH", "totp-setup@example.com", PASSWORD).await.ok();
    assert_eq!(reply["ChallengeParameters"]["MFAS_CAN_SETUP"], r#"["SOFTWARE_TOKEN_MFA"]"#);
    let responses = json!({"USERNAME": "totp-setup@example.com", "EMAIL": "totp-setup@example.com"});
    let error = client.respond(&client.answer("MFA_SETUP", &reply["Session"], responses)).await.error();
    assert_eq!(error, "InvalidParameter: Email MFA has not been enabled by the userPool");
}
