//! `CUSTOM_AUTH` with the project's triggers

use std::time::Duration;

use local_pool::{
    CodeLength,
    seed::{self, PASSWORD, SeededUser},
};
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, INVALID_SESSION, USED, USER};

async fn challenged(client: &Client) -> Value {
    let reply = client.password("CUSTOM_AUTH", USER, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    reply
}

fn code(client: &Client) -> String {
    client.pool.newest_code(USER).unwrap()
}

/// A code of the same length that is not the mailed one.
fn wrong_code(client: &Client) -> &'static str {
    if code(client) == "000000" { "000001" } else { "000000" }
}

#[tokio::test]
async fn the_code_from_the_mail_gives_tokens() {
    let client = Client::new();
    let reply = challenged(&client).await;
    let reply = client.respond(&client.code_answer(&reply, USER, &code(&client))).await.ok();
    assert!(reply["AuthenticationResult"]["RefreshToken"].is_string());
}

#[tokio::test]
async fn the_password_challenge_has_a_session_and_needs_it() {
    let client = Client::new();
    let challenge = client.begin("CUSTOM_AUTH", USER).await;
    assert!(challenge.reply["Session"].as_str().unwrap().len() >= 20);
    let mut answer = client.proof(&challenge, PASSWORD, &client.timestamp());
    answer.as_object_mut().unwrap().remove("Session");
    assert_eq!(client.respond(&answer).await.error(), "InvalidParameter: Missing required parameter Session");
}

#[tokio::test]
async fn the_public_parameters_do_not_hold_the_code() {
    let client = Client::new();
    let reply = challenged(&client).await;
    let parameters = &reply["ChallengeParameters"];
    assert_eq!(parameters["type"], "EMAIL_CODE");
    assert_eq!(parameters["destination"], "u***@e***");
    assert_eq!(parameters["codeLength"], "6");
    assert_eq!(parameters["resendAfter"], "30");
    assert_eq!(parameters["USERNAME"].as_str().unwrap().len(), 36);
    assert_eq!(parameters.as_object().unwrap().len(), 5);
    assert!(!parameters.to_string().contains(&code(&client)));
}

#[tokio::test]
async fn wrong_twice_then_right_with_one_mail() {
    let client = Client::new();
    let mut reply = challenged(&client).await;
    for _ in 0..2 {
        let old = reply["Session"].clone();
        let wrong = client.code_answer(&reply, USER, wrong_code(&client));
        reply = client.respond(&wrong).await.ok();
        assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
        assert_ne!(reply["Session"], old);
        assert_eq!(client.respond(&wrong).await.error(), USED);
    }
    let right = client.code_answer(&reply, USER, &code(&client));
    assert!(client.respond(&right).await.ok()["AuthenticationResult"]["IdToken"].is_string());
    let mails = client.get(&format!("/local/inbox?to={USER}")).await.ok();
    assert_eq!(mails.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn three_wrong_answers_end_it() {
    let client = Client::new();
    let mut reply = challenged(&client).await;
    for _ in 0..2 {
        reply = client.respond(&client.code_answer(&reply, USER, wrong_code(&client))).await.ok();
    }
    let third = client.code_answer(&reply, USER, wrong_code(&client));
    assert_eq!(client.respond(&third).await.error(), INCORRECT);
    let right = client.code_answer(&reply, USER, &code(&client));
    assert_eq!(client.respond(&right).await.error(), USED);
}

#[tokio::test]
async fn typed_codes_are_read_as_meant() {
    let client = Client::new();
    let reply = challenged(&client).await;
    let code = code(&client);
    let typed = format!(" {}-{} ", &code[..3], &code[3..]);
    client.respond(&client.code_answer(&reply, USER, &typed)).await.ok();
}

#[tokio::test]
async fn a_new_sign_in_has_a_new_code() {
    let client = Client::new();
    let first = challenged(&client).await;
    let first_code = code(&client);
    let second = challenged(&client).await;
    let mails = client.get(&format!("/local/inbox?to={USER}")).await.ok();
    assert_eq!(mails.as_array().unwrap().len(), 2);
    // Each sign-in has a code of its own.
    client.respond(&client.code_answer(&first, USER, &first_code)).await.ok();
    client.respond(&client.code_answer(&second, USER, &code(&client))).await.ok();
}

#[tokio::test]
async fn without_srp_a_it_is_refused() {
    let client = Client::new();
    for user in [USER, "nobody@example.com", "unconfirmed@example.com"] {
        let reply = client.initiate("CUSTOM_AUTH", json!({"USERNAME": user})).await;
        assert_eq!(reply.error(), INCORRECT);
        // SRP_A without CHALLENGE_NAME is not the start of SRP.
        let reply = client.initiate("CUSTOM_AUTH", json!({"USERNAME": user, "SRP_A": "2"})).await;
        assert_eq!(reply.error(), INCORRECT);
    }
    let reply = client.initiate("CUSTOM_AUTH", json!({"USERNAME": USER, "CHALLENGE_NAME": "SRP_A"})).await;
    assert_eq!(reply.error(), "InvalidParameter: Missing required parameter SRP_A");
    let reply = client.initiate("CUSTOM_AUTH", json!({"USERNAME": USER, "CHALLENGE_NAME": "X", "SRP_A": "2"})).await;
    assert!(reply.error().starts_with("InvalidParameter"));
}

#[tokio::test]
async fn the_wrong_password_ends_it_with_its_session() {
    let client = Client::new();
    let challenge = client.begin("CUSTOM_AUTH", USER).await;
    let wrong = client.proof(&challenge, "wrong", &client.timestamp());
    assert_eq!(client.respond(&wrong).await.error(), INCORRECT);
    let right = client.proof(&challenge, PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&right).await.error(), USED);
    assert_eq!(client.pool.newest_code(USER), None);
}

#[tokio::test]
async fn blocks_and_sessions_of_two_sign_ins_do_not_mix() {
    let client = Client::new();
    let one = client.begin("CUSTOM_AUTH", USER).await;
    let other = client.begin("CUSTOM_AUTH", USER).await;
    let mut answer = client.proof(&one, PASSWORD, &client.timestamp());
    answer["Session"] = other.reply["Session"].clone();
    assert_eq!(client.respond(&answer).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_session_is_for_its_challenge_user_and_client() {
    let client = Client::new();
    let reply = challenged(&client).await;
    let right = client.code_answer(&reply, USER, &code(&client));
    let mut other_challenge = right.clone();
    other_challenge["ChallengeName"] = json!("SOFTWARE_TOKEN_MFA");
    other_challenge["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"] = json!("123456");
    assert_eq!(client.respond(&other_challenge).await.error(), INVALID_SESSION);
    let mut unsupported = right.clone();
    unsupported["ChallengeName"] = json!("ADMIN_NO_SRP_AUTH");
    assert_eq!(client.respond(&unsupported).await.error(), INVALID_SESSION);
    let mut other_user = right.clone();
    other_user["ChallengeResponses"]["USERNAME"] = json!("srp@example.com");
    assert_eq!(client.respond(&other_user).await.error(), INVALID_SESSION);
    let mut other_client = right.clone();
    other_client["ClientId"] = json!(seed::LEGACY_CLIENT);
    assert_eq!(client.respond(&other_client).await.error(), INVALID_SESSION);
    client.respond(&right).await.ok();
}

#[tokio::test]
async fn the_users_own_second_factor_comes_first() {
    let client = Client::new();
    let user = "both@example.com";
    client.pool.add_user(&SeededUser {
        totp_secret: Some(seed::TOTP_SECRET.into()),
        ..SeededUser::new(user, "CUSTOM_AUTH", "both factors")
    });
    client.next_step();
    let reply = client.password("CUSTOM_AUTH", user, PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(client.pool.newest_code(user), None);
    let totp = client.totp(seed::TOTP_SECRET, 0);
    let reply = client.respond(&client.code_answer(&reply, user, &totp)).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    let code = client.pool.newest_code(user).unwrap();
    let reply = client.respond(&client.code_answer(&reply, user, &code)).await.ok();
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
}

#[tokio::test]
async fn japanese_users_get_japanese_mails() {
    let client = Client::new();
    client.password("CUSTOM_AUTH", "email-code-ja@example.com", PASSWORD).await.ok();
    let mails = client.get("/local/inbox?to=email-code-ja@example.com").await.ok();
    assert_eq!(mails[0]["subject"], "確認コード");
    // The page's language goes before the user's.
    let challenge = client.begin("CUSTOM_AUTH", USER).await;
    let mut answer = client.proof(&challenge, PASSWORD, &client.timestamp());
    answer["ClientMetadata"] = json!({"locale": "ja"});
    client.respond(&answer).await.ok();
    let mails = client.get(&format!("/local/inbox?to={USER}")).await.ok();
    assert_eq!(mails[0]["subject"], "確認コード");
}

#[tokio::test]
async fn the_code_length_is_a_setting() {
    let client = Client::with(|builder| builder.with(|settings| settings.triggers.code_length = CodeLength::new(8).unwrap()));
    let reply = challenged(&client).await;
    assert_eq!(reply["ChallengeParameters"]["codeLength"], "8");
    assert_eq!(code(&client).len(), 8);
}

#[tokio::test]
async fn each_challenge_has_its_whole_time() {
    // The code outlives the sessions here.
    let client = Client::with(|builder| builder.with(|settings| settings.triggers.code_ttl_secs = 3600));
    let mut reply = challenged(&client).await;
    for _ in 0..2 {
        client.pool.advance_clock(Duration::from_secs(170));
        reply = client.respond(&client.code_answer(&reply, USER, wrong_code(&client))).await.ok();
    }
    client.pool.advance_clock(Duration::from_secs(170));
    client.respond(&client.code_answer(&reply, USER, &code(&client))).await.ok();
}

#[tokio::test]
async fn how_many_wrong_answers_end_it_is_a_setting() {
    let client = Client::with(|builder| builder.with(|settings| settings.triggers.max_attempts = 1));
    let reply = challenged(&client).await;
    assert_eq!(client.respond(&client.code_answer(&reply, USER, wrong_code(&client))).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_code_expires_by_the_pools_clock() {
    let change = |settings: &mut local_pool::Settings| {
        settings.session_validity = Duration::from_secs(900);
        settings.triggers.code_ttl_secs = 120;
    };
    let client = Client::with(|builder| builder.with(change));
    let reply = challenged(&client).await;
    client.pool.advance_clock(Duration::from_secs(119));
    let reply = client.respond(&client.code_answer(&reply, USER, wrong_code(&client))).await.ok();
    assert!(reply["ChallengeParameters"].get("expired").is_none());
    client.pool.advance_clock(Duration::from_secs(1));
    let reply = client.respond(&client.code_answer(&reply, USER, &code(&client))).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    assert_eq!(reply["ChallengeParameters"]["expired"], "true");
    // A new sign-in brings a new code.
    let reply = challenged(&client).await;
    assert!(reply["ChallengeParameters"].get("expired").is_none());
    client.respond(&client.code_answer(&reply, USER, &code(&client))).await.ok()["AuthenticationResult"].as_object().unwrap();
}

#[tokio::test]
async fn an_address_that_is_not_verified_gets_no_mail() {
    let client = Client::new();
    client.pool.add_user(&SeededUser { email_verified: false, ..SeededUser::new(USER, "CUSTOM_AUTH", "of this test") });
    let error = client.password("CUSTOM_AUTH", USER, PASSWORD).await.error();
    assert!(error.contains("CreateAuthChallenge failed with error There is no e-mail address to send a code to"), "{error}");
    assert_eq!(client.pool.newest_code(USER), None);
}

#[tokio::test]
async fn the_mail_has_an_html_part() {
    let client = Client::with(|builder| builder.with(|settings| settings.triggers.product_name = Some("Söhne & Co".to_owned())));
    challenged(&client).await;
    let mail = client.get(&format!("/local/inbox?to={USER}")).await.ok()[0].clone();
    assert_eq!(mail["subject"], "Your verification code for Söhne & Co");
    assert!(mail["body"].as_str().unwrap().contains(&format!("\n\n{}\n\n", code(&client))));
    let html = mail["html"].as_str().unwrap();
    assert!(html.contains("Söhne &amp; Co") && html.contains(&code(&client)), "{html}");
    assert!(mail.get("from").is_none());
}
