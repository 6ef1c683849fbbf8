//! Passkeys that are broken in all the places where they can be: the pool refuses them and goes on.

use serde_json::{Value, json};

use crate::{
    authenticator::{Authenticator, Key, base64url, bytes_of},
    client::{Client, Reply},
    passkeys::{USER, answer, begin, client, complete, is_complete, list, options, register, request_options, sign_in, token},
};

/// The same bytes, broken in one place each: cut, changed, and with a byte more.
fn broken(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new(), [bytes, &[0]].concat(), vec![0xff; 64], b"null".to_vec(), b"{}".to_vec()];
    for at in 0..bytes.len() {
        all.push(bytes[..at].to_vec());
        for other in [0x00, 0x9f, 0xff, bytes[at] ^ 1] {
            if other != bytes[at] {
                let mut changed = bytes.to_vec();
                changed[at] = other;
                all.push(changed);
            }
        }
    }
    all
}

#[track_caller]
fn is_refused(reply: Reply, what: &str) {
    assert_eq!(reply.status, 400, "{what}: {}", reply.body);
}

/// Whether a byte of it can be another without harm: the identifier of the authenticator's model is nobody's secret, and what is not
/// signed is not missed.
async fn is_harmless(client: &Client, token: &str, reply: &Reply) -> bool {
    let listed = list(client, token).await;
    for passkey in &listed {
        let body = json!({"AccessToken": token, "CredentialId": passkey["CredentialId"]});
        client.call("DeleteWebAuthnCredential", body).await.ok();
    }
    reply.status == 200 && listed.len() == 1
}

#[tokio::test]
async fn a_broken_attestation_registers_nothing_or_a_passkey_that_signs_nobody_in() {
    let client = client();
    let token = token(&client, USER).await;
    let mut authenticator = Authenticator::new(Key::es256());
    let whole = bytes_of(&authenticator.create(&options(&client, &token).await)["response"]["attestationObject"]);
    let (mut refused, mut harmless) = (0, 0);
    for bytes in broken(&whole) {
        let begun = options(&client, &token).await;
        let mut credential = authenticator.create(&begun);
        credential["response"]["attestationObject"] = json!(base64url(&bytes));
        let reply = complete(&client, &token, credential).await;
        if is_harmless(&client, &token, &reply).await {
            harmless += 1;
        } else {
            is_refused(reply, &base64url(&bytes));
            refused += 1;
        }
    }
    // AAGUID, counter and some flags: without attestation nobody vouches for them.
    assert!(harmless < 4 * 32, "{harmless}");
    assert!(refused > harmless, "{refused}");
    register(&client, USER, &mut authenticator).await;
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}

#[tokio::test]
async fn broken_client_data_is_refused_in_a_registration() {
    let client = client();
    let token = token(&client, USER).await;
    let mut authenticator = Authenticator::new(Key::es256());
    let length = bytes_of(&authenticator.create(&options(&client, &token).await)["response"]["clientDataJSON"]).len();
    for at in 0..length {
        let begun = options(&client, &token).await;
        let mut credential = authenticator.create(&begun);
        let bytes = bytes_of(&credential["response"]["clientDataJSON"]);
        credential["response"]["clientDataJSON"] = json!(base64url(&bytes[..at]));
        is_refused(complete(&client, &token, credential).await, &at.to_string());
    }
    assert_eq!(list(&client, &token).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_broken_assertion_signs_nobody_in() {
    let client = client();
    let mut authenticator = Authenticator::new(Key::es256());
    register(&client, USER, &mut authenticator).await;
    for name in ["authenticatorData", "signature"] {
        let reply = begin(&client, USER).await;
        let whole = bytes_of(&authenticator.get(&request_options(&reply))["response"][name]);
        // ECDSA is not deterministic: each signature is broken anew, in the same places.
        for at in 0..broken(&whole[..37.min(whole.len())]).len() {
            let reply = begin(&client, USER).await;
            let mut credential = authenticator.get(&request_options(&reply));
            let bytes = bytes_of(&credential["response"][name]);
            let tail = bytes[37.min(bytes.len())..].to_vec();
            let head = broken(&bytes[..37.min(bytes.len())]).into_iter().nth(at);
            let Some(head) = head.filter(|head| [head, &tail[..]].concat() != bytes) else { continue };
            credential["response"][name] = json!(base64url(&[head, tail].concat()));
            is_refused(answer(&client, &reply, USER, &credential).await, &format!("{name} {at}"));
        }
    }
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}

#[tokio::test]
async fn members_of_other_types_are_refused() {
    let client = client();
    let mut authenticator = Authenticator::new(Key::es256());
    register(&client, USER, &mut authenticator).await;
    let token = token(&client, USER).await;
    let values = [json!(null), json!(true), json!(-1), json!(1e300), json!("%%%"), json!([[]]), json!({"": {}}), json!("🐴")];
    for value in &values {
        for name in ["clientDataJSON", "authenticatorData", "signature"] {
            let reply = begin(&client, USER).await;
            let mut credential = authenticator.get(&request_options(&reply));
            credential["response"][name] = value.clone();
            is_refused(answer(&client, &reply, USER, &credential).await, &format!("{name} {value}"));
        }
        for name in ["clientDataJSON", "attestationObject"] {
            let begun = options(&client, &token).await;
            let mut credential = Authenticator::new(Key::es256()).create(&begun);
            credential["response"][name] = value.clone();
            is_refused(complete(&client, &token, credential).await, &format!("{name} {value}"));
        }
        let begun = options(&client, &token).await;
        let mut credential = Authenticator::new(Key::es256()).create(&begun);
        credential["response"] = value.clone();
        is_refused(complete(&client, &token, credential).await, &format!("response {value}"));
    }
    is_complete(&sign_in(&client, USER, &mut authenticator).await.ok());
}
