//! A refresh that the service refuses: the session ends, unless another tab has brought newer tokens.

use cognito_protocol::flow::{Page, Purpose, SignInFlow, Tokens};

use super::{
    machine::{HOUR, Machine, NOW, settings, stored},
    service::{NAME, REFRESH_REVOKED, USER_ID, refresh_token},
    tokens::answer,
};

#[test]
fn a_refresh_token_that_is_refused_ends_the_session_and_keeps_the_name() {
    for error in [
        REFRESH_REVOKED,
        ("NotAuthorizedException", "Refresh Token has expired"),
        ("RefreshTokenReuseException", ""),
        ("UserNotFoundException", "User does not exist."),
        ("PasswordResetRequiredException", ""),
        ("UserNotConfirmedException", ""),
    ] {
        let mut machine = Machine::signed_in_long_ago();
        machine.begins_refresh(1);
        machine.tokens_requested(2).does([]);
        machine.is_refused_for_good(error);
        machine.does([
            "unlock",
            "answer 1: session_ended",
            "answer 2: session_ended",
            "forget",
            "tell signed-out expired",
            "tell screen sign-in",
            "tell error session_ended on sign-in",
        ]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! session_ended"));
        machine.tokens_requested(3).does(["answer 3: not_signed_in"]);
    }
}

#[test]
fn a_user_id_that_nobody_typed_is_not_put_into_the_form() {
    let mut machine = Machine::new(settings(SignInFlow::Srp, Purpose::SignIn));
    let session = Tokens { sign_in_name: USER_ID.to_owned(), ..stored(1, NOW) };
    machine.on(Page::Started { stored: Some(session) }).does(["lock"]);
    machine.lock_acquired(None).does(["call GetTokensFromRefreshToken"]);
    machine.is_refused_for_good(REFRESH_REVOKED);
    machine.does(["unlock", "forget", "tell signed-out expired", "tell screen sign-in", "tell error session_ended on sign-in"]);
    assert_eq!(machine.screen(), "sign-in () ! session_ended");
}

#[test]
fn a_tab_that_was_quicker_without_a_lock_saves_the_session() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.on(Page::StoreChanged { stored: Some(stored(3, NOW + 3 * HOUR)), was_removed: false }).does([]);
    machine.refused(("RefreshTokenReuseException", "")).does(["unlock", "tell tokens-refreshed", &answer(1, 3)]);
    assert_eq!(machine.screen(), format!("signed-in ({NAME})"));
}

/// Where refresh tokens rotate, the tab that is second to use one finds what the first brought.
#[test]
fn before_a_session_is_given_up_the_store_is_asked_for_newer_tokens() {
    for error in [("RefreshTokenReuseException", ""), REFRESH_REVOKED] {
        let mut machine = Machine::signed_in_long_ago();
        machine.begins_refresh(1);
        machine.refused(error).does(["unlock", "lock"]);
        machine.tokens_requested(2).does([]);
        machine.lock_acquired(Some(stored(4, NOW + 3 * HOUR)));
        machine.does(["unlock", "tell tokens-refreshed", &answer(1, 4), &answer(2, 4)]);
    }
}

#[test]
fn newer_tokens_that_are_old_too_are_refreshed_and_the_refused_ones_never_again() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.refused(("RefreshTokenReuseException", "")).does(["unlock", "lock"]);
    machine.lock_acquired(Some(stored(4, NOW)));
    assert_eq!(machine.sends("GetTokensFromRefreshToken")["RefreshToken"], refresh_token(4));
    machine.refused(("RefreshTokenReuseException", "")).does(["unlock", "lock"]);
    // The same once more, or another access token by the same refresh token, or somebody else's.
    let again = Tokens { refresh_token: stored(4, NOW).refresh_token, ..stored(5, NOW) };
    let others = Tokens { username: "somebody-else".to_owned(), ..stored(7, NOW + 3 * HOUR) };
    let ended = ["unlock", "answer 1: session_ended", "forget", "tell signed-out expired", "tell screen sign-in"];
    for found in [Some(stored(4, NOW)), Some(again), Some(others), None] {
        let mut machine = Machine::signed_in_long_ago();
        machine.begins_refresh(1);
        machine.refused(REFRESH_REVOKED).does(["unlock", "lock"]);
        machine.lock_acquired(Some(stored(4, NOW))).does(["call GetTokensFromRefreshToken"]);
        machine.refused(REFRESH_REVOKED).does(["unlock", "lock"]);
        machine.lock_acquired(found).first_does(ended);
        machine.does(["tell error session_ended on sign-in"]);
    }
}

#[test]
fn tokens_that_come_by_the_store_while_it_is_asked_save_the_session_too() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.refused(("RefreshTokenReuseException", "")).does(["unlock", "lock"]);
    let newer = stored(4, NOW + 3 * HOUR);
    machine.on(Page::StoreChanged { stored: Some(newer.clone()), was_removed: false }).does([]);
    machine.lock_acquired(Some(newer)).does(["unlock", "tell tokens-refreshed", &answer(1, 4)]);
}

#[test]
fn a_session_that_ends_while_the_store_is_asked_lets_the_lock_go() {
    let mut machine = Machine::signed_in_long_ago();
    machine.begins_refresh(1);
    machine.refused(REFRESH_REVOKED).does(["unlock", "lock"]);
    machine.on(Page::StoreChanged { stored: None, was_removed: false });
    machine.does(["answer 1: not_signed_in", "tell signed-out elsewhere", "tell screen sign-in"]);
    machine.lock_acquired(None).does(["unlock"]);
}
