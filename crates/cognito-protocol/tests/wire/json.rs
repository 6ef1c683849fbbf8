//! JSON, and what is seen of it in `Debug` texts.

use cognito_protocol::idp::{Attribute, AuthReply, CodeDeliveryDetails, GetUserRequest, Json, ServiceError, StringMap, Wire};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{decode, encode};

#[test]
fn numbers_keep_their_kind() {
    assert_eq!(Value::from(&Json::from(json!([3600, -1, 0.5, 1e300]))), json!([3600, -1, 0.5, 1e300]));
    assert_eq!(Value::from(&Json::Number(f64::NAN)), Value::Null);
}

#[test]
fn a_later_entry_of_a_map_wins() {
    let mut map = StringMap::of([("a", "1"), ("b", "2")]);
    map.insert("a", "3");
    assert_eq!(map.iter().collect::<Vec<_>>(), [("b", "2"), ("a", "3")]);
    assert_eq!(map, StringMap::of([("a", "3"), ("b", "2")]));
    assert_ne!(map, StringMap::of([("a", "3")]));
    assert_ne!(map, StringMap::of([("a", "3"), ("c", "2")]));
}

#[test]
fn debug_shows_no_content() {
    let map = StringMap::of([("PASSWORD", "hunter2")]);
    let attribute = Attribute { name: "email".to_owned(), value: None };
    let details = CodeDeliveryDetails { destination: None, delivery_medium: None, attribute_name: None };
    let body = Json::from(json!({ "AccessToken": "hunter2", "AuthenticationResult": { "AccessToken": "hunter2" } }));
    let reply: AuthReply = Wire::decode(body.clone()).expect("a reply");
    let request = GetUserRequest { access_token: "hunter2".into() };
    let text = format!("{map:?} {attribute:?} {details:?} {body:?} {reply:?} {request:?}");
    assert!(text.contains("PASSWORD") && !text.contains("hunter2"), "{text}");
}

/// Any JSON, with the API's names among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::from("CUSTOM_CHALLENGE")),
    ];
    let name = prop_oneof![
        Just("ChallengeName".to_owned()),
        Just("ChallengeParameters".to_owned()),
        Just("AuthenticationResult".to_owned()),
        Just("AvailableChallenges".to_owned()),
        Just("Session".to_owned()),
        Just("__type".to_owned()),
        Just("message".to_owned()),
        any::<String>(),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_body_panics_and_what_is_read_is_written_again(body in any_json(), header in proptest::option::of(any::<String>())) {
        let error = ServiceError::of_reply(400, header.as_deref(), Some(Json::from(body.clone())));
        prop_assert!(!error.code.as_str().contains([':', ',', '#']));
        if let Ok(reply) = decode::<AuthReply>(body) {
            let written = encode(&reply);
            let again: AuthReply = decode(written.clone()).expect("a reply");
            prop_assert_eq!(encode(&again), written);
        }
    }
}
