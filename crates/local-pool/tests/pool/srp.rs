//! `USER_SRP_AUTH`: `InitiateAuth`, and the proof by `RespondToAuthChallenge`

use std::time::Duration;

use local_pool::seed;
use serde_json::{Value, json};

use crate::client::{Client, INCORRECT, INVALID_SESSION, USER, flip_base64};

#[tokio::test]
async fn the_right_password_gives_tokens() {
    let client = Client::new();
    let reply = client.password("USER_SRP_AUTH", USER, seed::PASSWORD).await.ok();
    assert_eq!(reply["ChallengeParameters"], json!({}));
    assert!(reply.get("ChallengeName").is_none() && reply.get("Session").is_none());
    let result = &reply["AuthenticationResult"];
    assert_eq!((&result["ExpiresIn"], &result["TokenType"]), (&json!(3600), &json!("Bearer")));
}

#[tokio::test]
async fn the_challenge_has_no_session_and_names_the_real_user() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    assert!(challenge.reply.get("Session").is_none());
    assert_eq!(challenge.parameter("USERNAME"), challenge.parameter("USER_ID_FOR_SRP"));
    assert_eq!(challenge.parameter("USERNAME").len(), 36);
    let mut names: Vec<&String> = challenge.reply["ChallengeParameters"].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"]);
}

#[tokio::test]
async fn every_seeded_user_signs_in_in_its_way() {
    let client = Client::new();
    for (user, next) in [
        ("srp@example.com", Value::Null),
        ("totp@example.com", json!("SOFTWARE_TOKEN_MFA")),
        ("sms@example.com", json!("SMS_MFA")),
    ] {
        let reply = client.password("USER_SRP_AUTH", user, seed::PASSWORD).await.ok();
        assert_eq!(reply["ChallengeName"], next, "{user}");
    }
    let reply = client.password("CUSTOM_AUTH", "email-code@example.com", seed::PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "CUSTOM_CHALLENGE");
    let reply = Client::mfa_on().password("USER_SRP_AUTH", "totp-setup@example.com", seed::PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "MFA_SETUP");
}

#[tokio::test]
async fn a_wrong_password_is_refused() {
    let client = Client::new();
    for wrong in ["local-pool-1!", "Local-pool-1", "Local-pool-1! ", ""] {
        assert_eq!(client.password("USER_SRP_AUTH", USER, wrong).await.error(), INCORRECT, "{wrong:?}");
    }
}

#[tokio::test]
async fn tampered_proofs_are_refused() {
    let client = Client::new();
    let tamper: [fn(&mut Value); 5] = [
        |responses| {
            let signature = flip_base64(responses["PASSWORD_CLAIM_SIGNATURE"].as_str().unwrap());
            responses["PASSWORD_CLAIM_SIGNATURE"] = json!(signature);
        },
        |responses| responses["PASSWORD_CLAIM_SIGNATURE"] = json!("AAAA"),
        |responses| {
            let block = flip_base64(responses["PASSWORD_CLAIM_SECRET_BLOCK"].as_str().unwrap());
            responses["PASSWORD_CLAIM_SECRET_BLOCK"] = json!(block);
        },
        |responses| responses["PASSWORD_CLAIM_SECRET_BLOCK"] = json!("not base64"),
        |responses| responses["USERNAME"] = json!("srp@example.com"),
    ];
    for (index, tamper) in tamper.iter().enumerate() {
        let challenge = client.begin("USER_SRP_AUTH", USER).await;
        let mut answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
        tamper(&mut answer["ChallengeResponses"]);
        assert_eq!(client.respond(&answer).await.error(), INCORRECT, "{index}");
        client.pool.advance_clock(Duration::from_secs(20 * 60));
    }
}

#[tokio::test]
async fn the_proof_is_bound_to_its_timestamp() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let mut answer = client.proof(&challenge, seed::PASSWORD, "Tue Sep 9 09:05:04 UTC 2025");
    answer["ChallengeResponses"]["TIMESTAMP"] = json!(client.timestamp());
    assert_eq!(client.respond(&answer).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_secret_block_works_once() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    client.respond(&answer).await.ok();
    assert_eq!(client.respond(&answer).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_failed_proof_uses_the_secret_block_up() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let wrong = client.proof(&challenge, "wrong", &client.timestamp());
    assert_eq!(client.respond(&wrong).await.error(), INCORRECT);
    let right = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&right).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_secret_block_expires() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    client.pool.advance_clock(Duration::from_secs(61));
    let answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&answer).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_secret_block_belongs_to_a_client() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let mut answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    answer["ClientId"] = json!(seed::LEGACY_CLIENT);
    assert_eq!(client.respond(&answer).await.error(), INCORRECT);
}

#[tokio::test]
async fn the_typed_name_may_answer_but_not_be_hashed() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let mut answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    answer["ChallengeResponses"]["USERNAME"] = json!(USER);
    client.respond(&answer).await.ok();

    let mut challenge = client.begin("USER_SRP_AUTH", USER).await;
    challenge.reply["ChallengeParameters"]["USER_ID_FOR_SRP"] = json!(USER);
    let answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    assert_eq!(client.respond(&answer).await.error(), INCORRECT);
}

#[tokio::test]
async fn timestamps_that_cannot_be_read_are_invalid() {
    let client = Client::new();
    for text in ["now", "2025-09-09T09:05:03Z", "Di Sep 9 09:05:03 UTC 2025"] {
        let challenge = client.begin("USER_SRP_AUTH", USER).await;
        let answer = client.proof(&challenge, seed::PASSWORD, text);
        assert_eq!(
            client.respond(&answer).await.error(),
            "InvalidParameter: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."
        );
    }
}

/// Each signed with the right password, in the form that is sent.
#[tokio::test]
async fn timestamps_in_another_form_are_a_wrong_proof() {
    let client = Client::new();
    let exact = client.timestamp();
    assert_eq!(exact, "Tue Sep 9 09:05:03 UTC 2025");
    let forms = [
        "Tue Sep 09 09:05:03 UTC 2025",
        "Wed Sep 9 09:05:03 UTC 2025",
        "Tue Sep 9 09:05:03 GMT 2025",
        "Tue Sep  9 09:05:03 UTC 2025",
    ];
    for form in forms {
        let challenge = client.begin("USER_SRP_AUTH", USER).await;
        let answer = client.proof(&challenge, seed::PASSWORD, form);
        assert_eq!(client.respond(&answer).await.error(), INCORRECT, "{form}");
    }
}

#[tokio::test]
async fn a_clock_may_be_five_minutes_off() {
    let client = Client::new();
    for (seconds, is_right) in [(-300, true), (300, true), (-301, false), (301, false)] {
        let challenge = client.begin("USER_SRP_AUTH", USER).await;
        let text = cognito_protocol::srp::format_timestamp(client.pool.now_millis() + seconds * 1000);
        let reply = client.respond(&client.proof(&challenge, seed::PASSWORD, &text)).await;
        assert_eq!(reply.status == 200, is_right, "{seconds}");
    }
}

#[tokio::test]
async fn hostile_public_values_are_refused() {
    let client = Client::new();
    let n = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B\
             302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6\
             49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D\
             670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
             3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D\
             B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
             BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";
    for srp_a in ["0", "00", n, "xyz", "-1", &"f".repeat(800)] {
        for user in [USER, "nobody@example.com"] {
            let reply = client.initiate("USER_SRP_AUTH", json!({"USERNAME": user, "SRP_A": srp_a})).await;
            assert!(reply.error().starts_with("InvalidParameter: SRP_A"), "{srp_a}");
        }
    }
}

#[tokio::test]
async fn a_session_does_not_belong_here() {
    let client = Client::new();
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let mut answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    answer["Session"] = json!("x".repeat(40));
    assert_eq!(client.respond(&answer).await.error(), INVALID_SESSION);
}

#[tokio::test]
async fn parameters_that_are_missing_are_named() {
    let client = Client::new();
    let missing = |name: &str| format!("InvalidParameter: Missing required parameter {name}");
    let reply = client.initiate("USER_SRP_AUTH", json!({"SRP_A": "2"})).await;
    assert_eq!(reply.error(), missing("USERNAME"));
    let reply = client.initiate("USER_SRP_AUTH", json!({"USERNAME": USER})).await;
    assert_eq!(reply.error(), missing("SRP_A"));
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    for name in ["USERNAME", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP"] {
        let mut answer = answer.clone();
        answer["ChallengeResponses"].as_object_mut().unwrap().remove(name);
        assert_eq!(client.respond(&answer).await.error(), missing(name));
    }
    // None of that used the block up.
    client.respond(&answer).await.ok();
}

#[tokio::test]
async fn unconfirmed_and_disabled_users_hear_of_it_after_the_right_password_only() {
    let client = Client::new();
    for (user, error) in [
        ("unconfirmed@example.com", "UserNotConfirmed: User is not confirmed."),
        ("disabled@example.com", "NotAuthorized: User is disabled."),
    ] {
        assert_eq!(client.password("USER_SRP_AUTH", user, "wrong").await.error(), INCORRECT);
        assert_eq!(client.password("USER_SRP_AUTH", user, seed::PASSWORD).await.error(), error);
    }
}

#[tokio::test]
async fn a_client_with_a_secret_must_prove_it() {
    let mut client = Client::new().with_client(seed::SECRET_CLIENT);
    let without = client.initiate("USER_SRP_AUTH", json!({"USERNAME": USER, "SRP_A": "2"})).await;
    assert_eq!(
        without.error(),
        "NotAuthorized: Client localclientsecret000000000 is configured with secret but SECRET_HASH was not received"
    );
    let unable = "NotAuthorized: Unable to verify secret hash for client localclientsecret000000000";
    client.client_secret = Some("another secret".into());
    let wrong = client.initiate("USER_SRP_AUTH", json!({"USERNAME": USER, "SRP_A": "2"})).await;
    assert_eq!(wrong.error(), unable);

    client.client_secret = Some(seed::CLIENT_SECRET.into());
    client.password("USER_SRP_AUTH", USER, seed::PASSWORD).await.ok();
    // From the first challenge on the hash is made with the real username.
    let challenge = client.begin("USER_SRP_AUTH", USER).await;
    let mut answer = client.proof(&challenge, seed::PASSWORD, &client.timestamp());
    answer["ChallengeResponses"]["SECRET_HASH"] = json!(client.secret_hash(USER));
    assert_eq!(client.respond(&answer).await.error(), unable);
}

#[tokio::test]
async fn a_client_without_a_secret_takes_no_hash() {
    let client = Client::new();
    let parameters = json!({"USERNAME": USER, "SRP_A": "2", "SECRET_HASH": "AAAA"});
    let reply = client.initiate("USER_SRP_AUTH", parameters).await;
    assert!(reply.error().starts_with("NotAuthorized: Unable to verify secret hash"));
}

#[tokio::test]
async fn clients_and_flows_must_be_there() {
    let client = Client::new();
    let reply = client.initiate("USER_AUTH", json!({"USERNAME": USER})).await;
    assert_eq!(reply.error(), "InvalidParameter: USER_AUTH flow not enabled for this client");
    let reply = client.initiate("USER_PASSWORD_AUTH", json!({"USERNAME": USER, "PASSWORD": seed::PASSWORD})).await;
    assert_eq!(reply.error(), "InvalidParameter: USER_PASSWORD_AUTH flow not enabled for this client");
    let reply = client.initiate("ADMIN_USER_PASSWORD_AUTH", json!({})).await;
    assert_eq!(reply.error(), "InvalidParameter: Initiate Auth method not supported.");
    let reply = client.initiate("MAGIC", json!({})).await;
    assert!(reply.error().starts_with("InvalidParameter: 1 validation error detected: Value 'MAGIC' at 'authFlow' failed"));
    let reply = Client::new().with_client("another").initiate("USER_SRP_AUTH", json!({})).await;
    assert_eq!(reply.error(), "ResourceNotFound: User pool client another does not exist.");
}

#[tokio::test]
async fn user_password_auth_where_the_client_allows_it() {
    let client = Client::with(|builder| builder.with_client(seed::CLIENT, |client| client.allow_user_password_auth = true));
    let sign_in = async |user: &str, password: &str| {
        client.initiate("USER_PASSWORD_AUTH", json!({"USERNAME": user, "PASSWORD": password})).await
    };
    assert!(sign_in(USER, seed::PASSWORD).await.ok()["AuthenticationResult"]["IdToken"].is_string());
    assert_eq!(sign_in(USER, "wrong").await.error(), INCORRECT);
    assert_eq!(sign_in("nobody@example.com", seed::PASSWORD).await.error(), INCORRECT);
    let reply = sign_in("totp@example.com", seed::PASSWORD).await.ok();
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}
