//! The elements among other things: two of them, moved about, in the light DOM, wrongly configured.

use local_pool::seed::{MFA_ON_CLIENT, MFA_ON_POOL, PASSWORD};
use serde_json::json;

use super::signed_in;
use crate::{
    pages::{Kind, LoginPage, SignedInPage, TotpSetupPage, Widget},
    stage::{Page, run},
};

#[test]
fn an_element_that_is_removed_while_it_waits_starts_anew() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        let hold = stage.pool.hold("RespondToAuthChallenge");
        login.sign_in("srp@example.com", PASSWORD).await;
        stage.pool.wait_for("RespondToAuthChallenge", 1).await;
        login.widget.script("window.kept = element; element.remove()").await;
        drop(hold);
        stage.browser.script("return new Promise((done) => setTimeout(done)).then(() => document.body.append(kept))", &[]).await;
        let login = LoginPage::shown(login.widget).await;
        assert_eq!((login.name().await.as_str(), login.password().await.as_str()), ("", ""));
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
        assert_eq!(stage.events_of("signed-in").await.len(), 1, "the lost reply signs nobody in");
    });
}

#[test]
fn an_element_that_is_moved_goes_on() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        let hold = stage.pool.hold("RespondToAuthChallenge");
        login.sign_in("srp@example.com", PASSWORD).await;
        stage.pool.wait_for("RespondToAuthChallenge", 1).await;
        login
            .widget
            .script("document.body.append(document.createElement('main')); document.querySelector('main').append(element)")
            .await;
        drop(hold);
        SignedInPage::shown(login.widget).await;
        assert_eq!(stage.pool.count("InitiateAuth"), 1);
    });
}

#[test]
fn two_pools_on_one_page_know_nothing_of_each_other() {
    run(async |stage| {
        let other = [("id", "other"), ("user-pool-id", MFA_ON_POOL), ("client-id", MFA_ON_CLIENT)];
        stage.open(&Page::login(&[("id", "one")]).with("cognito-login", &other)).await;
        let (one, other) = (Widget::at(stage, "#one"), Widget::at(stage, "#other"));
        LoginPage::shown(one).await.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(one).await;
        let login = LoginPage::shown(other).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(other).await;
        setup.enter(&setup.scan().await.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(other).await;
        let signed_in: Vec<String> = stage
            .events()
            .await
            .into_iter()
            .filter(|event| event.kind == "cognito-login-signed-in")
            .map(|event| event.target)
            .collect();
        assert_eq!(signed_in, ["one", "other"]);

        SignedInPage::shown(one).await.sign_out().await;
        LoginPage::shown(one).await;
        stage.reload().await;
        SignedInPage::shown(other).await;
        LoginPage::shown(one).await;
    });
}

#[test]
fn the_light_dom_works_as_well() {
    run(async |stage| {
        let page = signed_in(stage, &[("shadow", "none")]).await;
        assert_eq!(page.widget.script("return element.shadowRoot").await, json!(null));
        assert_eq!(page.widget.script("return document.querySelectorAll('style, [style]').length").await, 0);
        let look = page.widget.script("return getComputedStyle(element.querySelector('.card')).borderRadius").await;
        assert_ne!(look, "0px", "the style sheet applies");
    });
}

#[test]
fn a_wrong_configuration_names_the_attribute_and_can_be_put_right() {
    run(async |stage| {
        stage.open(&Page::login(&[("user-pool-id", "nonsense")])).await;
        let widget = Widget::login(stage);
        let error = "user-pool-id: \"nonsense\" is not a user pool id, such as eu-central-1_AbCdEfGhI";
        widget.alert(&format!("This sign-in form is not set up correctly. {error}")).await;
        assert_eq!(
            stage.event("error").await,
            json!({ "code": "configuration", "message": error, "screen": "", "retryable": false })
        );
        widget.script("element.userPoolId = 'us-east-1_LocalPool'").await;
        LoginPage::shown(widget).await.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn a_client_that_does_not_exist_is_the_page_authors_matter() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("client-id", "nosuchclient")]).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        login.widget.alert("Something went wrong. Please try again.").await;
        let error = stage.event("error").await;
        assert_eq!((&error["code"], &error["retryable"]), (&json!("client_unknown"), &json!(false)));
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("nosuchclient"), "{error}");
        // The console has it too, and nothing else.
        stage.console_tells_faults(&["client_unknown"]).await;
    });
}

#[test]
fn the_page_may_give_the_name_and_begin_anew() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[("username", "srp@example.com"), ("auth-flow", "CUSTOM_AUTH")]).await;
        assert_eq!(login.name().await, "srp@example.com");
        login.sign_in("email-code@example.com", PASSWORD).await;
        login.widget.find(Kind::Heading, "Check your email").await;
        login.widget.script("return element.reset()").await;
        let login = LoginPage::shown(login.widget).await;
        assert_eq!(login.password().await, "");
    });
}
