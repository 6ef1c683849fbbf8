//! Passkeys as both factors, and `GetUserAuthFactors`

use local_pool::{
    MfaConfiguration,
    seed::{CHOICE_POOL, PASSWORD, SeededUser, TOTP_SECRET},
};
use serde_json::{Value, json};

use crate::{
    authenticator::{Authenticator, Key},
    client::{Client, INCORRECT, Reply},
    passkeys::{
        USER, available, begin, both_factors, client, complete, is_complete, options, register, request_options, sign_in, token,
        with_pool,
    },
};

const APP_USER: &str = "app@example.com";
const REFUSED: &str = "InvalidParameter: User does not have delivery config set to turn on WEB_AUTHN";

fn add_app_user(client: &Client) {
    let user = SeededUser::new(APP_USER, "USER_AUTH", "with an authenticator app");
    let user = SeededUser { user_pool_id: CHOICE_POOL.to_owned(), totp_secret: Some(TOTP_SECRET.into()), ..user };
    client.pool.add_user(&user);
}

/// The access token of somebody with an authenticator app.
async fn app_token(client: &Client) -> String {
    client.next_step();
    let parameters = json!({"USERNAME": APP_USER, "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD});
    let reply = client.initiate("USER_AUTH", parameters).await.ok();
    let code = client.totp(TOTP_SECRET, 0);
    let reply = client.respond(&client.code_answer(&reply, APP_USER, &code)).await.ok();
    reply["AuthenticationResult"]["AccessToken"].as_str().unwrap().to_owned()
}

/// Somebody with an authenticator app and a passkey, which counts as both factors or does not.
async fn with_passkey(client: &Client, counts: bool) -> (Authenticator, String) {
    add_app_user(client);
    let token = app_token(client).await;
    let begun = options(client, &token).await;
    let mut authenticator = Authenticator::new(Key::es256());
    complete(client, &token, authenticator.create(&begun)).await.ok();
    if counts {
        prefer(client, &token, true).await.ok();
    }
    (authenticator, token)
}

async fn prefer(client: &Client, token: &str, enabled: bool) -> Reply {
    let body = json!({"AccessToken": token, "WebAuthnMfaSettings": {"Enabled": enabled}});
    client.call("SetUserMFAPreference", body).await
}

async fn offers(client: &Client) -> bool {
    available(client, APP_USER).await.as_array().unwrap().contains(&json!("WEB_AUTHN"))
}

async fn factors(client: &Client, token: &str) -> Value {
    client.call("GetUserAuthFactors", json!({"AccessToken": token})).await.ok()
}

#[tokio::test]
async fn a_passkey_that_is_both_factors_is_offered_where_two_are_a_must() {
    let client = both_factors(MfaConfiguration::On);
    let (mut authenticator, token) = with_passkey(&client, false).await;
    assert!(!offers(&client).await);
    prefer(&client, &token, true).await.ok();
    assert!(offers(&client).await);
    assert_eq!(request_options(&begin(&client, APP_USER).await)["userVerification"], "required");
    is_complete(&sign_in(&client, APP_USER, &mut authenticator).await.ok());
    authenticator.verifies_user = false;
    assert_eq!(sign_in(&client, APP_USER, &mut authenticator).await.error(), INCORRECT);
    prefer(&client, &token, false).await.ok();
    assert!(!offers(&client).await);
}

#[tokio::test]
async fn a_single_factor_is_not_offered_where_two_are_a_must() {
    let client = with_pool(|pool| pool.mfa = MfaConfiguration::On);
    let (_, token) = with_passkey(&client, false).await;
    assert!(!offers(&client).await);
    assert_eq!(prefer(&client, &token, true).await.error(), REFUSED);
    let parameters = json!({"USERNAME": APP_USER, "PREFERRED_CHALLENGE": "WEB_AUTHN"});
    assert_eq!(client.initiate("USER_AUTH", parameters).await.ok()["ChallengeName"], "SELECT_CHALLENGE");
}

#[tokio::test]
async fn no_second_factor_follows_a_passkey() {
    for client in [client(), both_factors(MfaConfiguration::Optional)] {
        let (mut authenticator, _) = with_passkey(&client, false).await;
        is_complete(&sign_in(&client, APP_USER, &mut authenticator).await.ok());
    }
}

#[tokio::test]
async fn it_is_a_second_factor_beside_another_one_only() {
    let client = both_factors(MfaConfiguration::Optional);
    register(&client, USER, &mut Authenticator::new(Key::es256())).await;
    let alone = token(&client, USER).await;
    let error = prefer(&client, &alone, true).await.error();
    assert_eq!(error, "InvalidParameter: Passkeys can be a second factor only beside another one that is on");
    let both = json!({
        "AccessToken": alone, "SMSMfaSettings": {"Enabled": true}, "WebAuthnMfaSettings": {"Enabled": true},
    });
    client.call("SetUserMFAPreference", both).await.ok();
    assert_eq!(factors(&client, &alone).await["UserMFASettingList"], json!(["SMS_MFA", "WEB_AUTHN"]));
    let user = client.call("GetUser", json!({"AccessToken": alone})).await.ok();
    assert_eq!(user["UserMFASettingList"], json!(["SMS_MFA", "WEB_AUTHN"]));
    // It is never the preferred one.
    let body = json!({"AccessToken": alone, "WebAuthnMfaSettings": {"Enabled": true, "PreferredMfa": true}});
    assert_eq!(client.call("SetUserMFAPreference", body).await.error(), "Serialization: Unknown member PreferredMfa");
}

#[tokio::test]
async fn what_somebody_can_sign_in_with_is_told() {
    let client = client();
    let access = token(&client, USER).await;
    let told = factors(&client, &access).await;
    assert_eq!(told["ConfiguredUserAuthFactors"], json!(["PASSWORD", "EMAIL_OTP", "SMS_OTP"]));
    assert_eq!((told.get("PreferredMfaSetting"), told.get("UserMFASettingList")), (None, None));
    register(&client, USER, &mut Authenticator::new(Key::es256())).await;
    let told = factors(&client, &access).await;
    assert_eq!(told["ConfiguredUserAuthFactors"], json!(["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]));
    let (_, access) = with_passkey(&client, false).await;
    let told = factors(&client, &access).await;
    assert_eq!(told["ConfiguredUserAuthFactors"], json!(["PASSWORD", "EMAIL_OTP", "WEB_AUTHN", "SOFTWARE_TOKEN"]));
    assert_eq!(told["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(told["Username"], client.call("GetUser", json!({"AccessToken": access})).await.ok()["Username"]);
    let error = client.call("GetUserAuthFactors", json!({"AccessToken": "x"})).await.error();
    assert_eq!(error, "NotAuthorized: Invalid Access Token");
}
