//! How a session ends because somebody wants it to.

use cognito_protocol::flow::{Action, Page, PasswordFlow, Person, Purpose, Tokens};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, settings, stored},
    service::{CLIENT_ID, NAME, REFRESH_REVOKED, USER_ID, access_token, refresh_token, tokens},
};

const SIGNED_OUT: [&str; 3] = ["forget", "tell signed-out requested", "tell screen sign-in"];
const LOCAL: Page = Page::SignOutRequested { request: NOBODY, global: false };
const GLOBAL: Page = Page::SignOutRequested { request: NOBODY, global: true };

#[test]
fn signing_out_revokes_the_refresh_token_and_forgets() {
    let mut machine = Machine::signed_in();
    machine.on(LOCAL);
    assert_eq!(machine.sends("RevokeToken"), json!({ "Token": refresh_token(1), "ClientId": CLIENT_ID }));
    assert_eq!(machine.screen(), format!("signed-in ({NAME}) busy"));
    machine.on(LOCAL).does([]);
    machine.on(GLOBAL).does([]);
    machine.replied(json!({})).does(SIGNED_OUT);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn whatever_the_service_says_the_session_is_forgotten() {
    let mut machine = Machine::signed_in();
    machine.on(LOCAL).does(["call RevokeToken"]);
    machine.unreachable().does(SIGNED_OUT);
    assert_eq!(machine.screen(), "sign-in ()");

    let mut machine = Machine::signed_in();
    machine.on(LOCAL).does(["call RevokeToken"]);
    machine.refused(("UnsupportedOperationException", "Token revocation is not enabled")).does(SIGNED_OUT);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn all_sessions_end_by_the_access_token() {
    let mut machine = Machine::signed_in();
    machine.on(GLOBAL);
    assert_eq!(machine.sends("GlobalSignOut"), json!({ "AccessToken": access_token(1) }));
    machine.replied(json!({})).does(SIGNED_OUT);
}

#[test]
fn whoever_cannot_end_all_sessions_is_told_and_ends_this_one() {
    let mut machine = Machine::signed_in();
    machine.on(GLOBAL).does(["call GlobalSignOut"]);
    machine.refused(("InternalErrorException", "")).does(["call RevokeToken"]);
    machine.replied(json!({}));
    machine.does([SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2], "tell error signed_out_here_only on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! signed_out_here_only");

    let mut machine = Machine::signed_in();
    machine.on(GLOBAL).does(["call GlobalSignOut"]);
    machine.unreachable().does(["call RevokeToken"]);
    machine.unreachable();
    machine.does([SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2], "tell error signed_out_here_only on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! signed_out_here_only");
}

#[test]
fn an_old_access_token_is_refreshed_before_it_ends_all_sessions() {
    let mut machine = Machine::signed_in_long_ago();
    machine.on(GLOBAL).does(["lock"]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME}) busy"));
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.replied(tokens(2));
    let stored = format!("store {} {}", access_token(2), refresh_token(2));
    machine.does([&stored, "unlock", "tell tokens-refreshed", "call GlobalSignOut"]);
    machine.replied(json!({})).does(SIGNED_OUT);
}

#[test]
fn a_refresh_that_fails_does_not_hinder_the_sign_out() {
    let mut machine = Machine::signed_in_long_ago();
    machine.on(GLOBAL).does(["lock"]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.unreachable().does(["unlock", "call RevokeToken"]);
    machine.replied(json!({}));
    machine.does([SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2], "tell error signed_out_here_only on sign-in"]);

    let mut machine = Machine::signed_in_long_ago();
    machine.on(GLOBAL).does(["lock"]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.refused(REFRESH_REVOKED).does(["unlock", SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2]]);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn a_refresh_under_way_is_waited_for_because_its_token_must_be_revoked() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.on(LOCAL).does([]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME}) busy"));
    machine.tokens_requested(2).does(["answer 2: not_signed_in"]);
    machine.replied(tokens(2));
    machine.first_does([
        &format!("store {} {}", access_token(2), refresh_token(2)),
        "unlock",
        "tell tokens-refreshed",
        &format!("answer 1: {}", access_token(2)),
    ]);
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(2));
    machine.replied(json!({})).does(SIGNED_OUT);
}

#[test]
fn a_refresh_that_only_waits_for_the_lock_is_given_up() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.on(LOCAL).does(["answer 1: not_signed_in", "call RevokeToken"]);
    machine.lock_acquired(None).does(["unlock"]);
    machine.replied(json!({})).does(SIGNED_OUT);
}

#[test]
fn the_lock_may_come_after_the_sign_out() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.on(LOCAL).does(["answer 1: not_signed_in", "call RevokeToken"]);
    machine.replied(json!({})).does(SIGNED_OUT);
    machine.lock_acquired(None).does(["unlock"]);
}

#[test]
fn a_session_without_a_refresh_token_is_only_forgotten() {
    let mut machine = Machine::new(settings(PasswordFlow::Srp, Purpose::SignIn));
    let session = Tokens { refresh_token: None, ..stored(1, NOW + HOUR) };
    machine.on(Page::Started { stored: Some(session) });
    machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    machine.on(LOCAL).does(SIGNED_OUT);
}

#[test]
fn another_tab_may_be_quicker_to_sign_out() {
    let mut machine = Machine::signed_in();
    machine.on(LOCAL).does(["call RevokeToken"]);
    machine.on(Page::StoreChanged { stored: None }).does(["tell signed-out elsewhere", "tell screen sign-in"]);
    machine.replied(json!({})).does([]);
}

#[test]
fn what_the_account_waits_for_is_dropped_on_the_way_out() {
    let mut machine = Machine::at_account(&[]);
    machine.on(Person::Pressed(Action::SetUpAuthenticator)).does(["call AssociateSoftwareToken", "tell screen totp-setup"]);
    machine.on(LOCAL).does(["call RevokeToken"]);
    machine.on(Person::Pressed(Action::SetUpAuthenticator)).does([]);
    machine.on(Person::Pressed(Action::Back)).does([]);
    assert_eq!(machine.screen(), "totp-setup busy");
    machine.replied(json!({})).does(["forget", "tell signed-out requested", "tell screen account"]);
    assert_eq!(machine.screen(), "account (not signed in)");
}

#[test]
fn signing_out_while_the_stored_session_is_still_being_refreshed() {
    let mut machine = Machine::new(settings(PasswordFlow::Srp, Purpose::SignIn));
    machine.on(Page::Started { stored: Some(stored(1, NOW)) }).does(["lock"]);
    machine.on(LOCAL).does(["call RevokeToken"]);
    assert_eq!(machine.screen(), "loading busy");
    machine.lock_acquired(None).does(["unlock"]);
    machine.replied(json!({})).does(SIGNED_OUT);
}

#[test]
fn signing_out_is_for_those_who_are_signed_in() {
    let mut machine = Machine::at_sign_in(PasswordFlow::Srp);
    machine.on(LOCAL).does([]);
    machine.on(GLOBAL).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn the_pages_request_is_answered_when_nobody_is_signed_in_any_more() {
    let mut machine = Machine::signed_in();
    machine.on(Page::SignOutRequested { request: 7, global: false }).does(["call RevokeToken"]);
    machine.replied(json!({}));
    machine.does(["forget", "tell signed-out requested", "tell screen sign-in", "answer 7: done"]);
    machine.on(Page::SignOutRequested { request: 8, global: false }).does(["answer 8: done"]);
}
