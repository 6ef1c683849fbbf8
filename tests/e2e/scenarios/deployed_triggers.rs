//! The e-mail code by the programs that are deployed: Lambda functions that the pool calls, and that mail through SES.

use std::time::{Duration, Instant};

use local_pool::seed::PASSWORD;

use super::email_code::{EMAIL, FLOW, asked_for_code, eight_digits, old_then_new, wrong_then_right, wrong_three_times};
use crate::{
    pages::LoginPage,
    stage::{run_deployed, until},
};

#[test]
fn a_wrong_code_may_be_corrected() {
    run_deployed(&[], async |stage| {
        wrong_then_right(stage).await;
        // The functions told what they did, and nothing about whom.
        let logs = stage.function_logs();
        assert!(logs.iter().any(|line| line.contains("CreateAuthChallenge_Authentication")), "{logs:#?}");
        let code = stage.pool.mailed_code(EMAIL).await;
        for line in logs {
            assert!(!line.contains(&code) && !line.contains("example.com"), "{line}");
        }
    });
}

#[test]
fn a_new_code_replaces_the_old_one() {
    run_deployed(&[], old_then_new);
}

#[test]
fn three_wrong_codes_end_the_sign_in() {
    run_deployed(&[], wrong_three_times);
}

#[test]
fn the_length_of_a_code_is_the_deployers_matter() {
    run_deployed(&[("CODE_LENGTH", "8")], eight_digits);
}

#[test]
fn a_code_that_is_too_old_is_told_from_a_wrong_one() {
    run_deployed(&[("CODE_TTL_SECONDS", "1"), ("RESEND_AFTER_SECONDS", "0")], async |stage| {
        let (page, code) = asked_for_code(stage).await;
        // The functions go by the machine's clock, which nobody can advance.
        let mailed = Instant::now();
        until("the end of the code's life", async || (mailed.elapsed() > Duration::from_secs(1)).then_some(())).await;
        page.enter(&code).await;
        page.widget.alert("That code has expired. Send a new one.").await;
    });
}

#[test]
fn a_mail_that_is_not_taken_is_told_where_the_person_is() {
    // The pool's SES takes mail from example.com alone.
    run_deployed(&[("EMAIL_SENDER", "no-reply@example.org")], async |stage| {
        let login = LoginPage::open(stage, FLOW).await;
        login.sign_in(EMAIL, PASSWORD).await;
        let text = "We could not send the e-mail with your code.";
        login.widget.alert(&format!("Something went wrong. Please try again. {text}")).await;
        assert_eq!(login.name().await, EMAIL);
        let explained = until("the reason in the log", async || {
            stage.function_logs().into_iter().find(|line| line.contains("the mail was not taken"))
        });
        let line = explained.await;
        assert!(line.contains("MessageRejected") && line.contains("verify the sender in SES"), "{line}");
    });
}
