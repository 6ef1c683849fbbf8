//! A network that fails and a service that answers nonsense.

use local_pool::seed::PASSWORD;

use super::signed_in;
use crate::{
    pages::{CodePage, EMAIL_CODE, LoginPage, SignedInPage},
    stage::{Answer, run},
};

const UNREACHABLE: &str = "We could not reach the sign-in service. Check your connection and try again.";
const WRONG_SOMEHOW: &str = "Something went wrong. Please try again.";
const JSON: &str = "application/x-amz-json-1.1";

#[test]
fn a_pool_that_is_down_is_told_and_nothing_typed_is_lost() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        stage.pool.stop();
        login.sign_in("srp@example.com", PASSWORD).await;
        login.widget.alert(UNREACHABLE).await;
        assert_eq!((login.name().await.as_str(), login.password().await.as_str()), ("srp@example.com", PASSWORD));
        let error = stage.event("error").await;
        assert_eq!((error["code"].as_str(), error["retryable"].as_bool()), (Some("network"), Some(true)));
        stage.pool.go_on();
        login.submit().await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_network_that_fails_in_the_midst_of_a_code_keeps_the_challenge_open() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("auth-flow", "CUSTOM_AUTH")]).await;
        login.sign_in("email-code@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, EMAIL_CODE).await;
        let code = stage.pool.mailed_code("email-code@example.com").await;
        stage.pool.stop();
        page.enter(&code).await;
        page.widget.alert(UNREACHABLE).await;
        page.widget.press("Send a new code").await;
        // The same words as before.
        stage.error(2).await;
        page.widget.alert(UNREACHABLE).await;
        stage.pool.go_on();
        page.enter(&code).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn a_sign_out_needs_no_network() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        stage.pool.stop();
        page.sign_out().await;
        LoginPage::shown(page.widget).await;
        assert_eq!(stage.storage("sessionStorage").await, []);
    });
}

#[test]
fn replies_that_are_not_the_protocols_end_in_a_notice() {
    let answers = [
        (Answer { status: 500, content_type: "text/html", body: "<html><h1>Internal Server Error</h1></html>" }, WRONG_SOMEHOW),
        (Answer { status: 200, content_type: "text/html", body: "<html>Sign in to the hotel's network</html>" }, WRONG_SOMEHOW),
        (Answer { status: 200, content_type: JSON, body: "{\"ChallengeName\":\"PASSWORD_VERI" }, WRONG_SOMEHOW),
        (Answer { status: 200, content_type: JSON, body: "" }, WRONG_SOMEHOW),
        (Answer { status: 200, content_type: JSON, body: "[]" }, WRONG_SOMEHOW),
        (
            Answer { status: 200, content_type: JSON, body: "{\"AuthenticationResult\":{\"AccessToken\":\"no JWT\"}}" },
            WRONG_SOMEHOW,
        ),
        (Answer { status: 200, content_type: JSON, body: "{\"AuthenticationResult\":{\"AccessToken\":{}}}" }, WRONG_SOMEHOW),
        (Answer { status: 200, content_type: JSON, body: "{\"__proto__\":{\"AuthenticationResult\":{}}}" }, WRONG_SOMEHOW),
        (Answer { status: 200, content_type: JSON, body: "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]" }, WRONG_SOMEHOW),
        (Answer { status: 502, content_type: "text/plain", body: "" }, WRONG_SOMEHOW),
        (Answer { status: 429, content_type: "text/html", body: "slow down" }, "Too many attempts. Please wait and try again."),
        (
            Answer {
                status: 400,
                content_type: JSON,
                body: "{\"__type\":\"TooManyRequestsException\",\"message\":\"Rate exceeded\"}",
            },
            "Too many attempts. Please wait and try again.",
        ),
        (
            Answer { status: 400, content_type: JSON, body: "{\"__type\":\"SomethingNewException\",\"message\":\"?\"}" },
            WRONG_SOMEHOW,
        ),
        (
            Answer {
                status: 400,
                content_type: JSON,
                body: "{\"__type\":\"UserLambdaValidationException\",\"message\":\"PreAuthentication failed with error We are \
                       closed on Sundays..\"}",
            },
            "Something went wrong. Please try again. We are closed on Sundays.",
        ),
        (
            Answer {
                status: 200,
                content_type: JSON,
                body: "{\"ChallengeName\":\"SOMETHING_NEW\",\"ChallengeParameters\":{},\"Session\":\"aaaaaaaaaaaaaaaaaaaaaaaa\"}",
            },
            "This account needs a sign-in step that is not available here.",
        ),
    ];
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        for (answer, text) in answers {
            let before = stage.events_of("error").await.len();
            stage.pool.answer_next("InitiateAuth", answer.clone());
            login.sign_in("srp@example.com", PASSWORD).await;
            stage.error(before + 1).await;
            login.widget.alert(text).await;
            assert_eq!((login.name().await.as_str(), login.password().await.as_str()), ("srp@example.com", PASSWORD));
        }
        login.submit().await;
        SignedInPage::shown(login.widget).await;
    });
}
