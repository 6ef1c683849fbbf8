//! How a session ends because somebody wants it to: first here, for good, and then at the service.

use cognito_protocol::flow::{Action, NoticeKind, Outcome, Page, Person, Purpose, SignInFlow, Tokens};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOBODY, NOW, settings, stored},
    service::{CLIENT_ID, NAME, PASSWORD, REFRESH_REVOKED, USER_ID, access_token, new_access_token, refresh_token, tokens},
};

const SIGNED_OUT: [&str; 3] = ["forget", "tell signed-out requested", "tell screen sign-in"];
const HERE_ONLY: &str = "tell error signed_out_here_only on sign-in";
const LOCAL: Page = Page::SignOutRequested { request: NOBODY, global: false };
const GLOBAL: Page = Page::SignOutRequested { request: NOBODY, global: true };

/// A machine whose sign-out on all devices has begun; nobody is signed in here any more.
fn ending_all(request: u32) -> Machine {
    let mut machine = Machine::signed_in();
    machine.on(Page::SignOutRequested { request, global: true });
    machine.first_does(SIGNED_OUT);
    assert_eq!(machine.sends("GlobalSignOut"), json!({ "AccessToken": access_token(1) }));
    machine
}

#[test]
fn signing_out_forgets_before_the_service_is_asked_and_waits_for_nothing() {
    let mut machine = Machine::signed_in();
    machine.on(Page::SignOutRequested { request: 7, global: false });
    machine.first_does(SIGNED_OUT);
    assert_eq!(machine.sends("RevokeToken"), json!({ "Token": refresh_token(1), "ClientId": CLIENT_ID }));
    machine.does(["answer 7: done"]);
    assert_eq!(machine.screen(), "sign-in ()");
    machine.on(Page::SignOutRequested { request: 8, global: false }).does(["answer 8: done"]);
    machine.replied(json!({})).does([]);
}

#[test]
fn whatever_the_service_says_nobody_is_signed_in() {
    let mut machine = Machine::signed_in();
    machine.on(LOCAL).first_does(SIGNED_OUT);
    machine.does(["call RevokeToken"]);
    machine.unreachable().does([]);
    assert_eq!(machine.screen(), "sign-in ()");

    let mut machine = Machine::signed_in();
    machine.on(LOCAL).first_does(SIGNED_OUT);
    machine.does(["call RevokeToken"]);
    machine.refused(("UnsupportedOperationException", "Token revocation is not enabled")).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn the_person_signs_out_as_the_page_does() {
    let mut machine = Machine::signed_in();
    machine.on(Person::Pressed(Action::SignOut)).first_does(SIGNED_OUT);
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(1));
}

#[test]
fn all_sessions_end_after_this_one_and_the_promise_tells_when() {
    let mut machine = ending_all(7);
    assert_eq!(machine.screen(), "sign-in ()");
    // Whoever asks meanwhile waits too; whoever asks for this device alone has it.
    machine.on(Page::SignOutRequested { request: 8, global: true }).does([]);
    machine.on(Page::SignOutRequested { request: 9, global: false }).does(["answer 9: done"]);
    machine.replied(json!({})).does(["answer 7: done", "answer 8: done"]);
    assert_eq!(machine.screen(), "sign-in ()");
    machine.on(Page::SignOutRequested { request: 10, global: true }).does(["answer 10: done"]);
}

#[test]
fn whoever_cannot_end_all_sessions_is_told_and_ends_this_one() {
    let mut machine = ending_all(7);
    machine.refused(("InternalErrorException", "")).first_does(["answer 7: signed_out_here_only", HERE_ONLY]);
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(1));
    assert_eq!(machine.screen(), "sign-in () ! signed_out_here_only");

    let mut machine = ending_all(7);
    machine.unreachable().does(["answer 7: signed_out_here_only", HERE_ONLY, "call RevokeToken"]);
    machine.unreachable().does([]);
    assert_eq!(machine.screen(), "sign-in () ! signed_out_here_only");
}

#[test]
fn somebody_who_signs_in_meanwhile_is_not_disturbed() {
    let mut machine = ending_all(NOBODY);
    let late = machine.late_call();
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.on(Outcome::Replied { id: late, reply: Err(cognito_protocol::flow::CallError::Network), service_millis: None });
    machine.does([HERE_ONLY, "call RevokeToken"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
}

#[test]
fn somebody_who_creates_an_account_meanwhile_is_not_disturbed() {
    for (action, screen) in [(Action::SignUp, "sign-up"), (Action::ForgotPassword, "forgot-password")] {
        let mut machine = ending_all(NOBODY);
        let late = machine.late_call();
        machine.on(Person::Pressed(action)).does([&format!("tell screen {screen}")]);
        machine.on(Outcome::Replied { id: late, reply: Err(cognito_protocol::flow::CallError::Network), service_millis: None });
        machine.does([&format!("tell error signed_out_here_only on {screen}"), "call RevokeToken"]);
        assert_eq!(machine.screen(), format!("{screen} ()"));
    }
}

#[test]
fn in_the_account_element_the_notice_stands_where_the_person_is() {
    let mut machine = Machine::at_account(&[]);
    machine.on(GLOBAL).does(["forget", "tell signed-out requested", "call GlobalSignOut"]);
    machine.unreachable().does(["tell error signed_out_here_only on account", "call RevokeToken"]);
    assert_eq!(machine.notice().kind, NoticeKind::SignedOutHereOnly);

    let mut machine = Machine::at_account(&[]);
    machine.on(GLOBAL).does(["forget", "tell signed-out requested", "call GlobalSignOut"]);
    machine.on(Person::Pressed(Action::SignIn)).does(["tell screen sign-in"]);
    machine.unreachable().does([HERE_ONLY, "call RevokeToken"]);
    assert_eq!(machine.screen(), "sign-in () ! signed_out_here_only");
}

#[test]
fn an_old_access_token_is_refreshed_to_end_all_sessions_and_the_new_one_is_not_kept() {
    let mut machine = Machine::signed_in_long_ago();
    machine.on(GLOBAL).first_does(["forget", "tell signed-out requested"]);
    machine.does(["call GetTokensFromRefreshToken", "tell screen sign-in"]);
    machine.replied(tokens(2));
    assert_eq!(machine.sends("GlobalSignOut"), json!({ "AccessToken": access_token(2) }));
    machine.unreachable().first_does([HERE_ONLY]);
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(2));
}

#[test]
fn a_refresh_that_fails_leaves_this_session_to_be_revoked() {
    let failures: [fn(&mut Machine) -> &mut Machine; 2] =
        [|machine| machine.unreachable(), |machine| machine.refused(REFRESH_REVOKED)];
    for fails in failures {
        let mut machine = Machine::signed_in_long_ago();
        machine.on(GLOBAL).does([SIGNED_OUT[0], SIGNED_OUT[1], "call GetTokensFromRefreshToken", SIGNED_OUT[2]]);
        fails(&mut machine).does([HERE_ONLY, "call RevokeToken"]);
        assert_eq!(machine.screen(), "sign-in () ! signed_out_here_only");
    }
}

#[test]
fn the_older_operation_refreshes_for_the_end_of_all_sessions_too() {
    let mut machine = Machine::signed_in_long_ago();
    machine.on(GLOBAL).does([SIGNED_OUT[0], SIGNED_OUT[1], "call GetTokensFromRefreshToken", SIGNED_OUT[2]]);
    machine.refused(("UnknownOperationException", "")).does(["call InitiateAuth"]);
    machine.refreshed(2);
    assert_eq!(machine.sends("GlobalSignOut"), json!({ "AccessToken": access_token(2) }));
    machine.replied(json!({})).does([]);
}

#[test]
fn what_a_refresh_under_way_brings_is_revoked_and_never_stored() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    let refresh = machine.late_call();
    machine.on(LOCAL).first_does(["unlock", "answer 1: not_signed_in"]);
    machine.first_does(SIGNED_OUT);
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(1));
    machine.tokens_requested(2).does(["answer 2: not_signed_in"]);
    machine.on(Outcome::Replied { id: refresh, reply: Ok(tokens(2).into()), service_millis: None });
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(2));
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn a_refresh_under_way_that_brings_no_refresh_token_leaves_nothing_to_revoke() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    let refresh = machine.late_call();
    machine.on(LOCAL).first_does(["unlock", "answer 1: not_signed_in"]);
    machine.does([SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2], "call RevokeToken"]);
    machine.on(Outcome::Replied { id: refresh, reply: Ok(new_access_token(2).into()), service_millis: None }).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
}

#[test]
fn a_refresh_under_way_brings_the_token_that_ends_all_sessions() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.on(GLOBAL).does(["unlock", "answer 1: not_signed_in", SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2]]);
    machine.refreshed(2);
    assert_eq!(machine.sends("GlobalSignOut"), json!({ "AccessToken": access_token(2) }));
    machine.replied(json!({})).does([]);
}

#[test]
fn a_refresh_that_only_waits_for_the_lock_is_given_up() {
    let mut machine = Machine::signed_in_long_ago();
    machine.tokens_requested(1).does(["lock"]);
    machine.on(LOCAL).first_does(["answer 1: not_signed_in"]);
    machine.does([SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2], "call RevokeToken"]);
    machine.lock_acquired(None).does(["unlock"]);
}

#[test]
fn a_session_without_a_refresh_token_is_only_forgotten() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    let session = Tokens { refresh_token: None, ..stored(1, NOW + HOUR) };
    machine.on(Page::Started { stored: Some(session) });
    machine.does([&format!("tell signed-in {USER_ID}"), "tell screen signed-in"]);
    machine.on(LOCAL).does(SIGNED_OUT);
}

#[test]
fn a_tab_that_stores_what_a_refresh_brought_after_another_tab_signed_out_forgets_it_again() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.replied(tokens(2));
    let renewed = format!("renew {} {} by {}", access_token(2), refresh_token(2), refresh_token(1));
    machine.does([&renewed, "unlock", "tell tokens-refreshed", &format!("answer 1: {}", access_token(2))]);
    let here = stored(2, NOW + 3 * HOUR);
    machine.on(Page::StoreChanged { stored: Some(here), was_removed: true });
    machine.first_does(["forget", "tell signed-out elsewhere", "tell screen sign-in"]);
    assert_eq!(machine.sends("RevokeToken")["Token"], refresh_token(2));
}

#[test]
fn a_session_that_replaces_a_removed_one_is_adopted() {
    let mut machine = Machine::signed_in();
    machine.on(Page::StoreChanged { stored: Some(stored(3, NOW + HOUR)), was_removed: true }).does([]);
    machine.tokens_requested(1).does([&format!("answer 1: {}", access_token(3))]);
}

#[test]
fn what_the_account_waits_for_is_dropped_on_the_way_out() {
    let mut machine = Machine::at_account(&[]);
    machine.on(Person::Pressed(Action::SetUpAuthenticator)).does(["call AssociateSoftwareToken", "tell screen totp-setup"]);
    let associate = machine.late_call();
    machine.on(LOCAL).does(["forget", "tell signed-out requested", "tell screen account", "call RevokeToken"]);
    machine.on(Outcome::Replied { id: associate, reply: Ok(json!({}).into()), service_millis: None }).does([]);
    assert_eq!(machine.screen(), "account (not signed in)");
}

#[test]
fn signing_out_while_the_stored_session_is_still_being_refreshed() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    machine.on(Page::Started { stored: Some(stored(1, NOW)) }).does(["lock"]);
    machine.on(LOCAL).does([SIGNED_OUT[0], SIGNED_OUT[1], SIGNED_OUT[2], "call RevokeToken"]);
    machine.lock_acquired(None).does(["unlock"]);
}

#[test]
fn signing_out_is_for_those_who_are_signed_in() {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.on(LOCAL).does([]);
    machine.on(GLOBAL).does([]);
    assert_eq!(machine.screen(), "sign-in ()");
}
