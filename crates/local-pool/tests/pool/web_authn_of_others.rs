//! Passkeys of a browser and an authenticator that others made: 1Password's `passkey-client`

use local_pool::seed::RELYING_PARTY_ID;
use passkey_authenticator::{Authenticator, MemoryStore, UiHint, UserCheck, UserValidationMethod};
use passkey_client::{Client, DefaultClientData};
use passkey_crypto::{AvailableBackend, iana::Algorithm};
use passkey_types::{
    Passkey,
    ctap2::{Aaguid, Ctap2Error},
    webauthn::{CredentialCreationOptions, CredentialRequestOptions},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use url::Url;

use crate::{
    authenticator::base64url,
    client::INCORRECT,
    passkeys::{
        USER, answer, begin, client, complete, is_complete, list, options, request_options, token, with_user_verification,
    },
};

/// Somebody who touches the authenticator, and shows who they are or does not.
struct Person {
    is_verified: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Person {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(&self, _: UiHint<'a, Passkey>, presence: bool, _: bool) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence, verification: self.is_verified })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(self.is_verified)
    }
}

fn authenticator(algorithm: Algorithm) -> Authenticator<MemoryStore, Person, AvailableBackend> {
    let person = Person { is_verified: true };
    let mut authenticator = Authenticator::new(Aaguid::new_empty(), MemoryStore::new(), person, AvailableBackend);
    authenticator.set_algorithms(&[algorithm]).unwrap();
    authenticator.set_make_credentials_with_signature_counter(true);
    authenticator
}

fn page() -> Url {
    Url::parse(&format!("http://{RELYING_PARTY_ID}:8080")).unwrap()
}

/// The options as `navigator.credentials` takes them.
fn public_key<T: DeserializeOwned>(options: &Value) -> T {
    serde_json::from_value(json!({"publicKey": options})).unwrap()
}

/// What came of it, with its bytes as `toJSON()` writes them.
fn json_of(credential: &impl Serialize) -> Value {
    fn encode(value: &mut Value) {
        match value {
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_number) => {
                let bytes: Vec<u8> = items.iter().map(|item| u8::try_from(item.as_u64().unwrap()).unwrap()).collect();
                *value = json!(base64url(&bytes));
            }
            Value::Array(items) => items.iter_mut().for_each(encode),
            Value::Object(members) => members.values_mut().for_each(encode),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut json = json!(credential);
    encode(&mut json);
    json
}

#[tokio::test]
async fn a_passkey_of_another_maker_is_registered_and_signs_in() {
    for (algorithm, client) in [(Algorithm::ES256, client()), (Algorithm::EdDSA, with_user_verification())] {
        let mut browser = Client::new(authenticator(algorithm)).allows_insecure_localhost(true);
        let token = token(&client, USER).await;
        let asked: CredentialCreationOptions = public_key(&options(&client, &token).await);
        let made = browser.register(&page(), asked, DefaultClientData).await.unwrap();
        complete(&client, &token, json_of(&made)).await.ok();
        assert_eq!(list(&client, &token).await.len(), 1);
        for _ in 0..2 {
            let reply = begin(&client, USER).await;
            let asked: CredentialRequestOptions = public_key(&request_options(&reply));
            let credential = json_of(&browser.authenticate(&page(), asked, DefaultClientData).await.unwrap());
            is_complete(&answer(&client, &reply, USER, &credential).await.ok());
            let again = begin(&client, USER).await;
            assert_eq!(answer(&client, &again, USER, &credential).await.error(), INCORRECT);
        }
    }
}
