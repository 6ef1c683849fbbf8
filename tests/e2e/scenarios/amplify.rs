//! A page that uses Amplify as well: each finds, refreshes and ends the other's session. The real library in a real browser.

use local_pool::{
    Format,
    seed::{CLIENT, PASSWORD},
};
use serde_json::{Value, json};

use crate::{
    pages::{Kind, LoginPage, SignedInPage, Widget},
    stage::{Page, Stage, run, run_with},
};

const REFRESH: &str = "GetTokensFromRefreshToken";
const AN_HOUR: &str = "seen.clockAhead += 3600_000";
const EMAIL: &str = "srp@example.com";

/// The stores that both can have.
const STORES: [&str; 3] = ["local", "session", "adapter"];

/// A page with a login element and Amplify.
fn page(store: &str, attributes: &[(&str, &str)]) -> Page {
    let mut all = vec![("storage", if store == "adapter" { "memory" } else { store })];
    all.extend(attributes);
    Page::login(&all).with_amplify(store)
}

/// What the page's script resolves to, or the name or code of the error.
async fn amplify(stage: &Stage, call: &str) -> Value {
    let script = format!("return Promise.resolve(amplify.{call}).then((value) => value ?? null, (error) => error.name)");
    stage.browser.script(&script, &[]).await
}

async fn our_token(widget: Widget<'_>) -> Value {
    widget.script("return element.getTokens().then((tokens) => tokens.accessToken, (error) => error.code)").await
}

/// The keys of the app client in both of the browser's stores, without what the adapter puts before them.
async fn keys(stage: &Stage) -> Vec<String> {
    let mut keys = Vec::new();
    for which in ["localStorage", "sessionStorage"] {
        keys.extend(stage.storage(which).await.into_iter().map(|(key, _)| key.trim_start_matches("page.").to_owned()));
    }
    keys
}

#[test]
fn amplify_reads_refreshes_and_ends_our_session() {
    run(async |stage| {
        for store in STORES {
            stage.open(&page(store, &[])).await;
            let login = LoginPage::shown(Widget::login(stage)).await;
            assert_eq!(amplify(stage, "getCurrentUser()").await, "UserUnAuthenticatedException", "{store}");
            login.sign_in(EMAIL, PASSWORD).await;
            let here = SignedInPage::shown(login.widget).await;
            let told = stage.event("signed-in").await;

            let user = amplify(stage, "getCurrentUser()").await;
            assert_eq!((&user["username"], &user["userId"]), (&told["username"], &told["claims"]["sub"]), "{store}");
            assert_eq!(user["signInDetails"]["loginId"], EMAIL);
            let ours = our_token(here.widget).await;
            let refreshes = stage.pool.count(REFRESH);
            assert_eq!(amplify(stage, "accessToken()").await, ours);
            assert_eq!(stage.pool.count(REFRESH), refreshes, "it is as fresh for Amplify as it is here");

            let theirs = amplify(stage, "accessToken({ forceRefresh: true })").await;
            assert_ne!(theirs, ours);
            assert_eq!(our_token(here.widget).await, theirs);
            // And we refresh once more by what Amplify left.
            here.widget.script(AN_HOUR).await;
            let ours = our_token(here.widget).await;
            assert_ne!(ours, theirs);
            assert_eq!(amplify(stage, "accessToken()").await, ours);
            assert_eq!(stage.pool.count(REFRESH), refreshes + 2, "{store}");

            amplify(stage, "signOut()").await;
            assert_eq!(our_token(here.widget).await, "not_signed_in", "{store}");
            LoginPage::shown(here.widget).await;
            assert_eq!(stage.event("signed-out").await, json!({ "reason": "elsewhere" }));
            assert_eq!(keys(stage).await, Vec::<String>::new(), "{store}");
        }
    });
}

#[test]
fn we_read_refresh_and_end_amplifys_session() {
    run(async |stage| {
        for store in STORES {
            stage.open(&page(store, &[])).await;
            let widget = Widget::login(stage);
            LoginPage::shown(widget).await;
            let signed_in = amplify(stage, &format!("signIn({{ username: '{EMAIL}', password: '{PASSWORD}' }})")).await;
            assert_eq!(signed_in["isSignedIn"], true, "{signed_in}");
            let theirs = amplify(stage, "accessToken()").await;
            assert_eq!(our_token(widget).await, theirs, "{store}");
            let here = SignedInPage::shown(widget).await;
            assert_eq!(stage.event("signed-in").await["claims"]["email"], EMAIL);

            let refreshes = stage.pool.count(REFRESH);
            widget.script(AN_HOUR).await;
            let ours = our_token(widget).await;
            assert_ne!(ours, theirs);
            assert_eq!(amplify(stage, "accessToken()").await, ours);
            assert_eq!(stage.pool.count(REFRESH), refreshes + 1, "what we refreshed is fresh for Amplify");
            // What Amplify wrote of the sign-in is still there.
            let details = amplify(stage, "getCurrentUser()").await["signInDetails"].clone();
            assert_eq!(details, json!({ "loginId": EMAIL, "authFlowType": "USER_SRP_AUTH" }), "{store}");

            // The next page finds it, too.
            stage.reload().await;
            SignedInPage::shown(widget).await;
            here.sign_out().await;
            LoginPage::shown(widget).await;
            assert_eq!(amplify(stage, "getCurrentUser()").await, "UserUnAuthenticatedException", "{store}");
            assert_eq!(amplify(stage, "accessToken()").await, Value::Null);
            assert_eq!(keys(stage).await, Vec::<String>::new(), "{store}");
        }
    });
}

#[test]
fn what_amplify_does_in_one_tab_the_elements_of_the_others_follow() {
    run(async |stage| {
        let page = page("local", &[]);
        let widget = Widget::login(stage);
        stage.open(&page).await;
        LoginPage::shown(widget).await;
        stage.open_tab(&page).await;
        LoginPage::shown(widget).await;
        let tabs = stage.browser.tabs().await;

        amplify(stage, &format!("signIn({{ username: '{EMAIL}', password: '{PASSWORD}' }})")).await;
        let theirs = amplify(stage, "accessToken()").await;
        stage.browser.switch_to(&tabs[0]).await;
        SignedInPage::shown(widget).await;
        assert_eq!(stage.event("signed-in").await["claims"]["email"], EMAIL);
        assert_eq!(stage.events_of("signed-in").await.len(), 1, "it is told when it is whole, and once");
        assert_eq!(our_token(widget).await, theirs);

        stage.browser.switch_to(&tabs[1]).await;
        amplify(stage, "signOut()").await;
        stage.browser.switch_to(&tabs[0]).await;
        LoginPage::shown(widget).await;
        assert_eq!(stage.event("signed-out").await, json!({ "reason": "elsewhere" }));
    });
}

#[test]
fn a_wrong_clock_means_the_same_to_both() {
    run(async |stage| {
        let mut refreshes = 0;
        for secs in [-7200, 7200] {
            let page = page("local", &[]).clock_ahead_secs(secs);
            stage.open(&page).await;
            let widget = Widget::login(stage);
            LoginPage::shown(widget).await.sign_in(EMAIL, PASSWORD).await;
            SignedInPage::shown(widget).await;
            assert_eq!(amplify(stage, "accessToken()").await, our_token(widget).await);
            // Amplify signs nobody in with such a clock: the service refuses its timestamp. It refreshes, though.
            let theirs = amplify(stage, "accessToken({ forceRefresh: true })").await;
            assert_eq!(our_token(widget).await, theirs);
            stage.reload().await;
            assert_eq!(our_token(widget).await, theirs);
            SignedInPage::shown(widget).await.sign_out().await;
            LoginPage::shown(widget).await;
            refreshes += 1;
            assert_eq!(stage.pool.count(REFRESH), refreshes, "{secs}");
        }
    });
}

#[test]
fn refresh_tokens_that_rotate_go_from_one_to_the_other() {
    let rotating = |pool: local_pool::Builder| pool.with_client(CLIENT, |client| client.refresh_token_rotation = true);
    run_with(rotating, async |stage| {
        stage.open(&page("local", &[])).await;
        let widget = Widget::login(stage);
        LoginPage::shown(widget).await.sign_in(EMAIL, PASSWORD).await;
        SignedInPage::shown(widget).await;
        for turn in 1..=2 {
            let theirs = amplify(stage, "accessToken({ forceRefresh: true })").await;
            assert_eq!(our_token(widget).await, theirs);
            widget.script(AN_HOUR).await;
            assert_ne!(our_token(widget).await, theirs);
            assert_eq!(stage.pool.count(REFRESH), 2 * turn);
        }
    });
}

#[test]
fn names_with_dots_are_names_to_both() {
    const POOLS: &str = r#"
        [pools.eu-west-1_Names]
        usernameAttributes = []
        autoVerifiedAttributes = ["email"]
        [pools.eu-west-1_Names.clients.names]
    "#;
    run_with(
        |pool| pool.with_config(POOLS, Format::Toml).unwrap(),
        async |stage| {
            let attributes = [("username-kind", "username"), ("user-pool-id", "eu-west-1_Names"), ("client-id", "names")];
            stage.open(&page("local", &attributes)).await;
            let widget = Widget::login(stage);
            widget.find(Kind::Field, "Username").await;
            let name = "ada.accessToken.idToken";
            let sign_up = format!(
                "signUp({{ username: '{name}', password: '{PASSWORD}', options: {{ userAttributes: {{ email: 'ada@example.com' }} }} }})"
            );
            amplify(stage, &sign_up).await;
            let code = stage.pool.mailed_code("ada@example.com").await;
            amplify(stage, &format!("confirmSignUp({{ username: '{name}', confirmationCode: '{code}' }})")).await;

            amplify(stage, &format!("signIn({{ username: '{name}', password: '{PASSWORD}' }})")).await;
            assert_eq!(our_token(widget).await, amplify(stage, "accessToken()").await);
            let here = SignedInPage::shown(widget).await;
            assert_eq!(stage.event("signed-in").await["username"], name);
            here.sign_out().await;
            assert_eq!(keys(stage).await, Vec::<String>::new());

            widget.fill("Username", name).await;
            widget.fill("Password", PASSWORD).await;
            widget.press("Sign in").await;
            SignedInPage::shown(widget).await;
            assert_eq!(amplify(stage, "getCurrentUser()").await["username"], name);
            assert_eq!(amplify(stage, "accessToken()").await, our_token(widget).await);
            amplify(stage, "signOut()").await;
            assert_eq!(our_token(widget).await, "not_signed_in");
            assert_eq!(keys(stage).await, Vec::<String>::new());
        },
    );
}
