//! What the attributes of an element become.

use cognito_protocol::flow::read_claims;

use super::*;

fn parse(attributes: &[(&str, &str)]) -> Result<LoginConfig, ConfigError> {
    LoginConfig::from_attributes(|name| {
        attributes.iter().find(|(attribute, _)| *attribute == name).map(|(_, value)| (*value).to_owned())
    })
}

const POOL: (&str, &str) = ("user-pool-id", "eu-central-1_AbC123");
const CLIENT: (&str, &str) = ("client-id", "1example23456789");

#[test]
fn the_defaults_are_those_of_the_contract() {
    let config = parse(&[POOL, CLIENT]).unwrap();
    assert_eq!(config.endpoint_url(), "https://cognito-idp.eu-central-1.amazonaws.com/");
    assert_eq!(config.auth_flow, SignInFlow::Srp);
    assert_eq!(config.username_kind, UsernameKind::Email);
    assert_eq!(config.storage, StorageKind::Session);
    assert_eq!(config.session_minutes, 3);
    assert_eq!(config.theme, Theme::Auto);
    let settings = config.settings(Purpose::SignIn, "shop.example", read_claims);
    assert_eq!(settings.pool_name, "AbC123");
    assert_eq!(settings.user_pool_id, POOL.1);
    assert_eq!(settings.totp_issuer, "shop.example");
}

#[test]
fn the_triggers_are_told_the_language_unless_the_page_tells_them_another() {
    let lang = |config: &LoginConfig| {
        let metadata = config.settings(Purpose::SignIn, "shop.example", read_claims).client_metadata;
        metadata.get("lang").map(str::to_owned)
    };
    let mut config = parse(&[POOL, CLIENT]).unwrap();
    config.texts = Texts::compiled("ja-JP").unwrap();
    assert_eq!(lang(&config).as_deref(), Some("ja"));
    config.client_metadata.insert("lang", "pt-BR");
    assert_eq!(lang(&config).as_deref(), Some("pt-BR"));
}

#[test]
fn another_pool_client_store_name_flow_or_endpoint_begins_anew_and_nothing_else_does() {
    let before = parse(&[POOL, CLIENT]).unwrap();
    let goes_on = |change: (&str, &str)| parse(&[change, POOL, CLIENT]).unwrap().goes_on_from(&before);
    for change in [
        ("user-pool-id", "eu-central-1_Other"),
        ("client-id", "2other"),
        ("storage", "local"),
        ("username", "me@example.com"),
        ("auth-flow", "CUSTOM_AUTH"),
        ("preferred-challenge", "EMAIL_OTP"),
        ("endpoint", "https://proxy.example/"),
    ] {
        assert!(!goes_on(change), "{change:?}");
    }
    for change in [("theme", "dark"), ("session-minutes", "5"), ("username-kind", "phone")] {
        assert!(goes_on(change), "{change:?}");
    }
}

#[test]
fn devices_are_asked_for_unless_the_page_decides_or_keeps_nothing() {
    let remember = |given: &[_]| parse(given).unwrap().settings(Purpose::SignIn, "shop.example", read_claims).remember_device;
    assert_eq!(remember(&[POOL, CLIENT]), RememberDevice::Ask);
    assert_eq!(remember(&[POOL, CLIENT, ("remember-device", "always")]), RememberDevice::Always);
    assert_eq!(remember(&[POOL, CLIENT, ("remember-device", "never")]), RememberDevice::Never);
    assert_eq!(remember(&[POOL, CLIENT, ("storage", "memory")]), RememberDevice::Never);
    assert_eq!(remember(&[POOL, CLIENT, ("remember-device", "ask"), ("storage", "memory")]), RememberDevice::Ask);
}

#[test]
fn each_bad_value_is_named() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[CLIENT], "user-pool-id"),
        (&[POOL], "client-id"),
        (&[("user-pool-id", "no underscore"), CLIENT], "user-pool-id"),
        (&[("user-pool-id", "eu_"), CLIENT], "user-pool-id"),
        (&[POOL, ("client-id", "a b")], "client-id"),
        (&[POOL, CLIENT, ("auth-flow", "MAGIC")], "auth-flow"),
        (&[POOL, CLIENT, ("preferred-challenge", "PASSWORD")], "preferred-challenge"),
        (&[POOL, CLIENT, ("session-minutes", "20")], "session-minutes"),
        (&[POOL, CLIENT, ("storage", "cookie")], "storage"),
        (&[POOL, CLIENT, ("theme", "blue")], "theme"),
        (&[POOL, CLIENT, ("remember-device", "yes")], "remember-device"),
        (&[POOL, CLIENT, ("screen", "totp-code")], "screen"),
        (&[POOL, CLIENT, ("sign-up", "maybe")], "sign-up"),
        (&[POOL, CLIENT, ("sign-up-attributes", "name shoe_size")], "sign-up-attributes"),
        (&[POOL, CLIENT, ("sign-up-attributes", "sub")], "sign-up-attributes"),
        (&[POOL, CLIENT, ("sign-up-attributes", "custom:")], "sign-up-attributes"),
        (&[POOL, CLIENT, ("password-policy", "min=8 uper")], "password-policy"),
        (&[POOL, CLIENT, ("password-policy", "min=5")], "password-policy"),
        (&[POOL, CLIENT, ("password-policy", "min=100")], "password-policy"),
        (&[POOL, CLIENT, ("username-kind", "x")], "username-kind"),
        (&[POOL, CLIENT, ("endpoint", "http://example.com/")], "endpoint"),
        (&[POOL, CLIENT, ("endpoint", "http://127.0.0.1@example.com/")], "endpoint"),
        (&[POOL, CLIENT, ("endpoint", "javascript:1")], "endpoint"),
    ];
    for (attributes, name) in cases {
        let error = parse(attributes).expect_err(name).to_string();
        assert!(error.starts_with(name), "{error}");
    }
}

#[test]
fn endpoints_of_a_local_pool_and_of_a_proxy_are_taken_verbatim() {
    for url in ["http://127.0.0.1:9229/", "http://localhost:9229", "http://[::1]:9229/", "https://auth.example.com/idp"] {
        assert_eq!(parse(&[POOL, CLIENT, ("endpoint", url)]).unwrap().endpoint_url(), url);
    }
}

#[test]
fn the_issuer_is_known_unless_the_endpoint_is_replaced() {
    let settings = |given: &[_]| parse(given).unwrap().settings(Purpose::SignIn, "shop.example", read_claims);
    assert!(!settings(&[POOL, CLIENT]).is_endpoint_replaced);
    assert!(settings(&[POOL, CLIENT, ("endpoint", "http://localhost:9229")]).is_endpoint_replaced);
}

#[test]
fn other_partitions_have_other_domains() {
    for (pool, url) in [
        ("cn-north-1_a", "https://cognito-idp.cn-north-1.amazonaws.com.cn/"),
        ("eusc-de-east-1_a", "https://cognito-idp.eusc-de-east-1.amazonaws.eu/"),
        ("us-gov-west-1_a", "https://cognito-idp.us-gov-west-1.amazonaws.com/"),
    ] {
        assert_eq!(UserPoolId::parse(pool).unwrap().endpoint_url(), url);
    }
}
