//! Signing in with a passkey: `WEB_AUTHN`

use std::time::Duration;

use local_pool::{FirstFactor, seed::PASSWORD};
use serde_json::{Value, json};

use crate::{
    authenticator::{Authenticator, Key, base64url, bytes_of},
    client::{Client, EXPIRED, INCORRECT, INVALID_SESSION, Reply, USED},
    passkeys::{
        OTHER, USER, add, answer, available, begin, client, is_complete, register, request_options, sign_in, token, with_pool,
        with_user_verification,
    },
};

async fn with_passkey(key: Key) -> (Client, Authenticator) {
    let client = client();
    let mut authenticator = Authenticator::new(key);
    register(&client, USER, &mut authenticator).await;
    (client, authenticator)
}

/// What comes of a sign-in whose answer is tampered with.
async fn tampered(client: &Client, authenticator: &mut Authenticator, change: impl FnOnce(&mut Value)) -> Reply {
    let reply = begin(client, USER).await;
    let mut credential = authenticator.get(&request_options(&reply));
    change(&mut credential);
    answer(client, &reply, USER, &credential).await
}

/// The same in base64url with a bit that is different.
fn flip(text: &Value, at: usize) -> Value {
    let mut bytes = bytes_of(text);
    bytes[at] ^= 1;
    json!(base64url(&bytes))
}

#[tokio::test]
async fn every_kind_of_key_signs_in() {
    for key in [Key::es256(), Key::rs256(), Key::ed_dsa()] {
        let (client, mut authenticator) = with_passkey(key).await;
        for _ in 0..2 {
            is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
        }
        assert_eq!(
            tampered(&client, &mut authenticator, |it| it["response"]["signature"] = json!("AAAA")).await.error(),
            INCORRECT
        );
    }
}

#[tokio::test]
async fn the_options_are_those_of_the_sample() {
    let (client, authenticator) = with_passkey(Key::es256()).await;
    let reply = begin(&client, USER).await;
    assert_eq!(reply["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]));
    assert!(reply["Session"].is_string());
    let mut options = request_options(&reply);
    assert_eq!(bytes_of(&options["challenge"].take()).len(), 16);
    assert_eq!(
        options,
        json!({
            "challenge": null,
            "timeout": 180_000,
            "rpId": "localhost",
            "allowCredentials": [
                {"type": "public-key", "id": base64url(&authenticator.id), "transports": ["hybrid", "internal"]},
            ],
            "userVerification": "preferred",
        })
    );
    assert_ne!(request_options(&begin(&client, USER).await)["challenge"], request_options(&reply)["challenge"]);
}

#[tokio::test]
async fn only_who_has_a_passkey_is_offered_it() {
    let (client, _) = with_passkey(Key::es256()).await;
    let offers = async |user| available(&client, user).await.as_array().unwrap().contains(&json!("WEB_AUTHN"));
    assert!(offers(USER).await);
    for user in [OTHER, "nobody@example.com"] {
        assert!(!offers(user).await, "{user}");
        let reply = client.initiate("USER_AUTH", json!({"USERNAME": user, "PREFERRED_CHALLENGE": "WEB_AUTHN"})).await.ok();
        assert_eq!((&reply["ChallengeName"], &reply["ChallengeParameters"]), (&json!("SELECT_CHALLENGE"), &json!({})));
    }
}

#[tokio::test]
async fn it_can_be_chosen_and_the_choice_can_be_answered_at_once() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let asked = async || client.initiate("USER_AUTH", json!({"USERNAME": USER})).await.ok();
    let select = async |asked: &Value, credential: Option<Value>| {
        let mut responses = json!({"USERNAME": USER, "ANSWER": "WEB_AUTHN"});
        if let Some(credential) = credential {
            responses["CREDENTIAL"] = json!(credential.to_string());
        }
        client.respond(&client.answer("SELECT_CHALLENGE", &asked["Session"], responses)).await
    };
    let choice = asked().await;
    let chosen = select(&choice, None).await.ok();
    assert_eq!(chosen["ChallengeName"], "WEB_AUTHN");
    let credential = authenticator.get(&request_options(&chosen));
    is_complete(&answer(&client, &chosen, USER, &credential).await.ok());

    let choice = asked().await;
    let credential = authenticator.get(&request_options(&choice));
    is_complete(&select(&choice, Some(credential.clone())).await.ok());
    assert_eq!(select(&choice, Some(credential.clone())).await.error(), USED);
    // The challenge of another choice.
    let choice = asked().await;
    assert_eq!(select(&choice, Some(credential)).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_session_is_answered_once_rightly_or_wrongly() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let reply = begin(&client, USER).await;
    let credential = authenticator.get(&request_options(&reply));
    is_complete(&answer(&client, &reply, USER, &credential).await.ok());
    assert_eq!(answer(&client, &reply, USER, &credential).await.error(), USED);

    let reply = begin(&client, USER).await;
    // The answer to an earlier challenge.
    assert_eq!(answer(&client, &reply, USER, &credential).await.error(), INCORRECT);
    let credential = authenticator.get(&request_options(&reply));
    assert_eq!(answer(&client, &reply, USER, &credential).await.error(), USED);
}

#[tokio::test]
async fn an_answer_comes_in_time() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    for (seconds, is_late) in [(180, false), (181, true)] {
        let reply = begin(&client, USER).await;
        client.pool.advance_clock(Duration::from_secs(seconds));
        let credential = authenticator.get(&request_options(&reply));
        let answered = answer(&client, &reply, USER, &credential).await;
        if is_late {
            assert_eq!(answered.error(), EXPIRED);
        } else {
            is_complete(&answered.ok());
        }
    }
}

/// What is changed of an answer.
type Change = fn(&mut Value);

#[tokio::test]
async fn whatever_is_wrong_is_refused_alike() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let changes: [(&str, Change); 8] = [
        ("signature", |it| it["response"]["signature"] = flip(&it["response"]["signature"], 20)),
        ("no signature", |it| it["response"]["signature"] = json!("")),
        ("client data", |it| it["response"]["clientDataJSON"] = flip(&it["response"]["clientDataJSON"], 60)),
        ("relying party's hash", |it| it["response"]["authenticatorData"] = flip(&it["response"]["authenticatorData"], 0)),
        ("flags", |it| it["response"]["authenticatorData"] = flip(&it["response"]["authenticatorData"], 32)),
        ("counter", |it| it["response"]["authenticatorData"] = flip(&it["response"]["authenticatorData"], 36)),
        ("passkey", |it| {
            it["id"] = json!("AAAA");
            it["rawId"] = json!("AAAA");
        }),
        ("response", |it| it["response"] = Value::Null),
    ];
    for (what, change) in changes {
        assert_eq!(tampered(&client, &mut authenticator, change).await.error(), INCORRECT, "{what}");
    }
    is_complete(&tampered(&client, &mut authenticator, |_| {}).await.ok());
}

#[tokio::test]
async fn the_page_is_the_relying_partys() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    for origin in ["https://evil.example", "http://127.0.0.1:8080", "https://localhost.evil.example", "null", ""] {
        origin.clone_into(&mut authenticator.origin);
        assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT, "{origin}");
    }
    "https://app.localhost:8443".clone_into(&mut authenticator.origin);
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
    authenticator.cross_origin = true;
    assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT);
}

#[tokio::test]
async fn what_was_signed_is_for_the_relying_party_and_for_a_sign_in() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    authenticator.relying_party = Some("example.com".to_owned());
    assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT);
    authenticator.relying_party = None;
    let reply = begin(&client, USER).await;
    let options = request_options(&reply);
    let of_a_registration = json!({
        "type": "webauthn.create", "challenge": options["challenge"], "origin": authenticator.origin, "crossOrigin": false,
    });
    let credential = authenticator.sign(of_a_registration.to_string().as_bytes(), &options);
    assert_eq!(answer(&client, &reply, USER, &credential).await.error(), INCORRECT);
}

#[tokio::test]
async fn a_person_is_there_and_verified_where_that_is_a_must() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    authenticator.verifies_user = false;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
    authenticator.is_present = false;
    assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT);

    let client = with_user_verification();
    let mut authenticator = Authenticator::new(Key::es256());
    register(&client, USER, &mut authenticator).await;
    let options = request_options(&begin(&client, USER).await);
    assert_eq!(options["userVerification"], "required");
    authenticator.verifies_user = false;
    assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT);
    authenticator.verifies_user = true;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}

#[tokio::test]
async fn a_counter_that_does_not_grow_is_refused() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    authenticator.counter = 9;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
    // The signature adds one, so the first of these is the same again.
    for last in [9, 4, 0] {
        authenticator.counter = last;
        assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT, "{last}");
    }
    authenticator = Authenticator { counter: 0, counts: false, ..authenticator };
    assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT);
    authenticator.counts = true;
    authenticator.counter = 10;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}

#[tokio::test]
async fn a_passkey_that_does_not_count_signs_in() {
    let client = client();
    let mut authenticator = Authenticator { counts: false, ..Authenticator::new(Key::es256()) };
    register(&client, USER, &mut authenticator).await;
    for _ in 0..2 {
        is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
    }
}

#[tokio::test]
async fn a_passkey_is_its_users_alone() {
    let (client, mut mine) = with_passkey(Key::es256()).await;
    let mut others = Authenticator::new(Key::es256());
    register(&client, OTHER, &mut others).await;
    assert_eq!(sign_in(&client, USER, &mut others).await.error(), INCORRECT);
    assert_eq!(sign_in(&client, OTHER, &mut mine).await.error(), INCORRECT);
    // The right passkey in another user's name.
    let mine_user = mine.user.clone();
    mine.user = others.user.clone();
    assert_eq!(sign_in(&client, USER, &mut mine).await.error(), INCORRECT);
    // Security keys tell no user.
    mine.user = None;
    is_complete(&sign_in(&client, USER, &mut mine).await.ok());
    mine.user = mine_user;
    let reply = begin(&client, USER).await;
    let credential = mine.get(&request_options(&reply));
    assert_eq!(answer(&client, &reply, OTHER, &credential).await.error(), INVALID_SESSION);
}

#[tokio::test]
async fn one_of_several_signs_in_and_a_deleted_one_does_not() {
    let (client, mut first) = with_passkey(Key::es256()).await;
    let mut second = Authenticator::new(Key::ed_dsa());
    register(&client, USER, &mut second).await;
    is_complete(&sign_in(&client, USER, &mut first).await.ok());
    is_complete(&sign_in(&client, USER, &mut second).await.ok());

    // Deleted while a sign-in is under way.
    let reply = begin(&client, USER).await;
    let body = json!({"AccessToken": token(&client, USER).await, "CredentialId": base64url(&first.id)});
    client.call("DeleteWebAuthnCredential", body).await.ok();
    let credential = first.get(&request_options(&reply));
    assert_eq!(answer(&client, &reply, USER, &credential).await.error(), INCORRECT);
    assert_eq!(sign_in(&client, USER, &mut first).await.error(), INCORRECT);
    is_complete(&sign_in(&client, USER, &mut second).await.ok());
}

#[tokio::test]
async fn what_is_no_credential_is_told_and_leaves_the_session() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let reply = begin(&client, USER).await;
    let without = client.respond(&client.answer("WEB_AUTHN", &reply["Session"], json!({"USERNAME": USER}))).await;
    assert_eq!(without.error(), "InvalidParameter: Missing required parameter CREDENTIAL");
    for text in ["x", "{", "7", "[]", "null", "\"{}\""] {
        let responses = json!({"USERNAME": USER, "CREDENTIAL": text});
        let error = client.respond(&client.answer("WEB_AUTHN", &reply["Session"], responses)).await.error();
        assert_eq!(error, "InvalidParameter: CREDENTIAL should be the text of an AuthenticationResponseJSON", "{text}");
    }
    let credential = authenticator.get(&request_options(&reply));
    is_complete(&answer(&client, &reply, USER, &credential).await.ok());
}

#[tokio::test]
async fn sessions_of_other_challenges_take_no_passkey() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let options = request_options(&begin(&client, USER).await);
    let credential = authenticator.get(&options);
    let choice = client.initiate("USER_AUTH", json!({"USERNAME": USER})).await.ok();
    assert_eq!(answer(&client, &choice, USER, &credential).await.error(), INVALID_SESSION);
    // Nor does one for a passkey take a password.
    let reply = begin(&client, USER).await;
    let responses = json!({"USERNAME": USER, "PASSWORD": PASSWORD});
    let error = client.respond(&client.answer("PASSWORD", &reply["Session"], responses)).await.error();
    assert_eq!(error, INVALID_SESSION);
}

#[tokio::test]
async fn a_pool_that_changes_its_mind_takes_no_passkey() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let change = async |changes: Value| {
        let body = json!({"pools": {(local_pool::seed::CHOICE_POOL): changes}}).to_string();
        let request = axum::http::Request::patch("/local/settings").header("host", "127.0.0.1:9229");
        client.send(request.body(body.into()).unwrap()).await.ok()
    };
    let reply = begin(&client, USER).await;
    let credential = authenticator.get(&request_options(&reply));
    change(json!({"webAuthnConfiguration": {"relyingPartyId": "example.com"}})).await;
    assert_eq!(answer(&client, &reply, USER, &credential).await.error(), INCORRECT);
    let without = json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
    assert_eq!(available(&client, USER).await, without);
    change(json!({"webAuthnConfiguration": {"relyingPartyId": "localhost"}, "allowedFirstAuthFactors": ["PASSWORD"]})).await;
    assert_eq!(available(&client, USER).await, json!(["PASSWORD_SRP", "PASSWORD"]));
    let factors = FirstFactor::ALL.map(FirstFactor::name);
    change(json!({"allowedFirstAuthFactors": factors})).await;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}

#[tokio::test]
async fn a_real_username_answers_too() {
    let (client, mut authenticator) = with_passkey(Key::es256()).await;
    let access = token(&client, USER).await;
    let username = client.call("GetUser", json!({"AccessToken": access})).await.ok()["Username"].as_str().unwrap().to_owned();
    let reply = begin(&client, USER).await;
    let credential = authenticator.get(&request_options(&reply));
    is_complete(&answer(&client, &reply, &username, &credential).await.ok());
    add(&client, "somebody@example.com");
    assert!(!available(&client, "somebody@example.com").await.as_array().unwrap().contains(&json!("WEB_AUTHN")));
}

#[tokio::test]
async fn passkeys_of_a_pool_whose_host_is_elsewhere() {
    let client = with_pool(|pool| pool.web_authn.relying_party_id = Some("example.com".to_owned()));
    let mut authenticator = Authenticator { origin: "https://auth.example.com".to_owned(), ..Authenticator::new(Key::es256()) };
    register(&client, USER, &mut authenticator).await;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
    "http://localhost:8080".clone_into(&mut authenticator.origin);
    assert_eq!(sign_in(&client, USER, &mut authenticator).await.error(), INCORRECT);
}
