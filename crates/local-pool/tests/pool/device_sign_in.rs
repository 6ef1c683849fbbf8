//! Signing in and refreshing with a device: `DEVICE_KEY`, `DEVICE_SRP_AUTH`, `DEVICE_PASSWORD_VERIFIER`.

use std::time::Duration;

use local_pool::{
    Builder, DeviceConfiguration,
    seed::{self, DEVICE_ALWAYS_CLIENT, DEVICE_ALWAYS_POOL, PASSWORD, TOTP_SECRET},
};
use serde_json::{Value, json};

use crate::{
    client::{INCORRECT, INVALID_SESSION, USED, USER, claims, ephemeral, flip_base64},
    device_client::{
        APP_USER, INVALID_TOKEN, NO_DEVICE, always, call, confirm, device_srp, new_device, new_device_of_app_user, opt_in,
        password_with, prove_device, refresh, remember, tracking_with,
    },
};

#[tokio::test]
async fn a_remembered_device_takes_the_place_of_the_second_factor() {
    let client = opt_in();
    let device = new_device_of_app_user(&client).await;
    confirm(&client, &device).await;
    // Confirmed and not remembered: tracked, and asked nothing.
    let reply = password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");

    remember(&client, &device, "remembered").await;
    client.pool.advance_clock(Duration::from_secs(60));
    let reply = password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.ok();
    let result = prove_device(&client, &reply, APP_USER, &device).await.ok()["AuthenticationResult"].clone();
    assert!(result.get("NewDeviceMetadata").is_none());
    assert_eq!(claims(result["AccessToken"].as_str().unwrap())["device_key"], device.key.as_str());
    let shown = call(&client, "GetDevice", &device).await.ok();
    assert_eq!(shown["Device"]["DeviceLastAuthenticatedDate"], json!(1_757_408_763));

    // Without its key, or with a device that is new, the factor is asked for.
    let reply = client.password("USER_SRP_AUTH", APP_USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    remember(&client, &device, "not_remembered").await;
    let reply = password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[tokio::test]
async fn a_remembered_device_proves_itself_where_there_is_no_second_factor() {
    let client = always();
    let device = new_device(&client).await;
    confirm(&client, &device).await;
    let reply = password_with(&client, "USER_SRP_AUTH", USER, &device.key).await.ok();
    let (_, answer) = device_srp(&client, &reply, USER, &device).await;
    assert!(client.respond(&answer).await.ok()["AuthenticationResult"]["AccessToken"].is_string());
    assert_eq!(client.respond(&answer).await.error(), USED);
    let responses = json!({"USERNAME": USER, "DEVICE_KEY": device.key, "SRP_A": "2"});
    let again = client.answer("DEVICE_SRP_AUTH", &reply["Session"], responses);
    assert_eq!(client.respond(&again).await.error(), USED);
}

#[tokio::test]
async fn a_second_factor_that_a_device_does_not_replace_comes_before_it() {
    let configuration = DeviceConfiguration { challenge_required_on_new_device: false, ..DeviceConfiguration::ALWAYS };
    let change = |builder: Builder| {
        builder.with_seed(|seed| seed.user_pools.iter_mut().for_each(|pool| pool.device_configuration = Some(configuration)))
    };
    let client = tracking_with(change, DEVICE_ALWAYS_POOL, DEVICE_ALWAYS_CLIENT, "LocalDeviceAlways");
    let device = new_device_of_app_user(&client).await;
    confirm(&client, &device).await;
    client.next_step();
    let reply = password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.ok();
    let answer = client.code_answer(&reply, APP_USER, &client.totp(TOTP_SECRET, 0));
    let reply = client.respond(&answer).await.ok();
    assert!(prove_device(&client, &reply, APP_USER, &device).await.ok()["AuthenticationResult"]["AccessToken"].is_string());
}

#[tokio::test]
async fn every_flow_knows_the_device() {
    let client = opt_in();
    let device = new_device_of_app_user(&client).await;
    confirm(&client, &device).await;
    remember(&client, &device, "remembered").await;
    for flow in ["USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"] {
        let reply = password_with(&client, flow, APP_USER, &device.key).await.ok();
        let reply = prove_device(&client, &reply, APP_USER, &device).await.ok();
        let is_asked_on = reply["ChallengeName"] == "CUSTOM_CHALLENGE";
        assert!(is_asked_on || reply["AuthenticationResult"]["AccessToken"].is_string(), "{flow}: {reply}");
    }
    let parameters = json!({"USERNAME": APP_USER, "PASSWORD": PASSWORD, "DEVICE_KEY": device.key});
    let reply = client.initiate("USER_PASSWORD_AUTH", parameters).await.ok();
    assert!(prove_device(&client, &reply, APP_USER, &device).await.ok()["AuthenticationResult"].is_object());
    // A code as first factor, after which no second one comes.
    let parameters = json!({"USERNAME": APP_USER, "PREFERRED_CHALLENGE": "EMAIL_OTP", "DEVICE_KEY": device.key});
    let reply = client.initiate("USER_AUTH", parameters).await.ok();
    let code = client.pool.newest_code(APP_USER).unwrap();
    let reply = client.respond(&client.code_answer(&reply, APP_USER, &code)).await.ok();
    assert!(prove_device(&client, &reply, APP_USER, &device).await.ok()["AuthenticationResult"].is_object());
}

#[tokio::test]
async fn a_wrong_proof_of_a_device_ends_the_sign_in() {
    let client = always();
    let device = new_device_of_app_user(&client).await;
    confirm(&client, &device).await;
    type Tamper = fn(&mut Value);
    let tampers: [Tamper; 3] = [
        |responses| {
            responses["PASSWORD_CLAIM_SIGNATURE"] = json!(flip_base64(responses["PASSWORD_CLAIM_SIGNATURE"].as_str().unwrap()));
        },
        |responses| {
            let block = responses["PASSWORD_CLAIM_SECRET_BLOCK"].as_str().unwrap();
            responses["PASSWORD_CLAIM_SECRET_BLOCK"] = json!(flip_base64(block));
        },
        |responses| responses["TIMESTAMP"] = json!("Tue Sep 9 10:05:03 UTC 2025"),
    ];
    for tamper in tampers {
        let reply = password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.ok();
        let (_, right) = device_srp(&client, &reply, APP_USER, &device).await;
        let mut answer = right.clone();
        tamper(&mut answer["ChallengeResponses"]);
        assert_eq!(client.respond(&answer).await.error(), INCORRECT);
        assert_eq!(client.respond(&right).await.error(), USED);
    }
    let reply = password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.ok();
    let (_, mut answer) = device_srp(&client, &reply, APP_USER, &device).await;
    answer["ChallengeResponses"]["TIMESTAMP"] = json!("now");
    assert!(client.respond(&answer).await.error().starts_with("InvalidParameter: TIMESTAMP format"));
}

#[tokio::test]
async fn a_session_of_another_challenge_is_none_of_a_device() {
    let client = opt_in();
    let reply = client.password("USER_SRP_AUTH", APP_USER, PASSWORD).await.ok();
    let responses = json!({"USERNAME": APP_USER, "DEVICE_KEY": "us-east-1_0a", "SRP_A": "2"});
    let answer = client.answer("DEVICE_SRP_AUTH", &reply["Session"], responses);
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
}

#[tokio::test]
async fn a_device_that_is_gone_is_told_after_the_password_which_can_be_proved_without_it() {
    for flow in ["USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"] {
        let client = opt_in();
        for key in ["us-east-1_fec070d2-fa88-424a-8ec8-b26d7198eb23", &new_device(&client).await.key] {
            let challenge = client.begin(flow, APP_USER).await;
            let mut proof = client.proof(&challenge, PASSWORD, &client.timestamp());
            let mut wrong = proof.clone();
            proof["ChallengeResponses"]["DEVICE_KEY"] = json!(key);
            assert_eq!(client.respond(&proof).await.error(), NO_DEVICE, "{flow}");
            // As amazon-cognito-identity-js does it.
            proof["ChallengeResponses"]["DEVICE_KEY"] = Value::Null;
            assert_eq!(client.respond(&proof).await.ok()["ChallengeName"], "SOFTWARE_TOKEN_MFA", "{flow}");
            // Nobody learns of devices without the password.
            wrong["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"] = json!("AAAA");
            wrong["ChallengeResponses"]["DEVICE_KEY"] = json!(key);
            assert!(client.respond(&wrong).await.error().starts_with("NotAuthorized: "), "{flow}");
        }
    }
    let client = opt_in();
    let parameters = json!({"USERNAME": USER, "PASSWORD": PASSWORD, "DEVICE_KEY": "us-east-1_0a"});
    assert_eq!(client.initiate("USER_PASSWORD_AUTH", parameters).await.error(), NO_DEVICE);
}

#[tokio::test]
async fn a_refresh_takes_the_confirmed_device_of_its_session() {
    let client = opt_in();
    let device = new_device(&client).await;
    let other = new_device(&client).await;
    confirm(&client, &other).await;
    // Not confirmed yet.
    for reply in refresh(&client, &device, Some(&device.key)).await {
        assert_eq!(reply.error(), INVALID_TOKEN);
    }
    confirm(&client, &device).await;
    for key in [None, Some(other.key.as_str()), Some("us-east-1_0a")] {
        for reply in refresh(&client, &device, key).await {
            assert_eq!(reply.error(), INVALID_TOKEN);
        }
    }
    for reply in refresh(&client, &device, Some(&device.key)).await {
        let result = reply.ok()["AuthenticationResult"].clone();
        assert_eq!(claims(result["AccessToken"].as_str().unwrap())["device_key"], device.key.as_str());
        assert!(result.get("NewDeviceMetadata").is_none());
    }
    // Whether it is remembered is another question.
    remember(&client, &device, "not_remembered").await;
    for reply in refresh(&client, &device, Some(&device.key)).await {
        reply.ok();
    }
}

#[tokio::test]
async fn a_forgotten_device_is_gone_with_its_refreshes() {
    let client = always();
    let device = new_device_of_app_user(&client).await;
    confirm(&client, &device).await;
    assert_eq!(call(&client, "ForgetDevice", &device).await.ok(), "");
    assert_eq!(call(&client, "ForgetDevice", &device).await.error(), NO_DEVICE);
    for reply in refresh(&client, &device, Some(&device.key)).await {
        assert_eq!(reply.error(), INVALID_TOKEN);
    }
    assert_eq!(password_with(&client, "USER_SRP_AUTH", APP_USER, &device.key).await.error(), NO_DEVICE);
    // The access token lives on.
    client.call("GetUser", json!({"AccessToken": device.access_token})).await.ok();
}

#[tokio::test]
async fn a_device_that_goes_while_it_proves_itself_does_not_exist() {
    let client = always();
    let device = new_device(&client).await;
    confirm(&client, &device).await;
    let reply = password_with(&client, "USER_SRP_AUTH", USER, &device.key).await.ok();
    let (_, answer) = device_srp(&client, &reply, USER, &device).await;
    call(&client, "ForgetDevice", &device).await.ok();
    assert_eq!(client.respond(&answer).await.error(), NO_DEVICE);
}

#[tokio::test]
async fn a_client_with_a_secret_proves_it_with_the_devices_answers_too() {
    let change =
        |builder: Builder| builder.with_client(DEVICE_ALWAYS_CLIENT, |client| client.secret = Some(seed::CLIENT_SECRET.into()));
    let mut client = tracking_with(change, DEVICE_ALWAYS_POOL, DEVICE_ALWAYS_CLIENT, "LocalDeviceAlways");
    client.client_secret = Some(seed::CLIENT_SECRET.into());
    let device = new_device(&client).await;
    confirm(&client, &device).await;
    let reply = password_with(&client, "USER_SRP_AUTH", USER, &device.key).await.ok();
    let username = claims(&device.access_token)["username"].as_str().unwrap().to_owned();
    let responses = json!({"USERNAME": username, "DEVICE_KEY": device.key, "SRP_A": ephemeral().public_hex()});
    let mut answer = client.answer("DEVICE_SRP_AUTH", &reply["Session"], responses);
    assert!(client.respond(&answer).await.error().contains("SECRET_HASH was not received"));
    answer["ChallengeResponses"]["SECRET_HASH"] = json!(client.secret_hash(&username));
    assert_eq!(client.respond(&answer).await.ok()["ChallengeName"], "DEVICE_PASSWORD_VERIFIER");
}

#[tokio::test]
async fn after_a_proof_by_srp_a_device_answers_without_a_session_too() {
    let client = always();
    let device = new_device(&client).await;
    confirm(&client, &device).await;
    let mut reply = password_with(&client, "USER_SRP_AUTH", USER, &device.key).await.ok();
    reply["Session"] = Value::Null;
    let (_, mut answer) = device_srp(&client, &reply, USER, &device).await;
    answer["Session"] = Value::Null;
    client.respond(&answer).await.ok();
    assert_eq!(client.respond(&answer).await.error(), "InvalidParameter: Missing required parameter Session");
    // No other flow goes without.
    let client = opt_in();
    let device = new_device(&client).await;
    confirm(&client, &device).await;
    remember(&client, &device, "remembered").await;
    let reply = password_with(&client, "USER_AUTH", USER, &device.key).await.ok();
    assert_eq!(reply["ChallengeName"], "DEVICE_SRP_AUTH");
    let responses = json!({"USERNAME": USER, "DEVICE_KEY": device.key, "SRP_A": "2"});
    let answer = client.answer("DEVICE_SRP_AUTH", &Value::Null, responses);
    assert_eq!(client.respond(&answer).await.error(), "InvalidParameter: Missing required parameter Session");
}
