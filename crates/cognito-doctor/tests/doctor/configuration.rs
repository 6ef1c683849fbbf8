//! Pool, client and flow.

use local_pool::{
    Pool,
    seed::{CLIENT, LOCAL_POOL},
};
use serde_json::Value;

use super::stage::{ask, pool, run, serve};

#[test]
fn a_configuration_that_works_has_no_fault() {
    let said = ask(&pool(), &["--origin", "https://shop.example"]);
    assert_eq!((said.exit, said.faults()), (0, vec![]), "{}", said.out);
    assert_eq!(said.of_kind("right").len(), 5, "{}", said.out);
    assert_eq!(said.of_kind("unknown"), [] as [Value; 0]);
}

#[test]
fn every_flow_that_the_client_allows_is_right() {
    let pool = Pool::builder().with_client(CLIENT, |client| {
        client.allow_user_password_auth = true;
        client.allow_user_auth = true;
    });
    let url = serve(local_pool::app(pool.build()));
    for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_PASSWORD_AUTH", "USER_AUTH"] {
        let said = ask(&url, &["--auth-flow", flow]);
        assert_eq!(said.exit, 0, "{flow}: {}", said.out);
    }
}

#[test]
fn nothing_is_sent_to_anybody_and_nobody_is_locked_out() {
    let pool = Pool::builder().with_client(CLIENT, |client| client.allow_user_auth = true).build();
    let url = serve(local_pool::app(pool));
    for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH"] {
        ask(&url, &["--auth-flow", flow]);
    }
    let mut inbox = ureq::get(format!("{url}local/inbox")).call().unwrap();
    assert_eq!(inbox.body_mut().read_to_string().unwrap().trim(), "[]");
}

#[test]
fn a_client_that_does_not_exist_is_told() {
    let said = ask(&pool(), &["--client-id", "nosuchclient"]);
    let (code, seen) = said.one_fault();
    assert_eq!((said.exit, code.as_str()), (1, "client_unknown"));
    assert_eq!(seen, "ResourceNotFoundException: User pool client nosuchclient does not exist.");
}

#[test]
fn a_pool_that_does_not_exist_is_told() {
    let said = ask(&pool(), &["--pool-id", "us-east-1_Nowhere"]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "pool_unknown"));
}

#[test]
fn an_endpoint_of_another_region_is_told_and_asked_nothing() {
    let said = run(&[
        "--json",
        "--pool-id",
        "eu-west-1_AbCdEfGhI",
        "--client-id",
        "1example23456789",
        "--endpoint",
        "https://cognito-idp.eu-central-1.amazonaws.com/",
    ]);
    let seen = "the pool is in eu-west-1, the endpoint in eu-central-1";
    assert_eq!((said.exit, said.one_fault()), (1, ("region_mismatch".to_owned(), seen.to_owned())));
}

#[test]
fn a_flow_that_the_client_does_not_allow_is_told() {
    let pool = Pool::builder().with_client(CLIENT, |client| {
        client.allow_user_srp_auth = false;
        client.allow_custom_auth = false;
        client.allow_user_password_auth = false;
        client.allow_user_auth = false;
    });
    let url = serve(local_pool::app(pool.build()));
    for flow in ["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_PASSWORD_AUTH", "USER_AUTH"] {
        let said = ask(&url, &["--auth-flow", flow]);
        assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "flow_not_allowed"), "{flow}");
    }
}

#[test]
fn a_client_with_a_secret_is_told_unless_the_page_answers_for_it() {
    let pool = || Pool::builder().with_client(CLIENT, |client| client.secret = Some("onlyForThisMachine0123456789".into()));
    let url = serve(local_pool::app(pool().build()));
    let said = ask(&url, &[]);
    assert_eq!((said.exit, said.one_fault().0.as_str()), (1, "secret_hash_missing"));
    let said = ask(&url, &["--secret-hash"]);
    assert_eq!((said.exit, said.faults()), (0, vec![]), "{}", said.out);
}

#[test]
fn a_client_that_tells_who_does_not_exist_is_no_worse() {
    let pool = Pool::builder().with_client(CLIENT, |client| client.prevent_user_existence_errors = false).build();
    let said = ask(&serve(local_pool::app(pool)), &[]);
    assert_eq!(said.exit, 0, "{}", said.out);
}

#[test]
fn a_clock_that_is_wrong_is_told_with_its_difference() {
    let pool = Pool::new();
    pool.advance_clock(std::time::Duration::from_secs(20 * 60 + 30));
    let said = ask(&serve(local_pool::app(pool)), &[]);
    let (code, seen) = said.one_fault();
    assert_eq!((said.exit, code.as_str(), seen.as_str()), (1, "device_clock_off", "20 minutes behind"));
}

#[test]
fn the_pool_of_these_tests_is_the_seeded_one() {
    assert!(Pool::new().seed().clients.iter().any(|client| client.id == CLIENT && client.user_pool_id == LOCAL_POOL));
}
