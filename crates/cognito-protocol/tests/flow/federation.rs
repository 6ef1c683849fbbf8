//! Sign-in with another provider: what leaves the page, what of what comes back is taken, and how such a session ends.

use cognito_protocol::{
    Secret,
    flow::{
        AccountView, Action, CallError, Details, Federation, Outcome, Page, Person, Purpose, Returned, Settings, SignInFlow,
        Tokens,
    },
    idp::{Json, ServiceError},
};
use serde_json::{Value, json};

use super::{
    machine::{HOUR, Machine, NOBODY, NONCE, NOW, found, settings, stored},
    service::{CLIENT_ID, NAME, TOKEN_MARK, USER_ID, access_token, refresh_token, user},
};

const DOMAIN: &str = "https://shop.auth.eu-central-1.amazoncognito.com";
const STATE: &str = "pqampqampqampqampqampqampqampqampqampqampqY";
const VERIFIER: &str = "p6enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6c";
/// BASE64URL(SHA256(verifier)), by another program.
const CHALLENGE: &str = "bH-rnCdQY30dVn1A9dcW5K_CHJMnavkSPkEblWH4Beo";
const TO_FORM: &str = "tell screen sign-in";

pub fn federation() -> Federation {
    Federation {
        domain: DOMAIN.to_owned(),
        providers: ["Google", "MyCompany"].map(str::to_owned).to_vec(),
        redirect_uri: "https://shop.example/login?a=1".to_owned(),
        scopes: "openid email profile".to_owned(),
    }
}

fn with_federation(purpose: Purpose) -> Settings {
    Settings { federation: Some(federation()), ..settings(SignInFlow::Srp, purpose) }
}

pub fn token_reply(number: u32) -> Value {
    json!({
        "access_token": access_token(number),
        "id_token": format!("{TOKEN_MARK}.id.{number}"),
        "refresh_token": refresh_token(number),
        "expires_in": 3600,
        "token_type": "Bearer",
    })
}

fn at_form() -> Machine {
    let mut machine = Machine::new(with_federation(Purpose::SignIn));
    machine.on(Page::Started { stored: None }).does([TO_FORM]);
    machine
}

/// On the way to MyCompany.
fn left() -> Machine {
    let mut machine = at_form();
    machine.on(Person::Pressed(Action::ContinueWith(1))).does(["derive redirect secrets"]);
    machine.derived().does(["timer 15000", "leave"]);
    machine
}

fn returned(machine: &Machine) -> Returned {
    let record = machine.record.clone().expect("a record").into();
    Returned { record, state: STATE.into(), code: Some("a-code".into()), error: None, description: None }
}

/// The page is loaded anew, with this in its address.
fn loaded(returned: Returned, stored: Option<Tokens>) -> Machine {
    let mut machine = Machine::new(with_federation(Purpose::SignIn));
    machine.on(Page::ReturnFound(returned)).does([]);
    machine.on(Page::Started { stored });
    machine
}

/// Back with a code, which is exchanged.
fn back() -> Machine {
    let mut machine = loaded(returned(&left()), None);
    machine.does(["forget return", &format!("exchange at {DOMAIN}/oauth2/token")]);
    machine
}

impl Machine {
    fn exchanged(&mut self, reply: Value) -> &mut Self {
        self.on(Outcome::Replied { id: self.exchange, reply: Ok(reply.into()), service_millis: None })
    }

    fn exchange_refused(&mut self, error: &str) -> &mut Self {
        let error = ServiceError::of_reply(400, None, Some(json!({ "error": error }).into()));
        self.on(Outcome::Replied { id: self.exchange, reply: Err(CallError::Service(error)), service_millis: None })
    }
}

fn parameters(query: &str) -> Vec<(&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('=')).collect()
}

#[test]
fn a_press_leaves_with_pkce_state_and_nonce_and_keeps_what_belongs_to_them() {
    let machine = left();
    assert_eq!(machine.screen(), "sign-in () busy");
    let (url, query) = machine.url.split_once('?').expect("a query");
    assert_eq!(url, format!("{DOMAIN}/oauth2/authorize"));
    assert_eq!(
        parameters(query),
        [
            ("response_type", "code"),
            ("client_id", CLIENT_ID),
            ("redirect_uri", "https%3A%2F%2Fshop.example%2Flogin%3Fa%3D1"),
            ("scope", "openid%20email%20profile"),
            ("identity_provider", "MyCompany"),
            ("state", STATE),
            ("nonce", NONCE),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]
    );
    assert!(!machine.url.contains(VERIFIER));
    let record = machine.record.clone().expect("a record");
    assert_eq!((&record["State"], &record["Verifier"], &record["Nonce"]), (&json!(STATE), &json!(VERIFIER), &json!(NONCE)));
}

#[test]
fn what_was_typed_as_name_is_a_hint() {
    let mut machine = at_form();
    machine.on(Person::Named("me+you@example.com".to_owned())).does([]);
    machine.on(Person::Pressed(Action::ContinueWith(0))).does(["derive redirect secrets"]);
    machine.derived().does_whatever();
    assert!(machine.url.ends_with("&login_hint=me%2Byou%40example.com"), "{}", machine.url);
}

#[test]
fn without_randomness_nobody_leaves() {
    let mut machine = at_form();
    machine.on(Person::Pressed(Action::ContinueWith(0))).does(["derive redirect secrets"]);
    machine.job_failed().does(["tell error unexpected on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! unexpected");
}

#[test]
fn a_provider_that_is_not_there_is_no_way() {
    let mut machine = at_form();
    machine.on(Person::Pressed(Action::ContinueWith(2))).does([]);
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.on(Person::Pressed(Action::ContinueWith(0))).does([]);
}

#[test]
fn whoever_comes_back_by_the_button_finds_the_form() {
    let mut machine = left();
    machine.on(Page::StoreChanged { stored: None, was_removed: false }).does([]);
    assert_eq!(machine.screen(), "sign-in () busy");
    machine.on(Page::Cached).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
    let mut machine = left();
    let timer = machine.timer;
    machine.timer_fired(timer).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn a_browser_that_keeps_nothing_does_not_leave() {
    let mut machine = left();
    let id = machine.timer;
    machine.on(Outcome::CouldNotLeave { id }).does(["tell error provider_failed on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! provider_failed");
}

#[test]
fn a_code_becomes_a_session() {
    let mut machine = back();
    assert_eq!(machine.screen(), "loading busy");
    assert_eq!(
        parameters(&machine.url),
        [
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT_ID),
            ("redirect_uri", "https%3A%2F%2Fshop.example%2Flogin%3Fa%3D1"),
            ("code_verifier", VERIFIER),
            ("code", "a-code"),
        ]
    );
    machine.exchanged(token_reply(1));
    machine.does([
        &format!("store {} {}", access_token(1), refresh_token(1)),
        &format!("tell signed-in {USER_ID}"),
        "tell screen signed-in",
    ]);
}

#[test]
fn a_return_that_is_not_this_tabs_is_left_alone() {
    let ours = || returned(&left());
    let with = |name: &str, value: &str| {
        let mut record = left().record.clone().expect("a record");
        record[name] = value.into();
        Returned { record: record.into(), ..ours() }
    };
    for foreign in [
        Returned { state: "another".into(), ..ours() },
        Returned { state: Secret::default(), ..ours() },
        Returned { record: Json::Null, ..ours() },
        Returned { record: Json::Null, state: Secret::default(), ..ours() },
        Returned { state: "another".into(), code: None, error: Some("access_denied".to_owned()), ..ours() },
        with("ClientId", "another"),
        with("Domain", "https://another.example"),
        with("Verifier", ""),
        with("Nonce", ""),
    ] {
        let mut machine = loaded(foreign, None);
        machine.does([TO_FORM]);
    }
    // Nor is one on a page that has no domain.
    let mut machine = Machine::at_start();
    machine.on(Page::ReturnFound(ours())).does([]);
    machine.on(Page::Started { stored: None }).does([TO_FORM]);
}

#[test]
fn who_stayed_too_long_begins_again() {
    let mut machine = Machine::new(with_federation(Purpose::SignIn));
    machine.now = NOW + HOUR;
    machine.on(Page::ReturnFound(returned(&left()))).does([]);
    machine.on(Page::Started { stored: None });
    machine.does(["forget return", TO_FORM, "tell error session_over on sign-in"]);
}

#[test]
fn what_went_wrong_there_is_told() {
    for (error, description, code) in [
        ("access_denied", "", "provider_cancelled"),
        ("invalid_request", "user_cancelled_authorize", "provider_cancelled"),
        ("invalid_request", "Permissions error; error=access_denied; error_reason=user_denied", "provider_cancelled"),
        ("server_error", "Exception processing authorization code", "provider_failed"),
        ("temporarily_unavailable", "", "provider_failed"),
        ("invalid_scope", "no such scope", "oauth_refused"),
        ("unauthorized_client", "", "oauth_refused"),
        ("invalid_request", "PreSignUp failed with error Not with this address.", "service"),
    ] {
        let refused = Returned {
            code: None,
            error: Some(error.to_owned()),
            description: Some(description.to_owned()),
            ..returned(&left())
        };
        let mut machine = loaded(refused, None);
        machine.does(["forget return", TO_FORM, &format!("tell error {code} on sign-in")]);
        assert_eq!(machine.notice().service_code.as_deref(), Some(error));
    }
}

#[test]
fn an_exchange_that_fails_leads_to_the_form() {
    for (error, code) in [("invalid_grant", "provider_failed"), ("invalid_client", "oauth_refused")] {
        let mut machine = back();
        machine.exchange_refused(error).does([TO_FORM, &format!("tell error {code} on sign-in")]);
        assert_eq!(machine.notice().service_code.as_deref(), Some(error));
    }
    let mut machine = back();
    let id = machine.exchange;
    machine.on(Outcome::Replied { id, reply: Err(CallError::Network), service_millis: None });
    machine.does([TO_FORM, "tell error network on sign-in"]);
}

#[test]
fn an_exchange_that_the_pages_policy_blocks_is_a_fault_to_the_author_with_the_domain() {
    let mut machine = back();
    let id = machine.exchange;
    machine.on(Outcome::Replied { id, reply: Err(CallError::Blocked(DOMAIN.to_owned())), service_millis: None });
    machine.does([TO_FORM, "tell error csp_blocked on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! network");
    assert_eq!((machine.notice().text(), machine.notice().is_retryable()), (Some(DOMAIN), false));
}

#[test]
fn tokens_of_another_way_are_refused_and_revoked() {
    let mut other_nonce = token_reply(1);
    other_nonce["id_token"] = format!("{TOKEN_MARK}.other.1").into();
    let mut no_id_token = token_reply(1);
    no_id_token["id_token"] = Value::Null;
    for reply in [other_nonce, no_id_token] {
        let mut machine = back();
        machine.exchanged(reply).does([TO_FORM, "tell error bad_reply on sign-in", "call RevokeToken"]);
    }
    let mut machine = back();
    machine.exchanged(json!({})).does([TO_FORM, "tell error bad_reply on sign-in"]);
}

#[test]
fn a_session_goes_on_where_nothing_comes_of_a_return() {
    let mut machine = loaded(returned(&left()), Some(stored(2, NOW + HOUR)));
    machine.does(["forget return", &format!("exchange at {DOMAIN}/oauth2/token")]);
    machine.exchange_refused("invalid_grant");
    machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in", "tell error provider_failed on signed-in"]);
}

#[test]
fn a_sign_out_goes_by_the_domain_when_all_else_is_done() {
    let mut machine = back();
    machine.exchanged(token_reply(1)).does_whatever();
    machine.on(Page::SignOutRequested { request: 7, global: false });
    machine.does([
        "forget",
        "tell signed-out requested",
        TO_FORM,
        "call RevokeToken",
        "answer 7: done",
        &format!("go to {DOMAIN}/logout?client_id={CLIENT_ID}&logout_uri=https%3A%2F%2Fshop.example%2Flogin%3Fa%3D1"),
    ]);
}

#[test]
fn a_sign_out_everywhere_waits_for_the_service_first() {
    let federated = Tokens { is_federated: true, ..stored(1, NOW + HOUR) };
    let mut machine = Machine::new(with_federation(Purpose::SignIn));
    machine.on(Page::Started { stored: Some(federated) }).does_whatever();
    machine.on(Page::SignOutRequested { request: NOBODY, global: true });
    machine.does(["forget", "tell signed-out requested", TO_FORM, "call GlobalSignOut"]);
    machine.replied(json!({}));
    machine.does([&format!("go to {DOMAIN}/logout?client_id={CLIENT_ID}&logout_uri=https%3A%2F%2Fshop.example%2Flogin%3Fa%3D1")]);
}

#[test]
fn a_session_by_the_password_ends_without_the_domain() {
    let mut machine = Machine::new(with_federation(Purpose::SignIn));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) }).does_whatever();
    machine.on(Person::Pressed(Action::SignOut));
    machine.does(["forget", "tell signed-out requested", TO_FORM, "call RevokeToken"]);
}

#[test]
fn a_session_that_expires_leaves_no_name_that_nobody_typed() {
    let federated = Tokens { is_federated: true, ..stored(1, NOW) };
    let mut machine = Machine::new(with_federation(Purpose::SignIn));
    machine.on(Page::Started { stored: Some(federated) }).does(["lock"]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.is_refused_for_good(super::service::REFRESH_REVOKED);
    machine.does_whatever();
    assert_eq!(machine.screen(), "sign-in () ! session_ended");
}

#[test]
fn before_a_change_the_provider_asks_once_more() {
    let federated = Tokens { is_federated: true, ..found(NOW + HOUR) };
    let mut machine = Machine::new(with_federation(Purpose::Account));
    machine.on(Page::Started { stored: Some(federated) }).does_whatever();
    machine.replied(user(&[])).does([]);
    machine.on(Person::Pressed(Action::DeleteAccount)).does_whatever();
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! sign_in_to_change"));
    machine.on(Person::Pressed(Action::ContinueWith(0))).does(["derive redirect secrets"]);
    machine.derived().does_whatever();
    assert!(machine.url.ends_with("&prompt=login"), "{}", machine.url);
}

fn federated_user() -> Value {
    let mut reply = user(&[]);
    reply["Username"] = "mycompany_17".into();
    let identities =
        json!([{ "userId": "17", "providerName": "MyCompany", "providerType": "OIDC", "primary": true }]).to_string();
    reply["UserAttributes"].as_array_mut().expect("attributes").push(json!({ "Name": "identities", "Value": identities }));
    reply
}

fn provider_of(reply: Value) -> (Machine, Option<String>) {
    let mut machine = Machine::new(with_federation(Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) }).does_whatever();
    machine.replied(reply).does([]);
    let Details::Account(AccountView::Ready(settings)) = &machine.view().details else { panic!("no settings") };
    let provider = settings.provider.clone();
    (machine, provider)
}

#[test]
fn the_account_of_a_federated_user_has_no_password_and_no_second_steps() {
    let (mut machine, provider) = provider_of(federated_user());
    assert_eq!(provider.as_deref(), Some("MyCompany"));
    for action in [Action::ChangePassword, Action::SetUpAuthenticator] {
        machine.on(Person::Pressed(action)).does([]);
        assert_eq!(machine.screen(), "account (without app)");
    }
    // Of an account to which an identity is linked it is another name.
    let mut linked = federated_user();
    linked["Username"] = USER_ID.into();
    assert_eq!(provider_of(linked).1, None);
}

#[test]
fn tokens_without_the_scope_are_told_as_such() {
    let mut machine = Machine::new(with_federation(Purpose::Account));
    machine.on(Page::Started { stored: Some(stored(1, NOW + HOUR)) }).does_whatever();
    machine.refused(("NotAuthorizedException", "Access Token does not have required scopes"));
    machine.does(["tell error scope_missing on account"]);
}
