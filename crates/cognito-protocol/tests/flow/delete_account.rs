//! The end of an account.

use cognito_protocol::flow::{Action, Page, Person, Screen};
use serde_json::json;

use super::{
    machine::{HOUR, Machine, NOW, stored},
    service::{NAME, access_token},
};

fn asked() -> Machine {
    let mut machine = Machine::at_account(&[]);
    machine.on(Person::Pressed(Action::DeleteAccount)).does(["tell screen delete-account"]);
    assert_eq!(machine.screen(), format!("delete-account ({NAME})"));
    machine
}

#[test]
fn nobody_is_signed_in_after_an_account_is_deleted() {
    let mut machine = asked();
    machine.filled_in(&[]);
    assert_eq!(machine.sends("DeleteUser"), json!({ "AccessToken": access_token(1) }));
    assert_eq!(machine.screen(), format!("delete-account ({NAME}) busy"));
    machine.filled_in(&[]).does([]);
    machine.replied(json!({})).does(["forget", "tell signed-out deleted", "tell screen account"]);
    assert_eq!(machine.screen(), "account (not signed in) ! account_deleted");
    machine.tokens_requested(7).does(["answer 7: not_signed_in"]);
}

#[test]
fn an_account_is_kept_by_whoever_does_not_say_yes() {
    let mut machine = asked();
    machine.on(Person::Pressed(Action::Back)).does(["tell screen account"]);
    assert_eq!(machine.screen(), "account (without app)");
    machine.on(Page::ScreenRequested { request: 7, screen: Screen::DeleteAccount });
    machine.does(["tell screen delete-account", "answer 7: done"]);
    machine.on(Page::ResetRequested).does(["tell screen account"]);
}

#[test]
fn what_fails_is_told_and_may_be_tried_again() {
    let mut machine = asked();
    for (refusal, told) in [
        (("TooManyRequestsException", ""), "throttled"),
        (("ResourceNotFoundException", ""), "unexpected"),
        (("UserLambdaValidationException", "x failed with error Not on Sundays."), "service"),
    ] {
        machine.filled_in(&[]).does(["call DeleteUser"]);
        machine.refused(refusal).does([&format!("tell error {told} on delete-account")]);
    }
    machine.filled_in(&[]).does(["call DeleteUser"]);
    machine.unreachable().does(["tell error network on delete-account"]);
    // The call had arrived all the same.
    machine.filled_in(&[]).does(["call DeleteUser"]);
    machine.refused(("UserNotFoundException", "User does not exist."));
    machine.does(["forget", "tell signed-out deleted", "tell screen account"]);
}

#[test]
fn what_a_refresh_brings_after_that_is_revoked() {
    let mut machine = asked();
    machine.filled_in(&[]).does(["call DeleteUser"]);
    let deletion = machine.late_call();
    machine.now += 2 * HOUR;
    machine.tokens_requested(7).does(["lock"]);
    machine.lock_acquired(Some(stored(1, NOW + HOUR))).does(["call GetTokensFromRefreshToken"]);
    let reply = cognito_protocol::flow::Outcome::Replied { id: deletion, reply: Ok(json!({}).into()), service_millis: None };
    machine.on(cognito_protocol::flow::Event::from(reply));
    machine.does(["unlock", "answer 7: not_signed_in", "forget", "tell signed-out deleted", "tell screen account"]);
    machine.refreshed(2).does([]);
}
