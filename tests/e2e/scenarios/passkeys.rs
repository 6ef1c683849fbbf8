//! Passkeys, by an authenticator that the browser takes for a real one.

use local_pool::seed::{CHOICE_CLIENT, CHOICE_POOL, PASSWORD};
use serde_json::{Value, json};

use super::reset_password::answers;
use crate::{
    pages::{AccountPage, Kind, LoginPage, SignedInPage, Widget},
    stage::{Authenticator, Page, Stage, run, until},
};

const NAME: &str = "choose-factor@example.com";
const CHOICE: &str = "Choose how to sign in";
const CANCELLED: &str = "The passkey request was cancelled or took too long. Please try again.";
const FAILED: &str = "The passkey could not be used. Please try again.";
const WRONG_HOST: &str = "Passkeys do not work at this address of the site.";

fn page(tag: &'static str, attributes: &[(&str, &str)]) -> Page {
    let mut all = vec![("auth-flow", "USER_AUTH"), ("user-pool-id", CHOICE_POOL), ("client-id", CHOICE_CLIENT)];
    all.extend_from_slice(attributes);
    // The pool's passkeys are for `localhost`.
    Page::new().with(tag, &all).on_localhost()
}

async fn login<'a>(stage: &'a Stage, attributes: &[(&str, &str)]) -> Widget<'a> {
    stage.open(&page("cognito-login", attributes)).await;
    LoginPage::shown(Widget::login(stage)).await.widget
}

/// Types the name, and goes on.
async fn named(widget: Widget<'_>) {
    widget.fill("Email", NAME).await;
    widget.press("Continue").await;
}

/// Signs in with the password, and opens the account, which has no passkeys yet.
async fn account<'a>(stage: &'a Stage) -> Widget<'a> {
    let widget = login(stage, &[("preferred-challenge", "PASSWORD_SRP")]).await;
    LoginPage::shown(widget).await.sign_in(NAME, PASSWORD).await;
    SignedInPage::shown(widget).await;
    let account = opened_account(stage).await;
    account.find(Kind::Button, "Add a passkey").await;
    account
}

async fn opened_account<'a>(stage: &'a Stage) -> Widget<'a> {
    stage.open(&page("cognito-account", &[])).await;
    let account = AccountPage::shown(Widget::account(stage)).await.widget;
    account.find(Kind::Heading, "Passkeys").await;
    account
}

/// Adds one in the account.
async fn add(account: Widget<'_>) {
    account.press("Add a passkey").await;
    account.status("Your passkey is added.").await;
}

async fn sign_out(stage: &Stage) {
    let widget = Widget::login(stage);
    stage.open(&page("cognito-login", &[])).await;
    SignedInPage::shown(widget).await.sign_out().await;
}

/// How many rows the account's list has.
async fn rows(account: Widget<'_>) -> u64 {
    let count = "return [...seen.nodes(element)].filter((node) => node.localName === 'li').length;";
    account.script(count).await.as_u64().unwrap()
}

#[test]
fn a_passkey_is_added_signs_in_and_is_removed() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        assert_eq!(rows(widget).await, 0);
        add(widget).await;
        assert_eq!((rows(widget).await, authenticator.passkeys().await), (1, 1));
        sign_out(stage).await;

        // By the person's choice, which is offered first from then on.
        let widget = login(stage, &[]).await;
        named(widget).await;
        widget.find(Kind::Heading, CHOICE).await;
        widget.press("Passkey").await;
        SignedInPage::shown(widget).await.sign_out().await;
        named(widget).await;
        widget.find(Kind::Heading, CHOICE).await;
        let first = "for (const node of seen.nodes(element)) if (node.localName === 'button') return node.textContent.trim();";
        assert_eq!(widget.script(first).await, "Passkey");

        // By the page's.
        let widget = login(stage, &[("preferred-challenge", "WEB_AUTHN")]).await;
        named(widget).await;
        SignedInPage::shown(widget).await;

        let account = opened_account(stage).await;
        let label = "for (const node of seen.nodes(element)) if (node.ariaLabel?.startsWith('Remove ')) return node.ariaLabel;";
        let label = account.script(label).await.as_str().unwrap().to_owned();
        assert!(label.len() > "Remove ".len());
        account.press(&label).await;
        account.status("The passkey is removed.").await;
        assert_eq!(rows(account).await, 0);
        stage.reload().await;
        AccountPage::shown(account).await;
        account.find(Kind::Heading, "Passkeys").await;
        assert_eq!(rows(account).await, 0);
        sign_out(stage).await;

        // The user has none any more: the choice comes in its place.
        let widget = login(stage, &[("preferred-challenge", "WEB_AUTHN")]).await;
        named(widget).await;
        widget.find(Kind::Heading, CHOICE).await;
        assert!(!widget.has(Kind::Button, "Passkey").await);
        authenticator.unplug().await;
    });
}

#[test]
fn a_device_has_one_passkey_of_an_account() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        add(widget).await;
        widget.press("Add a passkey").await;
        widget.alert("This device already has a passkey for your account.").await;
        assert_eq!((rows(widget).await, authenticator.passkeys().await), (1, 1));
        authenticator.unplug().await;
    });
}

#[test]
fn whoever_is_not_recognised_chooses_another_way_or_tries_again() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        authenticator.recognises(false).await;
        widget.press("Add a passkey").await;
        widget.alert(CANCELLED).await;
        authenticator.recognises(true).await;
        add(widget).await;
        sign_out(stage).await;

        authenticator.recognises(false).await;
        let widget = login(stage, &[("preferred-challenge", "WEB_AUTHN")]).await;
        named(widget).await;
        widget.find(Kind::Heading, CHOICE).await;
        widget.alert(CANCELLED).await;
        widget.press("Passkey").await;
        // Told once more, with a choice that is new.
        stage.error(2).await;
        widget.alert(CANCELLED).await;
        authenticator.recognises(true).await;
        until("the passkey to sign in".to_owned(), async || {
            widget.press_if_there("Passkey").await;
            widget.has(Kind::Heading, "You are signed in").await.then_some(())
        })
        .await;
        authenticator.unplug().await;
    });
}

#[test]
fn the_dialog_is_closed_when_the_sign_in_is_left() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        add(widget).await;
        sign_out(stage).await;
        let idle = authenticator.left_alone().await;

        let widget = login(stage, &[]).await;
        // Counts the dialogs that the page has open.
        let count = "window.open_dialogs = 0;
            const get = navigator.credentials.get.bind(navigator.credentials);
            navigator.credentials.get = (options) => { open_dialogs++; return get(options).finally(() => open_dialogs--); };";
        stage.browser.script(count, &[]).await;
        let dialogs = async |number: u64| {
            let look = async || (stage.browser.script("return open_dialogs", &[]).await.as_u64() == Some(number)).then_some(());
            until(format!("{number} dialogs"), look).await;
        };
        for leave in ["press", "reset", "remove"] {
            named(widget).await;
            widget.find(Kind::Heading, CHOICE).await;
            widget.press("Passkey").await;
            dialogs(1).await;
            match leave {
                "press" => widget.press("Back to sign in").await,
                "reset" => drop(widget.script("await element.reset()").await),
                _ => drop(widget.script("element.remove()").await),
            }
            dialogs(0).await;
            if leave != "remove" {
                widget.find(Kind::Button, "Continue").await;
            }
        }
        idle.unplug().await;
    });
}

#[test]
fn a_page_on_another_host_is_told_so() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        add(widget).await;
        sign_out(stage).await;

        let attributes = [
            ("auth-flow", "USER_AUTH"),
            ("user-pool-id", CHOICE_POOL),
            ("client-id", CHOICE_CLIENT),
            ("preferred-challenge", "WEB_AUTHN"),
        ];
        stage.open(&Page::login(&attributes)).await;
        let widget = LoginPage::shown(Widget::login(stage)).await.widget;
        named(widget).await;
        widget.find(Kind::Heading, CHOICE).await;
        widget.alert(WRONG_HOST).await;
        let errors: Vec<_> = stage.events().await.into_iter().filter(|event| event.kind == "cognito-login-error").collect();
        assert_eq!((errors.len(), &errors[0].detail["code"]), (1, &"passkey_wrong_host".into()));

        widget.press("Password").await;
        LoginPage::shown(widget).await.sign_in(NAME, PASSWORD).await;
        SignedInPage::shown(widget).await;
        stage.open(&Page::new().with("cognito-account", &attributes[..3])).await;
        let account = AccountPage::shown(Widget::account(stage)).await.widget;
        account.press("Add a passkey").await;
        account.alert(WRONG_HOST).await;
        stage.console_tells_faults(&["passkey_wrong_host", "passkey_wrong_host"]).await;
        authenticator.unplug().await;
    });
}

#[test]
fn what_the_browser_cannot_be_asked_is_told_and_breaks_nothing() {
    /// What a broken or hostile service asks.
    const NONSENSE: [fn(&mut Value); 5] = [
        |reply| ask(reply, "no JSON".to_owned()),
        |reply| ask(reply, "null".to_owned()),
        |reply| ask(reply, r#"{"challenge":5,"allowCredentials":"all"}"#.to_owned()),
        |reply| ask(reply, r#"{"challenge":"AAAA","rpId":{},"timeout":-1e300,"allowCredentials":[{"id":null}]}"#.to_owned()),
        |reply| ask(reply, format!(r#"{{"challenge":"{}"}}"#, "[".repeat(50_000))),
    ];
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        stage.pool.change_replies("StartWebAuthnRegistration", |reply| {
            reply["CredentialCreationOptions"] =
                json!({ "challenge": 5, "rp": [], "user": { "id": "%%" }, "pubKeyCredParams": "none" });
        });
        widget.press("Add a passkey").await;
        widget.alert(FAILED).await;
        stage.pool.change_replies("StartWebAuthnRegistration", |_| {});
        add(widget).await;
        sign_out(stage).await;
        for nonsense in NONSENSE {
            let widget = login(stage, &[("preferred-challenge", "WEB_AUTHN")]).await;
            stage.pool.change_replies("InitiateAuth", nonsense);
            named(widget).await;
            widget.find(Kind::Heading, CHOICE).await;
            widget.alert(FAILED).await;
        }
        authenticator.unplug().await;
    });
}

/// Changes what a challenge asks of the browser.
fn ask(reply: &mut Value, options: String) {
    if let Some(asked) = reply.pointer_mut("/ChallengeParameters/CREDENTIAL_REQUEST_OPTIONS") {
        *asked = options.into();
    }
}

#[test]
fn a_browser_without_the_conversions_signs_in_too() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let old = "for (const name of ['parseCreationOptionsFromJSON', 'parseRequestOptionsFromJSON']) delete PublicKeyCredential[name];
            delete PublicKeyCredential.prototype.toJSON;";
        let widget = account(stage).await;
        stage.browser.script(old, &[]).await;
        add(widget).await;
        sign_out(stage).await;
        let widget = login(stage, &[("preferred-challenge", "WEB_AUTHN")]).await;
        stage.browser.script(old, &[]).await;
        named(widget).await;
        SignedInPage::shown(widget).await;
        authenticator.unplug().await;
    });
}

#[test]
fn a_browser_without_passkeys_offers_none() {
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        add(widget).await;
        sign_out(stage).await;
        stage.open(&page("cognito-login", &[("preferred-challenge", "WEB_AUTHN")]).without_passkeys()).await;
        let widget = LoginPage::shown(Widget::login(stage)).await.widget;
        named(widget).await;
        widget.find(Kind::Heading, CHOICE).await;
        assert!(!widget.has(Kind::Button, "Passkey").await);
        authenticator.unplug().await;
    });
}

#[test]
fn passkeys_that_the_service_does_not_take_are_told() {
    const FIRST: &str = "StartWebAuthnRegistration";
    const SECOND: &str = "CompleteWebAuthnRegistration";
    run(async |stage| {
        let authenticator = Authenticator::plug_in(&stage.browser).await;
        let widget = account(stage).await;
        for (number, (operation, code, body)) in (1..).zip([
            (SECOND, "passkey_refused", r#"{"__type":"WebAuthnCredentialNotSupportedException","message":"No."}"#),
            (SECOND, "passkey_expired", r#"{"__type":"WebAuthnChallengeNotFoundException","message":"No."}"#),
            (FIRST, "passkey_limit", r#"{"__type":"LimitExceededException","message":"No."}"#),
            (FIRST, "passkeys_off", r#"{"__type":"WebAuthnNotEnabledException","message":"No."}"#),
        ]) {
            answers(stage, operation, 400, body);
            widget.press("Add a passkey").await;
            assert_eq!(stage.error(number).await["code"], code);
        }
        // Where the pool has none, nobody is asked for one.
        widget.gone(Kind::Button, "Add a passkey").await;
        stage.reload().await;
        let old = "navigator.credentials.create = async () => { throw new DOMException('No.', 'NotSupportedError'); }";
        stage.browser.script(old, &[]).await;
        widget.press("Add a passkey").await;
        assert_eq!(stage.error(1).await["code"], "passkey_unsupported");
        authenticator.unplug().await;
    });
}
