//! Password, then a code by e-mail.

use local_pool::seed::PASSWORD;
use serde_json::{Value, json};
use triggers::CodeLength;

use crate::{
    pages::{CodePage, EMAIL_CODE, Kind, LoginPage, SignedInPage, Widget, other_than},
    stage::{Page, Stage, run, run_with, until},
};

pub(super) const EMAIL: &str = "email-code@example.com";
pub(super) const FLOW: &[(&str, &str)] = &[("auth-flow", "CUSTOM_AUTH")];
const WRONG: &str = "That code is not right. Check it and try again.";

/// Signs in as far as the code, and answers the code that was mailed.
pub(super) async fn asked_for_code(stage: &Stage) -> (CodePage<'_>, String) {
    let login = LoginPage::open(stage, FLOW).await;
    login.sign_in(EMAIL, PASSWORD).await;
    let page = CodePage::shown(login.widget, EMAIL_CODE).await;
    let code = stage.pool.mailed_code(EMAIL).await;
    stage.is_secret(&code);
    (page, code)
}

#[test]
fn a_wrong_code_may_be_corrected() {
    run(wrong_then_right);
}

pub(super) async fn wrong_then_right(stage: &Stage) {
    let (page, code) = asked_for_code(stage).await;
    page.widget.find(Kind::Text, "We sent a verification code to e***@e***.").await;
    page.widget.focus_on("field Verification code").await;

    page.enter(&other_than(&code)).await;
    page.widget.alert(WRONG).await;
    assert_eq!(page.code().await, "", "the code itself is not kept");
    assert_eq!(page.widget.attribute("Verification code", "aria-invalid").await.as_deref(), Some("true"));
    page.widget.focus_on("field Verification code").await;
    let error = json!({ "code": "wrong_code", "message": WRONG, "screen": "email-code", "retryable": true });
    assert_eq!(stage.event("error").await, error);

    page.enter(&code).await;
    SignedInPage::shown(page.widget).await;
    assert_eq!(stage.event("signed-in").await["claims"]["email"], EMAIL);
}

#[test]
fn a_code_may_be_typed_as_people_type_it() {
    run(async |stage| {
        let (page, code) = asked_for_code(stage).await;
        let full_width: String = code.chars().map(|digit| char::from_u32(digit as u32 - 0x30 + 0xff10).unwrap()).collect();
        page.enter(&format!(" {}－{} ", &full_width[..9], &full_width[9..])).await;
        SignedInPage::shown(page.widget).await;
    });
}

#[test]
fn a_new_code_replaces_the_old_one() {
    run(old_then_new);
}

pub(super) async fn old_then_new(stage: &Stage) {
    let (page, old) = asked_for_code(stage).await;
    page.widget.press("Send a new code").await;
    page.widget.status("We sent a new code.").await;
    let new = until("another code", async || {
        let newest = stage.pool.mailed_code(EMAIL).await;
        (newest != old).then_some(newest)
    });
    let new = new.await;
    // The next one can be asked for after a while, and the button says so.
    let button = page.widget.find(Kind::Button, "Send a new code").await;
    assert_eq!(button.attr("aria-disabled").await.unwrap().as_deref(), Some("true"));

    page.enter(&old).await;
    page.widget.alert(WRONG).await;
    page.enter(&new).await;
    SignedInPage::shown(page.widget).await;
    assert_eq!(stage.pool.count("InitiateAuth"), 2);
}

/// Screen readers watch the places for news that are there, and tell of alerts that come.
#[test]
fn news_and_errors_are_announced_once() {
    run(async |stage| {
        let (page, _) = asked_for_code(stage).await;
        let listen = "
            const places = [...seen.nodes(element)].filter((node) => node.role === 'status');
            seen.announced = [];
            const announce = ({ target, addedNodes }) => {
                const alerts = [...addedNodes].flatMap((node) => [...seen.nodes(node)]).filter((node) => node.role === 'alert');
                const news = places.includes(target) ? [...addedNodes] : [];
                seen.announced.push(...[...alerts, ...news].map((node) => node.textContent));
            };
            const observer = new MutationObserver((records) => records.forEach(announce));
            observer.observe(element.shadowRoot, { childList: true, subtree: true });";
        page.widget.script(listen).await;
        page.widget.press("Send a new code").await;
        page.widget.status("We sent a new code.").await;
        page.enter("00000000").await;
        page.widget.alert(WRONG).await;
        page.enter("00000000").await;
        until("a third announcement", async || {
            let announced = stage.browser.script("return seen.announced", &[]).await;
            (announced.as_array().unwrap().len() >= 3)
                .then(|| assert_eq!(announced, json!(["We sent a new code.", WRONG, WRONG])))
        })
        .await;
    });
}

#[test]
fn another_new_code_can_be_asked_for_when_the_triggers_allow_it() {
    run_with(
        |pool| pool.with(|settings| settings.triggers.resend_after_secs = 1),
        async |stage| {
            let (page, _) = asked_for_code(stage).await;
            page.widget.press("Send a new code").await;
            stage.pool.wait_for("InitiateAuth", 2).await;
            page.widget.status("We sent a new code.").await;
            // Pressed until the countdown is over: before that it does nothing.
            until("the third sign-in", async || {
                page.widget.press("Send a new code").await;
                (stage.pool.count("InitiateAuth") == 3).then_some(())
            })
            .await;
            // The words are the same as before, and the mail is there before the widget hears of it.
            let third = async || (stage.events_of("challenge").await.len() == 3).then_some(());
            until("the third challenge", third).await;
            page.widget.status("We sent a new code.").await;
            page.enter(&stage.pool.mailed_code(EMAIL).await).await;
            SignedInPage::shown(page.widget).await;
        },
    );
}

#[test]
fn three_wrong_codes_end_the_sign_in() {
    run(wrong_three_times);
}

pub(super) async fn wrong_three_times(stage: &Stage) {
    let (page, code) = asked_for_code(stage).await;
    let wrong = other_than(&code);
    for tried in 1..=2 {
        page.enter(&wrong).await;
        stage.pool.wait_for("RespondToAuthChallenge", 1 + tried).await;
        page.widget.alert(WRONG).await;
        until("an empty field", async || page.code().await.is_empty().then_some(())).await;
    }
    page.enter(&wrong).await;
    let login = LoginPage::shown(page.widget).await;
    login.widget.alert("The code was wrong too many times. Please sign in again.").await;
    assert_eq!((login.name().await.as_str(), login.password().await.as_str()), (EMAIL, ""));
    // The code is worth nothing any more; the next sign-in brings another.
    login.sign_in(EMAIL, PASSWORD).await;
    let page = CodePage::shown(login.widget, EMAIL_CODE).await;
    assert_ne!(stage.pool.mailed_code(EMAIL).await, code);
    page.enter(&stage.pool.mailed_code(EMAIL).await).await;
    SignedInPage::shown(page.widget).await;
}

#[test]
fn a_session_that_is_over_leads_back_to_sign_in_with_the_name() {
    run(async |stage| {
        let (page, code) = asked_for_code(stage).await;
        stage.pool.advance_secs(181);
        page.enter(&code).await;
        let login = LoginPage::shown(page.widget).await;
        login.widget.alert("Your sign-in took too long. Please sign in again.").await;
        assert_eq!((login.name().await.as_str(), login.password().await.as_str()), (EMAIL, ""));
        login.widget.focus_on("field Password").await;
    });
}

#[test]
fn the_length_of_a_code_is_the_triggers_matter() {
    run_with(|pool| pool.with(|settings| settings.triggers.code_length = CodeLength::new(8).unwrap()), eight_digits);
}

pub(super) async fn eight_digits(stage: &Stage) {
    let (page, code) = asked_for_code(stage).await;
    assert_eq!(code.len(), 8);
    page.enter(&code).await;
    SignedInPage::shown(page.widget).await;
}

#[test]
fn a_code_that_is_too_old_is_told_from_a_wrong_one() {
    run_with(|pool| pool.with(|settings| settings.triggers.code_ttl_secs = 60), too_late);
}

/// The code's life is shorter than the session's.
async fn too_late(stage: &Stage) {
    let (page, old) = asked_for_code(stage).await;
    stage.pool.advance_secs(61);
    page.enter(&old).await;
    page.widget.alert("That code has expired. Send a new one.").await;
    page.widget.press("Send a new code").await;
    page.widget.status("We sent a new code.").await;
    page.enter(&stage.pool.mailed_code(EMAIL).await).await;
    SignedInPage::shown(page.widget).await;
}

#[test]
fn the_page_may_take_a_challenge_over() {
    run(async |stage| {
        stage.open(&Page::login(FLOW).taking_over()).await;
        let login = LoginPage::shown(Widget::login(stage)).await;
        login.sign_in(EMAIL, PASSWORD).await;
        let parameters = &stage.event("challenge").await["parameters"];
        assert_eq!(parameters["type"], "EMAIL_CODE");
        assert_eq!(parameters["codeLength"], "6");
        login.widget.gone(Kind::Field, "Verification code").await;
        assert!(!login.widget.has(Kind::Button, "Verify").await);

        let code = stage.pool.mailed_code(EMAIL).await;
        stage.is_secret(&code);
        stage.browser.script("seen.challenge.respond(arguments[0])", &[json!(other_than(&code))]).await;
        login.widget.alert(WRONG).await;
        stage.browser.script("seen.challenge.respond(arguments[0])", &[json!(code)]).await;
        SignedInPage::shown(login.widget).await;
    });
}

/// Makes the code a question of another kind, as other triggers ask it.
pub(super) fn as_riddle(reply: &mut Value) {
    if reply["ChallengeName"] == "CUSTOM_CHALLENGE" {
        reply["ChallengeParameters"] = json!({ "type": "RIDDLE", "title": "Answer the riddle", "hint": "It has keys and opens no door.", "USERNAME":
                reply["ChallengeParameters"]["USERNAME"] });
    }
}

#[test]
fn a_challenge_of_the_pools_own_is_shown_in_its_words() {
    run(async |stage| {
        stage.pool.change_replies("RespondToAuthChallenge", as_riddle);
        let login = LoginPage::open(stage, FLOW).await;
        login.sign_in(EMAIL, PASSWORD).await;
        login.widget.find(Kind::Heading, "Answer the riddle").await;
        login.widget.find(Kind::Text, "It has keys and opens no door.").await;
        assert_eq!(stage.event("screen").await, json!({ "screen": "custom-challenge" }));
        let code = stage.pool.mailed_code(EMAIL).await;
        login.widget.fill("Answer", &other_than(&code)).await;
        login.widget.press("Continue").await;
        login.widget.alert(WRONG).await;
        login.widget.fill("Answer", &code).await;
        login.widget.press("Continue").await;
        SignedInPage::shown(login.widget).await;
    });
}
