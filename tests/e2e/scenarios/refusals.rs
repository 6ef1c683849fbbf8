//! What the service refuses, by the codes of the error event: for the page's author where a configuration is wrong, else for the person.

use local_pool::seed::PASSWORD;

use super::{account_of, email_code::as_riddle, reset_password::answers, signed_in};
use crate::{
    pages::{Kind, LoginPage, SignedInPage},
    stage::{Stage, run},
};

/// An operation is refused by each of the bodies in turn, whenever `act` asks for it; each is told by its code.
async fn are_told(stage: &Stage, operation: &'static str, refusals: &[(&str, &'static str)], mut act: impl AsyncFnMut()) {
    for (code, body) in refusals {
        let before = stage.events_of("error").await.len();
        answers(stage, operation, 400, body);
        act().await;
        assert_eq!(stage.error(before + 1).await["code"], *code, "{body}");
    }
}

#[test]
fn what_is_set_up_wrongly_is_the_page_authors_matter() {
    const REFUSALS: [(&str, &str); 5] = [
        ("pool_unknown", r#"{"__type":"ResourceNotFoundException","message":"User pool us-east-1_LocalPool does not exist."}"#),
        (
            "flow_not_allowed",
            r#"{"__type":"InvalidParameterException","message":"USER_SRP_AUTH is not enabled for the client."}"#,
        ),
        ("feature_plan", r#"{"__type":"FeatureUnavailableInTierException","message":"Not in this tier."}"#),
        (
            "secret_hash_missing",
            r#"{"__type":"NotAuthorizedException","message":"Client localclient is configured with secret but SECRET_HASH was not received"}"#,
        ),
        (
            "secret_hash_wrong",
            r#"{"__type":"NotAuthorizedException","message":"Unable to verify secret hash for client localclient"}"#,
        ),
    ];
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        are_told(stage, "InitiateAuth", &REFUSALS, async || {
            login.sign_in("srp@example.com", PASSWORD).await;
            login.widget.alert("Something went wrong. Please try again.").await;
        })
        .await;
        stage.console_tells_faults(&REFUSALS.map(|(code, _)| code)).await;
        login.submit().await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_sign_up_that_cannot_be_says_why() {
    const FAULTS: [(&str, &str); 3] = [
        ("sign_up_off", r#"{"__type":"NotAuthorizedException","message":"SignUp is not permitted for this user pool"}"#),
        (
            "attribute_required",
            r#"{"__type":"InvalidParameterException","message":"Attributes did not conform to the schema: name: The attribute is required\n"}"#,
        ),
        (
            "attribute_not_writable",
            r#"{"__type":"NotAuthorizedException","message":"A client attempted to write unauthorized attribute"}"#,
        ),
    ];
    const OF_INPUT: [(&str, &str); 3] = [
        ("name_invalid", r#"{"__type":"InvalidParameterException","message":"Invalid email address format."}"#),
        (
            "invalid_input",
            r#"{"__type":"InvalidParameterException","message":"Attributes did not conform to the schema: nickname: String must be no longer than 2048 characters"}"#,
        ),
        // The account is there, and its code may still come.
        ("code_not_sent", r#"{"__type":"CodeDeliveryFailureException","message":"Unable to deliver message."}"#),
    ];
    run(async |stage| {
        let widget = LoginPage::open(stage, &[]).await.widget;
        widget.press("Create an account").await;
        widget.find(Kind::Heading, "Create your account").await;
        widget.fill("Email", "new@example.com").await;
        widget.press("Create account").await;
        assert_eq!(stage.error(1).await["code"], "new_password_missing");
        widget.fill("Password", PASSWORD).await;
        are_told(stage, "SignUp", &FAULTS, async || widget.press("Create account").await).await;
        stage.console_tells_faults(&FAULTS.map(|(code, _)| code)).await;
        are_told(stage, "SignUp", &OF_INPUT, async || widget.press("Create account").await).await;
        widget.find(Kind::Heading, "Confirm your account").await;
        let before = stage.events_of("error").await.len();
        widget.press("Confirm").await;
        assert_eq!(stage.error(before + 1).await["code"], "code_missing");
    });
}

#[test]
fn an_answer_may_not_be_empty_and_a_password_not_always_be_reset() {
    run(async |stage| {
        stage.pool.change_replies("RespondToAuthChallenge", as_riddle);
        let login = LoginPage::open(stage, &[("auth-flow", "CUSTOM_AUTH")]).await;
        login.sign_in("email-code@example.com", PASSWORD).await;
        login.widget.find(Kind::Heading, "Answer the riddle").await;
        login.widget.press("Continue").await;
        assert_eq!(stage.error(1).await["code"], "answer_missing");
        login.widget.press("Back to sign in").await;
        LoginPage::shown(login.widget).await.widget.press("Forgot your password?").await;
        login.widget.find(Kind::Heading, "Reset your password").await;
        let refused = [(
            "password_not_resettable",
            r#"{"__type":"InvalidParameterException","message":"Cannot reset password for the user as there is no registered/verified email or phone_number"}"#,
        )];
        are_told(stage, "ForgotPassword", &refused, async || login.widget.press("Send code").await).await;
    });
}

#[test]
fn factors_that_a_pool_does_not_have_or_demands_stay_as_they_are() {
    const NO_APPS: &str =
        r#"{"__type":"SoftwareTokenMFANotFoundException","message":"Software Token MFA is not enabled by the userPool"}"#;
    const REFUSED: &str = r#"{"__type":"InvalidParameterException","message":"User pool does not have this MFA."}"#;
    run(async |stage| {
        let account = account_of(stage, "srp@example.com", &[]).await.widget;
        are_told(stage, "AssociateSoftwareToken", &[("authenticator_unavailable", NO_APPS)], async || {
            account.press("Set up authenticator app").await;
        })
        .await;
        account.find(Kind::Button, "Set up authenticator app").await;
        are_told(stage, "SetUserMFAPreference", &[("factor_unavailable", REFUSED)], async || {
            account.press("Turn on email codes").await;
        })
        .await;
        account.press("Turn on email codes").await;
        account.status("Email codes are turned on.").await;
        are_told(stage, "SetUserMFAPreference", &[("factor_required", REFUSED)], async || {
            account.press("Turn off email codes").await;
        })
        .await;
        account.find(Kind::Button, "Turn off email codes").await;
    });
}

#[test]
fn other_devices_that_cannot_be_signed_out_are_told_to_page_and_person() {
    run(async |stage| {
        let page = signed_in(stage, &[]).await;
        answers(stage, "GlobalSignOut", 500, r#"{"__type":"InternalErrorException","message":""}"#);
        let refused = "return element.signOut({ global: true }).then(() => 'done', (error) => error.code)";
        assert_eq!(page.widget.script(refused).await, "signed_out_here_only");
        LoginPage::shown(page.widget).await;
        assert_eq!(stage.error(1).await["code"], "signed_out_here_only");
        assert_eq!(stage.storage("sessionStorage").await, []);
    });
}

/// A challenge that is for servers. No browser gets it from the service, and whoever gets it all the same is not left waiting.
#[test]
fn a_challenge_for_servers_ends_in_a_notice() {
    const FOR_SERVERS: &str = r#"{"ChallengeName":"ADMIN_NO_SRP_AUTH","ChallengeParameters":{},"Session":"a session that is as long as the service demands"}"#;
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        for operation in ["InitiateAuth", "RespondToAuthChallenge"] {
            let before = stage.events_of("error").await.len();
            answers(stage, operation, 200, FOR_SERVERS);
            login.sign_in("srp@example.com", PASSWORD).await;
            let error = stage.error(before + 1).await;
            assert_eq!((error["code"].as_str(), error["retryable"].as_bool()), (Some("unsupported_challenge"), Some(false)));
            assert!(error["message"].as_str().unwrap().contains("ADMIN_NO_SRP_AUTH"), "{error}");
            login.widget.alert("This account needs a sign-in step that is not available here.").await;
            let login = LoginPage::shown(login.widget).await;
            assert_eq!(login.name().await, "srp@example.com");
        }
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}
