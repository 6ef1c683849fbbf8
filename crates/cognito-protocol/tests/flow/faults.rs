//! A configuration that works for nobody: the person reads a calm sentence, and the page's author a code of its own.

use cognito_protocol::{
    fault::Fault,
    flow::{CallError, Outcome, Page, SignInFlow},
};

use super::{
    machine::Machine,
    service::{NAME, PASSWORD},
};

const ENDPOINT: &str = "https://cognito-idp.us-east-1.amazonaws.com";

fn asked() -> Machine {
    let mut machine = Machine::at_sign_in(SignInFlow::Srp);
    machine.submitted(NAME, PASSWORD).does(["derive A"]);
    machine.derived().does(["call InitiateAuth"]);
    machine
}

#[test]
fn what_the_page_set_up_wrongly_is_told_by_its_own_code_and_what_was_typed_stays() {
    for (code, message, fault) in [
        ("ResourceNotFoundException", "User pool client 1example23456789 does not exist.", Fault::ClientUnknown),
        ("ResourceNotFoundException", "User pool us-east-1_Nowhere does not exist.", Fault::PoolUnknown),
        ("InvalidParameterException", "USER_SRP_AUTH flow not enabled for this client", Fault::FlowNotAllowed),
        ("InvalidParameterException", "USER_SRP_AUTH is not enabled for the client.", Fault::FlowNotAllowed),
        ("FeatureUnavailableInTierException", "Upgrade the pool.", Fault::FeaturePlan),
        ("NotAuthorizedException", "SignUp is not permitted for this user pool", Fault::SignUpOff),
    ] {
        let mut machine = asked();
        machine.refused((code, message)).does([&format!("tell error {} on sign-in", fault.code())]);
        assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! configuration"), "{message}");
        let notice = machine.notice();
        assert_eq!((notice.fault(), notice.text(), notice.is_retryable()), (Some(fault), Some(message), false));
        assert_eq!(notice.service_code.as_deref(), Some(code));
    }
}

#[test]
fn a_request_that_the_pages_policy_blocks_is_no_reply_to_the_person_and_a_fault_to_the_author() {
    let mut machine = asked();
    let id = machine.late_call();
    machine.on(Outcome::Replied { id, reply: Err(CallError::Blocked(ENDPOINT.to_owned())), service_millis: None });
    machine.does(["tell error csp_blocked on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) ! network"));
    assert_eq!((machine.notice().text(), machine.notice().is_retryable()), (Some(ENDPOINT), false));
}

#[test]
fn what_is_seen_outside_of_the_machine_is_told_and_hinders_nobody() {
    let mut machine = asked();
    machine.on(Page::FaultFound { fault: Fault::DeviceClockOff, said: "6 minutes behind".to_owned() });
    machine.does(["tell error device_clock_off on sign-in"]);
    assert_eq!(machine.screen(), format!("sign-in ({NAME}) busy"));
    machine.refused(("NotAuthorizedException", "Incorrect username or password."));
    machine.does(["tell error wrong_credentials on sign-in"]);
}
