//! Sign-in with another provider, whom the local pool plays.

use fantoccini::{elements::Element, key::Key};
use local_pool::seed::{FEDERATION_CLIENT, LOCAL_POOL, PASSWORD};
use serde_json::json;

use super::first_form::fields_before_wasm;
use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget},
    stage::{Answer, Page, Stage, run, until},
};

const GOOGLE: &str = "Continue with Google";
const CANCELLED: &str = "You cancelled the sign-in. Try again, or sign in another way.";
const FAILED: &str = "The sign-in did not work. Try again, or sign in another way.";
const TOKEN: &str = "/oauth2/token";

type Attributes<'a> = Vec<(&'a str, &'a str)>;

/// The attributes of an element that lets people sign in with Google and a company.
fn federated(stage: &Stage) -> Attributes<'_> {
    vec![
        ("client-id", FEDERATION_CLIENT),
        ("oauth-domain", &stage.pool.url),
        ("oauth-providers", "Google MyCompany"),
        ("oauth-scopes", "openid email profile aws.cognito.signin.user.admin"),
    ]
}

/// Opens a page that the app client comes back to.
async fn open(stage: &Stage, page: &Page) -> String {
    stage.open(page).await;
    let url = // Nothing while the browser is between two pages.
    stage.browser.script("return location.href", &[]).await.as_str().unwrap_or_default().to_owned();
    register(stage, &[&url]).await;
    url
}

/// Tells the pool the callback and logout URLs.
async fn register(stage: &Stage, urls: &[&str]) {
    let client = json!({ "callbackURLs": urls, "logoutURLs": urls });
    let patch = json!({ "pools": { (LOCAL_POOL): { "clients": { (FEDERATION_CLIENT): client } } } }).to_string();
    let url = format!("{}/local/settings", stage.pool.url);
    tokio::task::spawn_blocking(move || ureq::patch(url).send(patch).unwrap()).await.unwrap();
}

async fn form(stage: &Stage) -> (LoginPage<'_>, String) {
    let url = open(stage, &Page::login(&federated(stage))).await;
    (LoginPage::shown(Widget::login(stage)).await, url)
}

/// A link of the provider's page.
async fn link(stage: &Stage, text: &str) -> Element {
    let script = "return [...document.querySelectorAll('a')].find((link) => link.textContent.startsWith(arguments[0])) ?? null";
    until(format!("the link `{text}`"), async || stage.browser.element(script, &[json!(text)]).await).await
}

async fn choose(stage: &Stage, text: &str) {
    link(stage, text).await.click().await.unwrap();
}

async fn signs_in<'a>(login: &LoginPage<'a>) -> SignedInPage<'a> {
    login.widget.press(GOOGLE).await;
    choose(login.widget.stage, "Continue as Jane Doe").await;
    SignedInPage::shown(login.widget).await
}

async fn address(stage: &Stage) -> String {
    // Nothing while the browser is between two pages.
    stage.browser.script("return location.href", &[]).await.as_str().unwrap_or_default().to_owned()
}

/// The keys of what is kept of a way to a provider.
async fn kept(stage: &Stage) -> usize {
    let entries = stage.storage("sessionStorage").await;
    entries.iter().filter(|(key, _)| key.starts_with("cognito-login.oauth")).count()
}

#[test]
fn a_whole_way_there_and_back() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        let page = signs_in(&login).await;
        page.widget.find(Kind::Text, "jane@google.example.com").await;
        let told = stage.event("signed-in").await;
        assert_eq!(told["username"], "Google_100000000000000000001");
        assert_eq!(told["claims"]["identities"][0]["providerName"], "Google");
        assert_eq!(address(stage).await, url, "neither code nor state is in the address");
        assert_eq!((kept(stage).await, stage.pool.count(TOKEN)), (0, 1));
        let entries = stage.storage("sessionStorage").await;
        let metadata = entries.iter().find(|(key, _)| key.ends_with(".Google_100000000000000000001.oauthMetadata"));
        assert_eq!(metadata.unwrap().1, r#"{"oauthSignIn":true}"#);
        stage.reload().await;
        SignedInPage::shown(login.widget).await;
        assert_eq!(stage.pool.count(TOKEN), 1);
    });
}

#[test]
fn whoever_comes_back_sees_no_form_first() {
    run(async |stage| {
        open(stage, &Page::login(&federated(stage)).with_late_wasm()).await;
        let widget = Widget::login(stage);
        assert_eq!(fields_before_wasm(stage).await, 2, "on the way there");
        LoginPage::shown(widget).await;
        widget.press(GOOGLE).await;
        choose(stage, "Continue as Jane Doe").await;
        assert_eq!(fields_before_wasm(stage).await, 0, "on the way back");
        SignedInPage::shown(widget).await;
    });
}

#[test]
fn the_way_back_leads_to_the_page_that_was_named() {
    run(async |stage| {
        let back = open(stage, &Page::login(&federated(stage))).await;
        let attributes = [&federated(stage)[..], &[("oauth-redirect-uri", back.as_str())]].concat();
        stage.open(&Page::login(&attributes)).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        assert_ne!(address(stage).await, back);
        signs_in(&login).await;
        assert_eq!(address(stage).await, back);
    });
}

#[test]
fn the_session_is_refreshed_like_any_other() {
    run(async |stage| {
        let (login, _) = form(stage).await;
        signs_in(&login).await;
        let tokens = "return element.getTokens().then((tokens) => tokens.expiresAt)";
        let before = login.widget.script(tokens).await;
        stage.pool.advance_secs(3600);
        login.widget.script("seen.clockAhead = 3600_000").await;
        let after = login.widget.script(tokens).await;
        assert!(after.as_f64() > before.as_f64(), "{before} {after}");
        assert_eq!(stage.pool.count("GetTokensFromRefreshToken"), 1);
    });
}

#[test]
fn cancelling_and_failing_are_told_and_the_form_goes_on() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        for (choice, words, code) in
            [("Cancel", CANCELLED, "provider_cancelled"), ("Let the provider fail", FAILED, "provider_failed")]
        {
            login.widget.press(GOOGLE).await;
            choose(stage, choice).await;
            login.widget.alert(words).await;
            assert_eq!(stage.event("error").await["code"], code);
            assert_eq!(address(stage).await, url);
        }
        assert_eq!((kept(stage).await, stage.pool.count(TOKEN)), (0, 0));
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
        assert!(stage.storage("sessionStorage").await.iter().all(|(key, _)| !key.contains("oauth")));
    });
}

#[test]
fn what_the_client_may_not_ask_for_is_told_to_the_author() {
    run(async |stage| {
        let mut attributes = federated(stage);
        attributes.retain(|(name, _)| *name != "oauth-scopes");
        attributes.push(("oauth-scopes", "openid shop/buy"));
        open(stage, &Page::login(&attributes)).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.widget.press(GOOGLE).await;
        login.widget.alert("Something went wrong. Please try again.").await;
        let told = stage.event("error").await;
        assert_eq!((&told["code"], &told["serviceCode"]), (&json!("oauth_refused"), &json!("invalid_scope")));
        stage.console_tells_faults(&["oauth_refused"]).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_code_that_is_refused_leads_to_the_form() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        let refused = Answer { status: 400, content_type: "application/json", body: r#"{"error":"invalid_grant"}"# };
        stage.pool.answer_next(TOKEN, refused);
        login.widget.press(GOOGLE).await;
        choose(stage, "Continue as Jane Doe").await;
        login.widget.alert(FAILED).await;
        assert_eq!(stage.event("error").await["serviceCode"], "invalid_grant");
        assert_eq!(address(stage).await, url);
        // Once more: the browser is signed in at the pool's domain by now, so nobody is asked.
        login.widget.press(GOOGLE).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn a_policy_that_keeps_the_page_from_the_domain_is_told() {
    run(async |stage| {
        // The pool by a name that the page's policy does not have. Navigation is none of `connect-src`.
        let domain = stage.pool.url.replace("127.0.0.1", "localhost");
        let mut attributes = federated(stage);
        attributes.retain(|(name, _)| *name != "oauth-domain");
        attributes.push(("oauth-domain", &domain));
        let url = open(stage, &Page::login(&attributes)).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.widget.press(GOOGLE).await;
        choose(stage, "Continue as Jane Doe").await;
        login.widget.alert("We could not reach the sign-in service. Check your connection and try again.").await;
        let told = stage.event("error").await;
        assert_eq!((&told["code"], &told["retryable"]), (&json!("csp_blocked"), &json!(false)));
        let message = told["message"].as_str().unwrap();
        assert!(message.contains("connect-src") && message.contains(&format!("({domain})")), "{message}");
        assert_eq!((address(stage).await, kept(stage).await, stage.pool.count(TOKEN)), (url, 0, 0));
        // The endpoint is none of it.
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
        stage.policy_forbade(&format!("{domain}{TOKEN}"), "csp_blocked").await;
    });
}

#[test]
fn a_state_that_is_not_of_this_tab_is_left_alone() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        // A link that somebody made up, with nothing under way and with something.
        let made_up = format!("{url}?code=somebody-elses&state=made-up");
        stage.browser.goto(&made_up).await;
        LoginPage::shown(login.widget).await;
        assert_eq!(address(stage).await, made_up);
        login.widget.press(GOOGLE).await;
        link(stage, "Cancel").await;
        let provider = address(stage).await;
        stage.browser.goto(&made_up).await;
        LoginPage::shown(login.widget).await;
        assert_eq!((address(stage).await, kept(stage).await), (made_up, 1));
        // The right state in another tab.
        let state = provider.split('&').find_map(|pair| pair.strip_prefix("state=")).unwrap().to_owned();
        stage.browser.new_tab().await;
        stage.browser.goto(&format!("{url}?code=a-code&state={state}")).await;
        LoginPage::shown(login.widget).await;
        assert_eq!((kept(stage).await, stage.pool.count(TOKEN)), (0, 0));
    });
}

#[test]
fn a_code_that_comes_again_is_not_exchanged() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        login.widget.press(GOOGLE).await;
        let first = link(stage, "Continue as Jane Doe").await;
        let state = address(stage).await;
        let state = state.split('&').find_map(|pair| pair.strip_prefix("state=")).unwrap().to_owned();
        first.click().await.unwrap();
        let page = SignedInPage::shown(login.widget).await;
        // "Back" leads to the provider, where the browser is signed in by now, and from there here again, with an old state.
        stage.browser.script("history.back()", &[]).await;
        until("the way back", async || address(stage).await.contains("code=").then_some(())).await;
        SignedInPage::shown(page.widget).await;
        stage.browser.goto(&format!("{url}?code=a-code&state={state}")).await;
        SignedInPage::shown(page.widget).await;
        assert_eq!(stage.pool.count(TOKEN), 1);
    });
}

#[test]
fn whoever_comes_back_without_choosing_finds_the_form() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        login.widget.fill("Email", "srp@example.com").await;
        login.widget.press(GOOGLE).await;
        link(stage, "Cancel").await;
        assert!(address(stage).await.contains("login_hint=srp%40example.com"));
        stage.browser.script("history.back()", &[]).await;
        until("the page", async || (address(stage).await == url).then_some(())).await;
        let login = LoginPage::shown(login.widget).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn signing_out_ends_the_session_of_the_browser_too() {
    run(async |stage| {
        let (login, url) = form(stage).await;
        let page = signs_in(&login).await;
        page.sign_out().await;
        stage.pool.wait_for("RevokeToken", 1).await;
        until("the page after the sign-out", async || {
            let is_new = "return performance.getEntriesByType('navigation')[0].name === location.href && seen.events.every(({ type }) => !type.endsWith('signed-out'))";
            stage.browser.try_script(is_new).await.as_bool().filter(|is_new| *is_new)
        })
        .await;
        let login = LoginPage::shown(login.widget).await;
        assert_eq!(address(stage).await, url);
        assert!(stage.storage("sessionStorage").await.iter().all(|(key, _)| !key.contains("Google") && !key.contains("oauth")));
        // The provider asks again.
        signs_in(&login).await;
    });
}

#[test]
fn a_session_by_the_password_is_signed_out_without_leaving() {
    run(async |stage| {
        let (login, _) = form(stage).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        let page = SignedInPage::shown(login.widget).await;
        page.sign_out().await;
        assert_eq!(stage.event("signed-out").await["reason"], "requested");
        LoginPage::shown(login.widget).await;
    });
}

#[test]
fn the_keyboard_is_enough() {
    run(async |stage| {
        let (login, _) = form(stage).await;
        login.widget.click_into("Email").await;
        for _ in 0..10 {
            if login.widget.focused().await == format!("button {GOOGLE}") {
                break;
            }
            stage.browser.press_key(Key::Tab).await;
        }
        login.widget.focus_on(&format!("button {GOOGLE}")).await;
        stage.browser.press_key(Key::Enter).await;
        link(stage, "Cancel").await;
        stage.browser.press_key(Key::Tab).await;
        stage.browser.press_key(Key::Enter).await;
        SignedInPage::shown(login.widget).await;
    });
}

#[test]
fn of_two_elements_one_takes_the_code_and_the_other_its_session() {
    run(async |stage| {
        let attributes = federated(stage);
        open(stage, &Page::login(&attributes).with("cognito-account", &attributes)).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        signs_in(&login).await;
        let account = Widget::account(stage);
        let words = "You sign in with Google, which keeps your password and your second steps.";
        account.find(Kind::Text, words).await;
        account.find(Kind::Heading, "Contact details").await;
        for section in ["Password", "Authenticator app", "Text message codes", "Email codes"] {
            assert!(!account.has(Kind::Heading, section).await, "{section}");
        }
        assert_eq!(stage.pool.count(TOKEN), 1);
    });
}

#[test]
fn an_account_without_the_scope_says_what_is_missing() {
    run(async |stage| {
        let mut attributes = federated(stage);
        attributes.retain(|(name, _)| *name != "oauth-scopes");
        open(stage, &Page::login(&attributes).with("cognito-account", &attributes)).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        signs_in(&login).await;
        Widget::account(stage).alert("Your settings cannot be shown after this sign-in.").await;
        let told = stage.event("error").await;
        assert_eq!(told["code"], "scope_missing");
        let message = told["message"].as_str().unwrap();
        assert!(message.contains("aws.cognito.signin.user.admin") && message.contains("oauth-scopes"), "{message}");
        stage.console_tells_faults(&["scope_missing"]).await;
    });
}

#[test]
fn a_page_keeps_the_rest_of_its_address() {
    run(async |stage| {
        stage.open(&Page::login(&federated(stage))).await;
        let bare = address(stage).await;
        let back = format!("{bare}?keep=a%20b&more");
        let mut attributes = federated(stage);
        attributes.push(("oauth-redirect-uri", back.as_str()));
        stage.open(&Page::login(&attributes)).await;
        // The URL of the other page, which has the same element but for its redirect URI.
        register(stage, &[&back]).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        signs_in(&login).await;
        assert_eq!(address(stage).await, back);
    });
}
