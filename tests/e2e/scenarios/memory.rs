//! What whoever can read the browser's memory finds in the WebAssembly's.

use cognito_protocol::totp::grouped_secret;
use local_pool::seed::{CLIENT, EMAIL_CODE_CLIENT, MFA_ON_CLIENT, MFA_ON_POOL, PASSWORD, TOTP_SECRET};

use super::{signed_in, tour::tour, tour_words::EN};
use crate::{
    pages::{Authenticator, CodePage, EMAIL_CODE, LoginPage, SignedInPage, TOTP_CODE, TotpSetupPage, other_than},
    stage::{Stage, run, run_with},
};

const PASSWORDS: [&str; 2] = [PASSWORD, "not the password"];

/// Screens at which the password must be there: a new code can be sent, now or next, and takes the sign-in from its beginning; or the
/// sign-in begins by itself after the code.
const RENEWABLE: [&str; 7] =
    ["confirm-sign-up", "email-code", "email-code-wrong", "email-code-new", "sms-code", "choose-mfa", "email-setup"];

/// Fails when more is in the memory than somebody who is signed in needs.
async fn holds_tokens_alone(stage: &Stage, at: &str, each: usize) {
    let memory = stage.memory().await;
    memory.holds_no_proof(at, &[PASSWORD]);
    assert_eq!(memory.count(PASSWORD), 0, "{at}: the password");
    for member in ["AccessToken", "IdToken", "RefreshToken"] {
        let token = memory.replied(member);
        assert!(memory.count(&token) <= each, "{at}: {} times the {member}", memory.count(&token));
    }
}

#[test]
fn no_screen_leaves_secrets_in_memory() {
    run(async |stage| {
        stage.watch_memory();
        tour(stage, &EN, async |screen| {
            if screen == "configuration" {
                return;
            }
            let memory = stage.memory().await;
            memory.holds_no_proof(screen, &PASSWORDS);
            if !RENEWABLE.contains(&screen) {
                assert_eq!(memory.count(PASSWORD), 0, "{screen}: the password");
            }
        })
        .await;
    });
}

#[test]
fn a_session_is_all_that_is_left_of_a_sign_in() {
    for (storage, each) in [("session", 1), ("local", 1), ("memory", 2)] {
        run(async |stage| {
            stage.watch_memory();
            let signed_in = signed_in(stage, &[("storage", storage)]).await;
            holds_tokens_alone(stage, storage, each).await;
            signed_in.widget.script("return element.getTokens().then(() => null)").await;
            holds_tokens_alone(stage, storage, each).await;
            signed_in.sign_out().await;
            LoginPage::shown(signed_in.widget).await;
            stage.pool.wait_for("RevokeToken", 1).await;
            holds_tokens_alone(stage, &format!("{storage}, signed out"), 0).await;
        });
    }
}

#[test]
fn a_proof_that_is_given_up_leaves_nothing_in_memory() {
    run(async |stage| {
        stage.watch_memory();
        let login = LoginPage::open(stage, &[]).await;
        // Each slice of a computation is asked for by a message.
        let remove = "const { postMessage } = MessagePort.prototype;
            let slices = 0;
            window.removed = new Promise((resolve) => {
                MessagePort.prototype.postMessage = function (...message) {
                    postMessage.apply(this, message);
                    slices += watched.exchanges.length;
                    // Some way into the power that makes S.
                    if (slices !== 10) return;
                    window.meanwhile = watched.dump();
                    element.remove();
                    resolve(watched.exchanges.length);
                };
            });";
        login.widget.script(remove).await;
        login.sign_in("srp@example.com", PASSWORD).await;
        assert_eq!(stage.browser.script("return removed", &[]).await, 1);
        // It can be found, so that it is not for nothing that it is looked for.
        let meanwhile = stage.memory_of("meanwhile").await.proofs("the proof under way", &[PASSWORD]);
        assert!(meanwhile.contains_key("a power of B - k·g^x"), "{meanwhile:?}");
        assert!(meanwhile.contains_key("s = a + u·x"), "{meanwhile:?}");
        let memory = stage.memory().await;
        memory.holds_no_proof("the proof given up", &[PASSWORD]);
        assert_eq!(memory.count(PASSWORD), 0, "the proof given up: the password");
        assert_eq!(stage.pool.operations(), ["InitiateAuth"]);
    });
}

#[test]
fn codes_are_gone_when_they_are_answered() {
    run(async |stage| {
        stage.watch_memory();
        let login = LoginPage::open(stage, &[("auth-flow", "CUSTOM_AUTH"), ("client-id", EMAIL_CODE_CLIENT)]).await;
        login.sign_in("email-code@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, EMAIL_CODE).await;
        let code = stage.pool.mailed_code("email-code@example.com").await;
        page.enter(&other_than(&code)).await;
        page.widget.alert("That code is not right. Check it and try again.").await;
        stage.memory().await.holds_no_proof("a wrong code", &[PASSWORD]);
        page.enter(&code).await;
        SignedInPage::shown(page.widget).await;
        holds_tokens_alone(stage, "the right code", 1).await;

        let login = LoginPage::open(stage, &[("storage", "memory")]).await;
        login.sign_in("totp@example.com", PASSWORD).await;
        let page = CodePage::shown(login.widget, TOTP_CODE).await;
        let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
        page.enter(&app.code_at(stage.pool.now_secs())).await;
        SignedInPage::shown(page.widget).await;
        holds_tokens_alone(stage, "the app's code", 2).await;
    });
}

#[test]
fn the_setup_key_is_gone_when_the_app_is_set_up() {
    run(async |stage| {
        stage.watch_memory();
        stage.pool.begin_totp_step();
        let login = LoginPage::open(stage, &[("user-pool-id", MFA_ON_POOL), ("client-id", MFA_ON_CLIENT)]).await;
        login.sign_in("totp-setup@example.com", PASSWORD).await;
        let setup = TotpSetupPage::shown(login.widget).await;
        let app = setup.scan().await;
        let secret = stage.memory().await.replied("SecretCode");
        let code = app.code_at(stage.pool.now_secs());
        setup.enter(&other_than(&code)).await;
        setup.widget.alert("That code is not right. Check it and try again.").await;
        stage.memory().await.holds_no_proof("a wrong code", &[PASSWORD]);
        setup.enter(&code).await;
        SignedInPage::shown(setup.widget).await;
        holds_tokens_alone(stage, "the app set up", 1).await;
        let memory = stage.memory().await;
        for key in [&secret, &grouped_secret(&secret), &app.uri] {
            assert_eq!(memory.count(key), 0, "the setup key");
        }
    });
}

#[test]
fn a_password_that_was_sent_is_gone_too() {
    let allowed = |pool: local_pool::Builder| pool.with_client(CLIENT, |client| client.allow_user_password_auth = true);
    run_with(allowed, async |stage| {
        stage.watch_memory();
        let login = LoginPage::open(stage, &[("auth-flow", "USER_PASSWORD_AUTH")]).await;
        login.sign_in("srp@example.com", "not the password").await;
        login.widget.alert("Incorrect email or password.").await;
        assert_eq!(stage.memory().await.count("not the password"), 0);
        login.sign_in("srp@example.com", PASSWORD).await;
        SignedInPage::shown(login.widget).await;
        holds_tokens_alone(stage, "the password sent", 1).await;
        assert_eq!(stage.pool.operations(), ["InitiateAuth", "InitiateAuth"]);
    });
}
