//! Tokens for the page: handed out while they live, refreshed by one tab at a time.

use cognito_protocol::flow::{Action, Event, Page, Person, Purpose, SignInFlow, Tokens};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, settings, stored},
    service::{
        CLIENT_ID, NAME, PASSWORD, Pool, USER_ID, access_token, email_challenge, mfa_setup, new_access_token, refresh_token,
        tokens,
    },
};

pub fn answer(request: u32, number: u32) -> String {
    format!("answer {request}: {}", access_token(number))
}

pub fn renew(number: u32, refresh: u32) -> String {
    format!("renew {} {}", access_token(number), refresh_token(refresh))
}

#[test]
fn tokens_that_live_are_handed_out_at_once() {
    let mut machine = Machine::signed_in();
    machine.tokens_requested(1).does([&answer(1, 1)]);
    machine.now += HOUR - 60_000;
    machine.tokens_requested(2).does([&answer(2, 1)]);
    machine.now += 1;
    machine.tokens_requested(3).does(["lock"]);
}

#[test]
fn old_tokens_are_refreshed_under_the_lock() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR)));
    let expected = json!({ "RefreshToken": refresh_token(1), "ClientId": CLIENT_ID });
    assert_eq!(machine.sends("GetTokensFromRefreshToken"), expected);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
    machine.replied(new_access_token(2));
    machine.does([&renew(2, 1), "unlock", "tell tokens-refreshed", &answer(1, 2)]);
    machine.now += HOUR - 60_000;
    machine.tokens_requested(2).does([&answer(2, 2)]);
}

#[test]
fn a_rotated_refresh_token_replaces_the_old_one() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    let rotated = format!("{} by {}", renew(2, 2), refresh_token(1));
    machine.replied(tokens(2)).does([&rotated, "unlock", "tell tokens-refreshed", &answer(1, 2)]);
    machine.now += 2 * HOUR;
    machine.tokens_requested(2).does(["lock"]);
    machine.lock_acquired(None);
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["RefreshToken"], refresh_token(2));
}

#[test]
fn one_refresh_serves_all_requests() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.tokens_requested(2).does([]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.tokens_requested(3).does([]);
    machine.refreshed(2);
    let answers = [1, 2, 3].map(|request| answer(request, 2));
    machine.does([&renew(2, 1), "unlock", "tell tokens-refreshed", &answers[0], &answers[1], &answers[2]]);
}

#[test]
fn what_another_tab_refreshed_while_this_one_waited_is_adopted() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(Some(stored(2, NOW + 3 * HOUR))).does(["unlock", "tell tokens-refreshed", &answer(1, 2)]);
    machine.tokens_requested(2).does([&answer(2, 2)]);
}

#[test]
fn anothers_tokens_are_not_adopted_under_the_lock() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    let other = Tokens { username: "somebody-else".to_owned(), ..stored(7, NOW + 3 * HOUR) };
    machine.lock_acquired(Some(other));
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["RefreshToken"], refresh_token(1));
}

#[test]
fn the_refresh_token_in_the_store_counts() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(Some(stored(4, NOW)));
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["RefreshToken"], refresh_token(4));
}

#[test]
fn a_server_that_does_not_know_the_newer_operation_gets_the_older() {
    for code in ["UnknownOperationException", "UnsupportedOperationException", "OperationNotEnabledException"] {
        let mut machine = Machine::signed_in_long_ago();
        machine.begins_refresh(1);
        machine.refused((code, ""));
        let expected = json!({
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "ClientId": CLIENT_ID,
            "AuthParameters": { "REFRESH_TOKEN": refresh_token(1) },
        });
        assert_eq!(machine.sends("InitiateAuth"), expected);
        machine.tokens_requested(2).does([]);
        machine.refreshed(2);
        machine.does([&renew(2, 1), "unlock", "tell tokens-refreshed", &answer(1, 2), &answer(2, 2)]);
    }
}

#[test]
fn the_older_operation_is_tried_once() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.refused(("UnknownOperationException", "")).does(["call InitiateAuth"]);
    machine.refused(("UnknownOperationException", "")).does(["unlock", "answer 1: unexpected"]);
}

#[test]
fn a_passing_fault_keeps_the_session() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.unreachable().does(["unlock", "answer 1: network"]);
    machine.begins_refresh(2);
    machine.refused(("TooManyRequestsException", "Rate exceeded")).does(["unlock", "answer 2: throttled"]);
    machine.begins_refresh(3);
    machine.refused(("InternalErrorException", "")).does(["unlock", "answer 3: unexpected"]);
    for body in [json!({}), json!({ "AuthenticationResult": {} }), json!({ "AuthenticationResult": null }), json!([])] {
        machine.begins_refresh(4);
        machine.replied(body).does(["unlock", "answer 4: bad_reply"]);
    }
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
    machine.begins_refresh(5);
    machine.refreshed(2);
    machine.does([&renew(2, 1), "unlock", "tell tokens-refreshed", &answer(5, 2)]);
}

/// Tokens may come in parts, as other programs write them: the access token first.
#[test]
fn a_refresh_token_that_comes_after_its_access_token_is_kept() {
    let mut machine = Machine::signed_in_long_ago();
    let whole = stored(2, NOW + HOUR);
    let part = Tokens { refresh_token: None, ..whole.clone() };
    machine.on(Page::StoreChanged { stored: Some(part), was_removed: false }).does([]);
    machine.on(Page::StoreChanged { stored: Some(whole.clone()), was_removed: false }).does([]);
    machine.now += 2 * HOUR;
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(Some(whole));
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["RefreshToken"], refresh_token(2));
}

#[test]
fn a_session_without_a_refresh_token_ends_with_its_tokens() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    let session = Tokens { refresh_token: None, ..stored(1, NOW + HOUR) };
    machine.on(Page::Started { stored: Some(session) });
    machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    machine.now += HOUR;
    machine.tokens_requested(1).does(["lock"]);
    machine.lock_acquired(None).does([
        "unlock",
        "answer 1: session_ended",
        "forget",
        "tell signed-out expired",
        "tell screen sign-in",
        "tell error session_ended on sign-in",
    ]);
}

#[test]
fn a_stored_session_is_announced_when_its_tokens_are_fresh() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    machine.on(Page::Started { stored: Some(stored(1, NOW)) }).does(["lock"]);
    assert_eq!(machine.screen(), "loading busy");
    machine.tokens_requested(1).does([]);
    machine.lock_acquired(Some(stored(1, NOW))).does(["call GetTokensFromRefreshToken"]);
    machine.refreshed(2);
    machine.does([
        &renew(2, 1),
        "unlock",
        "tell tokens-refreshed",
        &answer(1, 2),
        &format!("tell signed-in {USER_ID}"),
        "tell screen signed-in",
    ]);
}

#[test]
fn without_network_at_the_start_the_session_stays() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    machine.on(Page::Started { stored: Some(stored(1, NOW)) }).does(["lock"]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.unreachable().does(["unlock", &format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
}

#[test]
fn a_stored_session_that_can_only_be_forgotten_is() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    let session = Tokens { refresh_token: None, ..stored(1, NOW) };
    machine.on(Page::Started { stored: Some(session) });
    machine.does(["forget", "tell screen sign-in", "tell error session_ended on sign-in"]);
}

#[test]
fn a_request_is_answered_in_every_phase() {
    let not_signed_in = |machine: &mut Machine| machine.tokens_requested(7).does(["answer 7: not_signed_in"]);
    let mut pool = Pool::new();

    not_signed_in(&mut Machine::new(settings(SignInFlow::Srp, Purpose::SignIn)));

    let mut machine = Machine::at_sign_in(SignInFlow::Custom);
    not_signed_in(&mut machine);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    not_signed_in(&mut machine);
    machine.derived();
    let request = machine.sends("InitiateAuth");
    not_signed_in(&mut machine);
    machine.replied(pool.password_verifier(&request)).does(["derive proof"]);
    not_signed_in(&mut machine);
    machine.derived().does(["call RespondToAuthChallenge"]);
    not_signed_in(&mut machine);
    machine.replied(email_challenge(1));
    machine.does(["tell challenge of type EMAIL_CODE", "timer 180000", "tell screen email-code"]);
    not_signed_in(&mut machine);
    machine.answered("123456").does(["call RespondToAuthChallenge"]);
    not_signed_in(&mut machine);
    machine.replied(mfa_setup(2)).does(["call AssociateSoftwareToken", "timer 180000", "tell screen totp-setup"]);
    not_signed_in(&mut machine);

    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::Account));
    machine.on(Page::Started { stored: None }).does(["tell screen account"]);
    not_signed_in(&mut machine);

    let mut machine = Machine::signed_in();
    machine.on(Page::SignOutRequested { request: NOBODY, global: true });
    machine.does(["forget", "tell signed-out requested", "tell screen sign-in", "call GlobalSignOut"]);
    not_signed_in(&mut machine);
}

#[test]
fn a_lock_that_nobody_waits_for_any_more_is_released() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.on(Page::StoreChanged { stored: None, was_removed: false });
    machine.does(["answer 1: not_signed_in", "tell signed-out elsewhere", "tell screen sign-in"]);
    machine.lock_acquired(None).does(["unlock"]);

    let mut machine = Machine::signed_in();
    machine.lock_acquired(None).does(["unlock"]);

    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.lock_acquired(None).does([]);
    machine.refreshed(2);
    machine.does([&renew(2, 1), "unlock", "tell tokens-refreshed", &answer(1, 2)]);
}

#[test]
fn a_session_that_ends_elsewhere_during_a_refresh_lets_the_lock_go() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.on(Page::StoreChanged { stored: None, was_removed: false });
    machine.does(["unlock", "answer 1: not_signed_in", "tell signed-out elsewhere", "tell screen sign-in"]);
    machine.refreshed(2).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn another_tabs_new_tokens_are_handed_out_here() {
    let mut machine = Machine::signed_in_long_ago();
    machine.on(Page::StoreChanged { stored: Some(stored(2, NOW + 3 * HOUR)), was_removed: false }).does([]);
    machine.tokens_requested(1).does([&answer(1, 2)]);
}

#[test]
fn another_user_in_another_tab_is_signed_in_here_too() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    let other =
        Tokens { username: "other-id".to_owned(), sign_in_name: "other@example.com".to_owned(), ..stored(5, NOW + 9 * HOUR) };
    machine.on(Page::StoreChanged { stored: Some(other), was_removed: false });
    machine.does(["unlock", "answer 1: not_signed_in", "tell signed-out elsewhere", "tell signed-in other-id"]);
    assert_eq!(machine.screen(), "signed-in (other@example.com)");
    machine.refreshed(2).does([]);
    machine.tokens_requested(2).does([&answer(2, 5)]);
}

#[test]
fn a_reset_leaves_the_session_alone() {
    let mut machine = Machine::signed_in();
    for event in [
        Event::from(Page::ResetRequested),
        Person::Pressed(Action::Back).into(),
        Person::Pressed(Action::SignIn).into(),
        Person::Pressed(Action::SendNewCode).into(),
    ] {
        machine.on(event).does([]);
    }
    machine.answered("123456").does([]);
    machine.now += 2 * HOUR;
    machine.answered("123456").does([]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
}
