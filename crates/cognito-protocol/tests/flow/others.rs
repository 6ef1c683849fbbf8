//! Tokens of others: of another pool or client, of two users, of whoever was signed in before.

use base64ct::{Base64UrlUnpadded, Encoding};
use cognito_protocol::flow::{Outcome, Page, Purpose, Settings, SignInFlow, Tokens, read_claims};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOW, settings, stored},
    service::{CLIENT_ID, ISSUER, NAME, POOL_ID, USER_ID, access_token, refresh_token, tokens},
};

fn jwt(claims: &Value) -> String {
    format!("e30.{}.c2ln", Base64UrlUnpadded::encode_string(claims.to_string().as_bytes()))
}

fn access_claims() -> Value {
    json!({ "iss": format!("{ISSUER}/{POOL_ID}"), "token_use": "access", "client_id": CLIENT_ID, "sub": USER_ID })
}

fn id_claims() -> Value {
    json!({ "iss": format!("{ISSUER}/{POOL_ID}"), "token_use": "id", "aud": CLIENT_ID, "sub": USER_ID })
}

/// Tokens with these claims; the ID token's are `null` where there is none.
fn of(access: &Value, id: &Value) -> Tokens {
    let id_token = if id.is_null() { String::new() } else { jwt(id) };
    Tokens { access_token: jwt(access).into(), id_token: id_token.into(), ..stored(1, NOW + HOUR) }
}

/// `claims` with another value at `name`.
fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

/// Tokens that are not this pool's, client's and one user's, each for one reason.
fn foreign() -> Vec<(&'static str, Tokens)> {
    let access = |name: &str, value: Value| of(&with(access_claims(), name, value), &id_claims());
    let id = |name: &str, value: Value| of(&access_claims(), &with(id_claims(), name, value));
    let other_pool = json!(format!("{ISSUER}/eu-central-1_Other"));
    vec![
        ("another pool's access token", access("iss", other_pool.clone())),
        ("another pool's ID token", id("iss", other_pool)),
        ("a pool of that name elsewhere", access("iss", json!(format!("https://evil.example/{POOL_ID}")))),
        ("a host that only ends in ours", access("iss", json!(format!("https://evil.example/{ISSUER}/{POOL_ID}")))),
        ("the issuer without a slash", access("iss", json!(format!("{ISSUER}{POOL_ID}")))),
        ("no issuer", access("iss", Value::Null)),
        ("an issuer of the wrong type", access("iss", json!([format!("{ISSUER}/{POOL_ID}")]))),
        ("another client's access token", access("client_id", json!("another"))),
        ("another client's ID token", id("aud", json!("another"))),
        ("several clients' ID token", id("aud", json!([CLIENT_ID, "another"]))),
        ("an access token that is none", access("token_use", json!("id"))),
        ("an ID token that is none", id("token_use", json!("access"))),
        ("two users' tokens", id("sub", json!("somebody-else"))),
        ("a user that is a number", access("sub", json!(7))),
        ("a user without a name", of(&with(access_claims(), "sub", json!("")), &with(id_claims(), "sub", json!("")))),
        ("no claims", of(&json!({}), &id_claims())),
        ("claims that are an array", of(&json!([]), &id_claims())),
        ("claims that are text", of(&json!("iss"), &id_claims())),
        ("claims of a prototype", of(&json!({ "__proto__": access_claims() }), &id_claims())),
        ("no JWT", Tokens { access_token: "x".into(), ..of(&access_claims(), &id_claims()) }),
        ("an ID token that is no JWT", Tokens { id_token: "..".into(), ..of(&access_claims(), &id_claims()) }),
        ("broken base64", Tokens { access_token: "e30.!!!.c2ln".into(), ..of(&access_claims(), &id_claims()) }),
        ("a huge text", Tokens { access_token: "e30.".repeat(1 << 18).into(), ..of(&access_claims(), &id_claims()) }),
    ]
}

fn new_machine() -> Machine {
    Machine::new(settings(SignInFlow::Srp, Purpose::SignIn))
}

#[test]
fn the_pools_own_tokens_are_a_session() {
    for id in [id_claims(), Value::Null] {
        let mut machine = new_machine();
        machine.on(Page::Started { stored: Some(of(&access_claims(), &id)) });
        machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
        assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
    }
}

/// Whether tokens of this issuer are a session.
fn is_taken(issuer: &str, is_endpoint_replaced: bool) -> bool {
    let iss = json!(issuer);
    let session = of(&with(access_claims(), "iss", iss.clone()), &with(id_claims(), "iss", iss));
    let mut machine = Machine::new(Settings { is_endpoint_replaced, ..settings(SignInFlow::Srp, Purpose::SignIn) });
    machine.on(Page::Started { stored: Some(session) });
    let is_taken = machine.screen().starts_with("signed-in");
    if is_taken {
        machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    } else {
        machine.does(["forget", "tell screen sign-in"]);
    }
    is_taken
}

#[test]
fn the_issuers_of_the_service_are_the_pools_own() {
    for (host, is_ours) in [
        ("cognito-idp.eu-central-1.amazonaws.com", true),
        ("issuer-cognito-idp.eu-central-1.amazonaws.com", true),
        ("cognito-idp.eu-central-1.amazonaws.eu", true),
        ("cognito-idp.eu-central-1.amazonaws.com.cn", true),
        ("cognito-idp.eu-west-1.amazonaws.com", false),
        ("cognito-idp.eu-central-11.amazonaws.com", false),
        ("issuer-issuer-cognito-idp.eu-central-1.amazonaws.com", false),
        ("cognito-idp.eu-central-1.amazonaws.com.evil.example", false),
        ("cognito-idp.eu-central-1.amazonaws.com/path", false),
        ("evil.example", false),
        ("", false),
    ] {
        assert_eq!(is_taken(&format!("https://{host}/{POOL_ID}"), false), is_ours, "{host}");
        assert!(!is_taken(&format!("http://{host}/{POOL_ID}"), false), "http://{host}");
    }
}

#[test]
fn behind_another_endpoint_the_pool_id_counts() {
    for (issuer, is_ours) in [
        (format!("http://127.0.0.1:9229/{POOL_ID}"), true),
        (format!("https://issuer.example/{POOL_ID}"), true),
        ("http://127.0.0.1:9229/local_Other".to_owned(), false),
        (format!("http://127.0.0.1:9229/x{POOL_ID}"), false),
        (POOL_ID.to_owned(), false),
    ] {
        assert_eq!(is_taken(&issuer, true), is_ours, "{issuer}");
    }
}

#[test]
fn stored_tokens_of_others_are_forgotten_and_sent_nowhere() {
    for (what, session) in foreign() {
        println!("{what}");
        let mut machine = new_machine();
        machine.on(Page::Started { stored: Some(session.clone()) }).does(["forget", "tell screen sign-in"]);
        machine.on(Page::StoreChanged { stored: Some(session), was_removed: false }).does(["forget"]);
        assert_eq!(machine.screen(), "sign-in ()");
    }
}

#[test]
fn tokens_of_others_in_the_store_end_the_session_here() {
    let (_, session) = foreign().swap_remove(0);
    let mut machine = Machine::signed_in();
    machine.on(Page::StoreChanged { stored: Some(session), was_removed: false });
    machine.does(["forget", "tell signed-out elsewhere", "tell screen sign-in"]);
}

#[test]
fn a_sign_in_that_brings_tokens_of_others_ends_in_a_notice() {
    for (what, session) in foreign() {
        println!("{what}");
        let mut machine = Machine::at_sign_in(SignInFlow::Srp);
        let mut reply = tokens(1);
        reply["AuthenticationResult"]["AccessToken"] = session.access_token.expose().into();
        reply["AuthenticationResult"]["IdToken"] = session.id_token.expose().into();
        machine.passes_password(reply).first_does(["tell error bad_reply on sign-in"]);
        // Whoever handed it out may as well take it back.
        assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(1));
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! bad_reply"));
    }
}

#[test]
fn a_refresh_that_brings_tokens_of_others_keeps_the_session_as_it_was() {
    for (what, session) in foreign() {
        println!("{what}");
        let mut machine = Machine::signed_in_long_ago();
        machine.begins_refresh(1);
        let tokens = json!({ "AccessToken": session.access_token.expose(), "IdToken": session.id_token.expose() });
        machine.replied(json!({ "AuthenticationResult": tokens })).does(["unlock", "answer 1: bad_reply"]);
        machine.begins_refresh(2);
        assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
    }
}

#[test]
fn sessions_that_the_store_held_beside_its_own_are_revoked() {
    let mut machine = Machine::signed_in();
    machine.on(Outcome::LeftOver { sessions: vec![stored(2, 0), Tokens { refresh_token: None, ..stored(3, 0) }, stored(4, 0)] });
    assert_eq!(machine.sends("RevokeToken"), json!({ "Token": refresh_token(2), "ClientId": CLIENT_ID }));
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(4));
    machine.replied(json!({})).does([]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
}

#[test]
fn of_left_over_sessions_those_of_others_are_sent_nowhere() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.on(Outcome::LeftOver { sessions: foreign().into_iter().map(|(_, session)| session).collect() }).does([]);
}

#[test]
fn a_store_full_of_forged_sessions_does_not_make_a_flood() {
    let mut machine = Machine::signed_in();
    machine.on(Outcome::LeftOver { sessions: vec![stored(2, 0); 1000] }).does(["call RevokeToken"; 10]);
}

#[test]
fn a_refresh_whose_session_was_replaced_meanwhile_is_revoked_and_the_other_session_adopted() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.replied(tokens(2));
    let renewed = format!("renew {} {} by {}", access_token(2), refresh_token(2), refresh_token(1));
    machine.does([&renewed, "unlock", "tell tokens-refreshed", &format!("answer 1: {}", access_token(2))]);
    // What the store says when it holds another session than the one that was refreshed.
    machine.on(Outcome::LeftOver { sessions: vec![stored(2, NOW + 3 * HOUR)] });
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(2));
    let other = Tokens { username: "other-id".to_owned(), ..stored(5, NOW + 9 * HOUR) };
    machine.on(Page::StoreChanged { stored: Some(other), was_removed: false });
    machine.does(["tell signed-out elsewhere", "tell signed-in other-id"]);
}

#[test]
fn claims_are_read_of_jwts_alone() {
    let mut claims = read_claims(&jwt(&access_claims())).expect("claims");
    assert_eq!(claims.take("sub").expect("sub").as_text(), Some(USER_ID));
    assert!(claims.take("aud").is_none());
    assert!(read_claims("no JWT").is_none() && read_claims("").is_none());
}
