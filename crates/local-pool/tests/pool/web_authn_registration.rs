//! Registering passkeys: `StartWebAuthnRegistration`, `CompleteWebAuthnRegistration`, `ListWebAuthnCredentials`,
//! `DeleteWebAuthnCredential`

use std::time::Duration;

use local_pool::{
    FirstFactor,
    seed::{CHOICE_CLIENT, CHOICE_POOL},
};
use serde_json::{Value, json};

use crate::{
    authenticator::{Authenticator, Key, base64url, bytes_of},
    client::{Client, START_MILLIS, claims},
    passkeys::{
        OTHER, USER, add, client, complete, is_complete, list, options, register, sign_in, start, token, with_pool,
        with_user_verification,
    },
};

const NO_CHALLENGE: &str = "WebAuthnChallengeNotFound: No registration was begun with this challenge, or too long ago";
const NOT_SUPPORTED: &str = "WebAuthnCredentialNotSupported: The passkey is not supported";
const WRONG_ORIGIN: &str = "WebAuthnOriginNotAllowed: The passkey was made on a page that is not the relying party's";
const UNREADABLE: &str =
    "InvalidParameter: Credential should be the RegistrationResponseJSON of StartWebAuthnRegistration's options";

/// Whether a registration with such an authenticator succeeds, else its error.
async fn registered(client: &Client, change: impl FnOnce(&mut Authenticator)) -> Result<(), String> {
    let token = token(client, USER).await;
    let options = options(client, &token).await;
    let mut authenticator = Authenticator::new(Key::es256());
    change(&mut authenticator);
    let reply = complete(client, &token, authenticator.create(&options)).await;
    if reply.status == 200 { Ok(()) } else { Err(reply.error()) }
}

#[tokio::test]
async fn the_options_are_those_of_the_samples() {
    let client = client();
    let token = token(&client, USER).await;
    let mut asked = options(&client, &token).await;
    let challenge = asked["challenge"].take();
    assert_eq!(bytes_of(&challenge).len(), 16);
    assert_ne!(options(&client, &token).await["challenge"], challenge);
    let sub = claims(&token)["sub"].as_str().unwrap().to_owned();
    assert_eq!(
        asked,
        json!({
            "challenge": null,
            "rp": {"id": "localhost", "name": "localhost"},
            "user": {"id": base64url(sub.as_bytes()), "name": USER, "displayName": USER},
            "pubKeyCredParams": [
                {"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}, {"type": "public-key", "alg": -8},
            ],
            "timeout": 60000,
            "excludeCredentials": [],
            "authenticatorSelection": {"requireResidentKey": true, "residentKey": "required", "userVerification": "preferred"},
        })
    );
    let strict = with_user_verification();
    let token = self::token(&strict, USER).await;
    assert_eq!(options(&strict, &token).await["authenticatorSelection"]["userVerification"], "required");
}

#[tokio::test]
async fn a_passkey_is_listed_and_excluded_and_deleted() {
    let client = client();
    let token = token(&client, USER).await;
    assert_eq!(client.call("ListWebAuthnCredentials", json!({"AccessToken": token})).await.ok(), json!({"Credentials": []}));
    let mut authenticator = Authenticator::new(Key::es256());
    register(&client, USER, &mut authenticator).await;
    let id = base64url(&authenticator.id);
    #[allow(clippy::cast_precision_loss)]
    let created_at = START_MILLIS as f64 / 1000.0;
    let listed = list(&client, &token).await;
    assert_eq!(listed[0]["CreatedAt"].as_f64(), Some(created_at));
    let expected = json!([{
        "CredentialId": id,
        "FriendlyCredentialName": "Platform passkey",
        "RelyingPartyId": "localhost",
        "AuthenticatorAttachment": "platform",
        "AuthenticatorTransports": ["hybrid", "internal"],
        "CreatedAt": listed[0]["CreatedAt"],
    }]);
    assert_eq!(json!(listed), expected);
    let excluded = options(&client, &token).await["excludeCredentials"].clone();
    assert_eq!(excluded, json!([{"type": "public-key", "id": id, "transports": ["hybrid", "internal"]}]));

    // Somebody else's is not there.
    let others = self::token(&client, OTHER).await;
    let delete =
        async |token: &str| client.call("DeleteWebAuthnCredential", json!({"AccessToken": token, "CredentialId": id})).await;
    assert_eq!(list(&client, &others).await, Vec::<Value>::new());
    assert_eq!(delete(&others).await.error(), "ResourceNotFound: Credential does not exist.");
    assert_eq!(delete(&token).await.ok(), json!({}));
    assert_eq!(delete(&token).await.error(), "ResourceNotFound: Credential does not exist.");
    assert_eq!(list(&client, &token).await, Vec::<Value>::new());
    let reply = client.initiate("USER_AUTH", json!({"USERNAME": USER, "PREFERRED_CHALLENGE": "WEB_AUTHN"})).await.ok();
    assert_eq!(reply["ChallengeName"], "SELECT_CHALLENGE");
    assert!(!reply["AvailableChallenges"].as_array().unwrap().contains(&json!("WEB_AUTHN")), "{reply}");
}

#[tokio::test]
async fn names_tell_what_kind_it_is() {
    let client = client();
    for (attachment, name) in [(Some("cross-platform"), "Roaming passkey"), (None, "Passkey")] {
        let mut authenticator = Authenticator { attachment, ..Authenticator::new(Key::es256()) };
        register(&client, USER, &mut authenticator).await;
        let token = token(&client, USER).await;
        let listed = list(&client, &token).await;
        assert_eq!(listed.last().unwrap()["FriendlyCredentialName"], name);
        assert_eq!(listed.last().unwrap().get("AuthenticatorAttachment"), attachment.map(|name| json!(name)).as_ref());
    }
}

#[tokio::test]
async fn long_lists_come_in_pages() {
    let client = client();
    for _ in 0..3 {
        register(&client, USER, &mut Authenticator::new(Key::ed_dsa())).await;
    }
    let token = token(&client, USER).await;
    let page = async |more: Value| {
        let mut body = more;
        body["AccessToken"] = json!(token);
        client.call("ListWebAuthnCredentials", body).await
    };
    let first = page(json!({"MaxResults": 2})).await.ok();
    assert_eq!(first["Credentials"].as_array().unwrap().len(), 2);
    let second = page(json!({"MaxResults": 2, "NextToken": first["NextToken"]})).await.ok();
    assert_eq!(second["Credentials"].as_array().unwrap().len(), 1);
    assert_eq!(second.get("NextToken"), None);
    assert_ne!(second["Credentials"][0], first["Credentials"][1]);
    assert_eq!(page(json!({"MaxResults": 0})).await.ok()["Credentials"].as_array().unwrap().len(), 3);
    assert_eq!(page(json!({"NextToken": "x"})).await.error(), "InvalidParameter: Invalid NextToken");
    for wrong in [json!(-1), json!(21)] {
        let error = page(json!({"MaxResults": wrong})).await.error();
        assert!(error.contains("'maxResults' failed to satisfy constraint"), "{error}");
    }
}

#[tokio::test]
async fn the_pool_must_take_passkeys_and_know_what_for() {
    let client = with_pool(|pool| pool.first_factors = vec![FirstFactor::Password]);
    let token = token(&client, USER).await;
    let refused = "WebAuthnNotEnabled: Passkeys are not enabled in this user pool";
    assert_eq!(start(&client, &token).await.error(), refused);
    assert_eq!(complete(&client, &token, json!({})).await.error(), refused);

    let client = with_pool(|pool| pool.web_authn.relying_party_id = None);
    let token = self::token(&client, USER).await;
    let error = start(&client, &token).await.error();
    assert_eq!(error, "WebAuthnConfigurationMissing: The user pool has neither a relying party id nor a domain");
}

#[tokio::test]
async fn what_the_pool_takes_is_told() {
    let client = with_user_verification();
    let expected =
        |id: &str| json!({"relyingPartyId": id, "userVerification": "required", "factorConfiguration": "SINGLE_FACTOR"});
    let settings = client.get("/local/settings").await.ok();
    assert_eq!(settings["pools"][CHOICE_POOL]["webAuthnConfiguration"], expected("localhost"));
    let config = client.get("/local/config").await.ok();
    let pool = config["userPools"].as_array().unwrap().iter().find(|pool| pool["userPoolId"] == CHOICE_POOL).unwrap().clone();
    assert_eq!(pool["webAuthnConfiguration"], expected("localhost"));
    assert!(pool["allowedFirstAuthFactors"].as_array().unwrap().contains(&json!("WEB_AUTHN")));
}

#[tokio::test]
async fn a_challenge_is_used_once_and_in_time() {
    let client = client();
    let token = token(&client, USER).await;
    let mut authenticator = Authenticator::new(Key::es256());
    let begun = options(&client, &token).await;
    let credential = authenticator.create(&begun);
    complete(&client, &token, credential.clone()).await.ok();
    assert_eq!(complete(&client, &token, credential).await.error(), NO_CHALLENGE);

    let create = |begun: &Value| Authenticator::new(Key::es256()).create(begun);
    // A later one ends an earlier one, and is ended by a wrong answer.
    let earlier = options(&client, &token).await;
    let later = options(&client, &token).await;
    assert_eq!(complete(&client, &token, create(&earlier)).await.error(), NO_CHALLENGE);
    assert_eq!(complete(&client, &token, create(&later)).await.error(), NO_CHALLENGE);

    let begun = options(&client, &token).await;
    client.pool.advance_clock(Duration::from_secs(5 * 60));
    assert_eq!(complete(&client, &token, create(&begun)).await.error(), NO_CHALLENGE);
    let begun = options(&client, &token).await;
    client.pool.advance_clock(Duration::from_secs(5 * 60 - 1));
    complete(&client, &token, create(&begun)).await.ok();
}

#[tokio::test]
async fn a_challenge_is_its_users() {
    let client = client();
    let (mine, others) = (token(&client, USER).await, token(&client, OTHER).await);
    let (begun, _) = (options(&client, &mine).await, options(&client, &others).await);
    let credential = Authenticator::new(Key::es256()).create(&begun);
    assert_eq!(complete(&client, &others, credential.clone()).await.error(), NO_CHALLENGE);
    complete(&client, &mine, credential).await.ok();
}

#[tokio::test]
async fn the_token_is_of_the_client_that_began() {
    let client = Client::with(|builder| {
        builder.with_seed(|seed| {
            let other = seed.clients.iter().find(|client| client.id == CHOICE_CLIENT).unwrap().clone();
            seed.clients.push(local_pool::AppClient { id: "anotherclient".to_owned(), ..other });
        })
    });
    let (client, other) = (client.with_client(CHOICE_CLIENT), "anotherclient");
    let begun_with = token(&client, USER).await;
    let begun = options(&client, &begun_with).await;
    let client = client.with_client(other);
    let token = token(&client, USER).await;
    let credential = Authenticator::new(Key::es256()).create(&begun);
    assert_eq!(
        complete(&client, &token, credential.clone()).await.error(),
        "WebAuthnClientMismatch: The access token is for another client than that of StartWebAuthnRegistration"
    );
    complete(&client, &begun_with, credential).await.ok();
}

#[tokio::test]
async fn pages_are_those_of_the_relying_party() {
    let client = client();
    for origin in ["http://localhost", "http://localhost:9000", "https://localhost:8443", "http://app.localhost:8080"] {
        assert_eq!(registered(&client, |it| it.origin = origin.to_owned()).await, Ok(()), "{origin}");
    }
    for origin in ["http://127.0.0.1:8080", "https://evil.example", "http://localhost.evil.example", "null", ""] {
        assert_eq!(registered(&client, |it| it.origin = origin.to_owned()).await, Err(WRONG_ORIGIN.to_owned()), "{origin}");
    }
    assert_eq!(registered(&client, |it| it.cross_origin = true).await, Err(WRONG_ORIGIN.to_owned()));

    let client = with_pool(|pool| pool.web_authn.relying_party_id = Some("example.com".to_owned()));
    for origin in ["https://example.com", "https://auth.example.com:444"] {
        assert_eq!(registered(&client, |it| it.origin = origin.to_owned()).await, Ok(()), "{origin}");
    }
    for origin in ["http://example.com", "https://badexample.com", "http://localhost:8080"] {
        assert_eq!(registered(&client, |it| it.origin = origin.to_owned()).await, Err(WRONG_ORIGIN.to_owned()), "{origin}");
    }
}

#[tokio::test]
async fn another_relying_partys_passkey_is_refused() {
    let error = registered(&client(), |it| it.relying_party = Some("example.com".to_owned())).await.unwrap_err();
    assert_eq!(error, "WebAuthnRelyingPartyMismatch: The passkey is for another relying party than the user pool's");
}

#[tokio::test]
async fn a_person_is_there_and_verified_where_that_is_a_must() {
    assert_eq!(registered(&client(), |it| it.verifies_user = false).await, Ok(()));
    assert_eq!(registered(&client(), |it| it.is_present = false).await, Err(NOT_SUPPORTED.to_owned()));
    let strict = with_user_verification();
    assert_eq!(registered(&strict, |it| it.verifies_user = false).await, Err(NOT_SUPPORTED.to_owned()));
    assert_eq!(registered(&strict, |_| {}).await, Ok(()));
}

#[tokio::test]
async fn keys_are_of_the_kinds_that_were_asked_for() {
    let client = client();
    for key in [Key::es256(), Key::rs256(), Key::ed_dsa()] {
        assert_eq!(registered(&client, |it| it.key = key).await, Ok(()));
    }
    assert_eq!(registered(&client, |it| it.key = Key::es384()).await, Err(NOT_SUPPORTED.to_owned()));
}

#[tokio::test]
async fn nobody_has_another_ones_passkey() {
    let client = client();
    let mut authenticator = Authenticator::new(Key::es256());
    register(&client, USER, &mut authenticator).await;
    for user in [USER, OTHER] {
        let token = token(&client, user).await;
        let begun = options(&client, &token).await;
        let same_id = Authenticator { id: authenticator.id.clone(), ..Authenticator::new(Key::es256()) }.create(&begun);
        assert_eq!(complete(&client, &token, same_id).await.error(), NOT_SUPPORTED, "{user}");
    }
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}

#[tokio::test]
async fn twenty_passkeys_are_the_most() {
    let client = client();
    for _ in 0..19 {
        register(&client, USER, &mut Authenticator::new(Key::ed_dsa())).await;
    }
    let token = token(&client, USER).await;
    let mut last = Authenticator::new(Key::ed_dsa());
    let begun = options(&client, &token).await;
    complete(&client, &token, last.create(&begun)).await.ok();
    let full = "LimitExceeded: A user can have at most 20 passkeys";
    assert_eq!(start(&client, &token).await.error(), full);
    let body = json!({"AccessToken": token, "CredentialId": base64url(&last.id)});
    client.call("DeleteWebAuthnCredential", body).await.ok();
    start(&client, &token).await.ok();
    assert_eq!(list(&client, &token).await.len(), 19);
}

#[tokio::test]
async fn what_is_no_passkey_is_told() {
    let client = client();
    let token = token(&client, USER).await;
    for credential in
        [json!("x"), json!([]), json!(7), json!({}), json!({"response": {}}), json!({"response": {"clientDataJSON": 7}})]
    {
        options(&client, &token).await;
        assert_eq!(complete(&client, &token, credential.clone()).await.error(), UNREADABLE, "{credential}");
    }
    // The assertion of a sign-in.
    let begun = options(&client, &token).await;
    let mut request = begun.clone();
    request["rpId"] = json!("localhost");
    let assertion = Authenticator::new(Key::es256()).get(&request);
    assert_eq!(complete(&client, &token, assertion).await.error(), UNREADABLE);

    let error = client.call("CompleteWebAuthnRegistration", json!({"AccessToken": token})).await.error();
    assert!(error.starts_with("InvalidParameter: 1 validation error detected: Value null at 'credential'"), "{error}");
    assert_eq!(start(&client, "x").await.error(), "NotAuthorized: Invalid Access Token");
}

#[tokio::test]
async fn passkeys_go_with_their_user() {
    let client = client();
    add(&client, "leaver@example.com");
    let mut authenticator = Authenticator::new(Key::es256());
    register(&client, "leaver@example.com", &mut authenticator).await;
    let token = token(&client, "leaver@example.com").await;
    client.call("DeleteUser", json!({"AccessToken": token})).await;
    add(&client, "leaver@example.com");
    let token = self::token(&client, "leaver@example.com").await;
    assert_eq!(list(&client, &token).await, Vec::<Value>::new());
    // Nobody has it, so it can be registered again.
    let begun = options(&client, &token).await;
    complete(&client, &token, authenticator.create(&begun)).await.ok();
}
