//! Every screen there is, looked at in several ways.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use cognito_protocol::flow::Screen;
use local_pool::seed::{
    CHOICE_CLIENT, CHOICE_POOL, DEVICE_CLIENT, DEVICE_POOL, MFA_ON_CLIENT, MFA_ON_POOL, MFA_PICK_CLIENT, MFA_PICK_POOL,
    NAMED_CLIENT, NAMED_POOL, PASSWORD, TOTP_SECRET,
};
use serde_json::{Value, json};

use super::{
    account_tour::account_forms,
    email_code::as_riddle,
    passkey_tour::passkeys,
    reset_password::{DELIVERED, answers},
    tour_words::{EN, JA, Words},
};
use crate::{
    pages::{Authenticator, Kind, Widget, other_than},
    stage::{Page, Size, Stage, run, until},
};

/// The screens that the page's elements show: what each told last.
async fn shown(stage: &Stage) -> impl Iterator<Item = String> {
    let mut last = BTreeMap::new();
    for event in stage.events().await.into_iter().filter(|event| event.kind == "cognito-login-screen") {
        last.insert(event.target, event.detail["screen"].as_str().unwrap().to_owned());
    }
    last.into_values()
}

/// Leads through every screen, and stops at each with its name.
pub(super) async fn tour(stage: &Stage, words: &Words, mut look: impl AsyncFnMut(&str)) {
    let mut visited = BTreeSet::new();
    let mut stop = async |name: &str| {
        visited.extend(shown(stage).await);
        look(name).await;
    };
    let widget = Widget::login(stage);
    let sign_in = async |email: &str, password: &str| {
        widget.fill(words.email, email).await;
        widget.fill(words.password, password).await;
        widget.press(words.sign_in).await;
    };
    let told = async |role: &str| {
        let is_there = format!("for (const node of seen.nodes(element)) if (node.role === '{role}') return true;");
        until(format!("any {role}"), async || widget.script(&is_there).await.as_bool()).await;
    };
    let page = |attributes: &[(&str, &str)]| Page::login(attributes).lang(words.lang);

    stage.open(&page(&[("user-pool-id", "nonsense")])).await;
    told("alert").await;
    stop("configuration").await;

    stage.open(&page(&[("auth-flow", "CUSTOM_AUTH")])).await;
    widget.find(Kind::Field, words.email).await;
    stop("sign-in").await;
    sign_in("email-code@example.com", "not the password").await;
    told("alert").await;
    stop("sign-in-wrong").await;
    sign_in("email-code@example.com", PASSWORD).await;
    widget.find(Kind::Heading, words.check_your_email).await;
    stop("email-code").await;
    let code = stage.pool.mailed_code("email-code@example.com").await;
    widget.fill(words.code, &other_than(&code)).await;
    widget.press(words.verify).await;
    told("alert").await;
    stop("email-code-wrong").await;
    widget.press(words.new_code).await;
    told("status").await;
    stop("email-code-new").await;

    let providers = [("oauth-domain", "login.example.com"), ("oauth-providers", "Google SignInWithApple MyCompany")];
    stage.open(&page(&providers)).await;
    widget.find(Kind::Field, words.email).await;
    stop("sign-in-providers").await;

    stage.open(&page(&[("sign-up-attributes", "name phone_number")])).await;
    widget.press(words.create_an_account).await;
    widget.find(Kind::Heading, words.create_your_account).await;
    stop("sign-up").await;
    widget.fill(words.email, "new@example.com").await;
    widget.fill(words.password, PASSWORD).await;
    widget.press(words.create_account).await;
    told("alert").await;
    stop("sign-up-wrong").await;
    widget.fill(words.name, "Ann").await;
    widget.fill(words.phone, "+44 20 7946 0018").await;
    widget.press(words.create_account).await;
    widget.find(Kind::Heading, words.confirm_your_account).await;
    stop("confirm-sign-up").await;

    stage.open(&page(&[])).await;
    widget.press(words.forgot).await;
    widget.find(Kind::Heading, words.reset_your_password).await;
    stop("forgot-password").await;
    widget.fill(words.email, "srp@example.com").await;
    answers(stage, "ForgotPassword", 200, DELIVERED);
    widget.press(words.send_code).await;
    widget.find(Kind::Heading, words.choose_password).await;
    stop("reset-password").await;
    widget.fill(words.code, "000000").await;
    widget.fill(words.new_password, "not the password").await;
    answers(stage, "ConfirmForgotPassword", 400, r#"{"__type":"CodeMismatchException","message":""}"#);
    widget.press(words.save_password).await;
    told("alert").await;
    stop("reset-password-wrong").await;

    stage.pool.change_replies("RespondToAuthChallenge", as_riddle);
    stage.open(&page(&[("auth-flow", "CUSTOM_AUTH")])).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("email-code@example.com", PASSWORD).await;
    widget.find(Kind::Heading, "Answer the riddle").await;
    stop("custom-challenge").await;
    stage.pool.change_replies("RespondToAuthChallenge", |_| {});

    stage.open(&page(&[])).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("sms@example.com", PASSWORD).await;
    widget.find(Kind::Heading, words.check_your_phone).await;
    stop("sms-code").await;

    stage.open(&page(&[])).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("choose@example.com", PASSWORD).await;
    widget.find(Kind::Heading, words.choose_how_to_verify).await;
    stop("choose-mfa").await;

    let choice = [("auth-flow", "USER_AUTH"), ("user-pool-id", CHOICE_POOL), ("client-id", CHOICE_CLIENT)];
    stage.open(&page(&choice)).await;
    widget.find(Kind::Field, words.email).await;
    stop("sign-in-name").await;
    widget.fill(words.email, "choose-factor@example.com").await;
    widget.press(words.continue_).await;
    widget.find(Kind::Heading, words.choose_how_to_sign_in).await;
    stop("choose-factor").await;
    widget.press(words.password).await;
    widget.find(Kind::Field, words.password).await;
    stop("sign-in-password").await;

    stage.open(&page(&[("user-pool-id", NAMED_POOL), ("client-id", NAMED_CLIENT)])).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("new-password@example.com", PASSWORD).await;
    widget.find(Kind::Button, words.save_and_sign_in).await;
    stop("new-password").await;

    stage.open(&page(&[("user-pool-id", MFA_PICK_POOL), ("client-id", MFA_PICK_CLIENT)])).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("mfa-pick@example.com", PASSWORD).await;
    widget.find(Kind::Heading, words.choose_how_to_verify).await;
    widget.choose(words.email_choice).await;
    widget.press(words.continue_).await;
    widget.find(Kind::Button, words.send_code).await;
    stop("email-setup").await;

    stage.open(&page(&[("user-pool-id", MFA_ON_POOL), ("client-id", MFA_ON_CLIENT), ("totp-issuer", "Tidewater")])).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("totp-setup@example.com", PASSWORD).await;
    widget.find(Kind::Image, words.qr_code).await;
    stop("totp-setup").await;
    widget.fill(words.code, "000000").await;
    widget.press(words.verify_and_turn_on).await;
    told("alert").await;
    stop("totp-setup-wrong").await;

    // The events tell the elements apart by their ids.
    let both = page(&[("id", "login")]).with("cognito-account", &[("id", "account"), ("totp-issuer", "Tidewater")]);
    stage.open(&both).await;
    let account = Widget::account(stage);
    account.find(Kind::Heading, words.your_account).await;
    stop("account-signed-out").await;
    widget.find(Kind::Field, words.email).await;
    sign_in("totp@example.com", PASSWORD).await;
    widget.find(Kind::Heading, words.authenticator_code).await;
    stop("totp-code").await;
    widget.fill(words.code, "0").await;
    widget.press(words.verify).await;
    told("alert").await;
    stop("totp-code-wrong").await;
    let app = Authenticator::of(&format!("otpauth://totp/Test:totp?secret={TOTP_SECRET}&issuer=Test"));
    widget.fill(words.code, &app.code_at(stage.pool.now_secs())).await;
    widget.press(words.verify).await;
    widget.find(Kind::Heading, words.signed_in).await;
    account.find(Kind::Button, words.replace).await;
    stop("account-on").await;
    stage.pool.advance_secs(660);
    stage.reload().await;
    account.press(words.replace).await;
    account.find(Kind::Field, words.email).await;
    stop("account-sign-in-again").await;
    widget.find(Kind::Heading, words.signed_in).await;
    widget.press(words.sign_out).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("srp@example.com", PASSWORD).await;
    account.find(Kind::Button, words.set_up).await;
    stop("account-off").await;
    account.press(words.set_up).await;
    account.find(Kind::Image, words.qr_code).await;
    stop("account-totp-setup").await;
    account_forms(stage, words.lang, &mut stop).await;

    passkeys(stage, words, &mut stop).await;

    stage.open(&page(&[])).await;
    widget.find(Kind::Heading, words.signed_in).await;
    stop("signed-in").await;

    let tracking = [("user-pool-id", DEVICE_POOL), ("client-id", DEVICE_CLIENT)];
    stage.open(&page(&tracking).with("cognito-account", &tracking)).await;
    widget.find(Kind::Field, words.email).await;
    sign_in("device@example.com", PASSWORD).await;
    widget.find(Kind::Heading, words.authenticator_code).await;
    stage.pool.begin_totp_step();
    widget.fill(words.code, &app.code_at(stage.pool.now_secs())).await;
    widget.press(words.verify).await;
    widget.find(Kind::Heading, words.remember_device).await;
    stop("remember-device").await;
    widget.press(words.remember).await;
    widget.find(Kind::Heading, words.signed_in).await;
    stage.reload().await;
    account.find(Kind::Heading, words.remembered_devices).await;
    stop("account-devices").await;

    // Nobody can stop at what is there until the first reply.
    let to_see = Screen::ALL.iter().filter(|screen| **screen != Screen::Loading).map(|screen| screen.as_str());
    let missed: Vec<&str> = to_see.filter(|name| !visited.contains(*name)).collect();
    assert!(missed.is_empty(), "the tour does not stop at {missed:?}");
}

/// What sticks out of a narrow page, by tag and text.
const OVERFLOWS: &str = "
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.scrollingElement.scrollWidth > width) found.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
    for (const node of seen.nodes(document.body)) {
        if (!(node instanceof HTMLElement) || !node.checkVisibility()) continue;
        const { left, right } = node.getBoundingClientRect();
        const cut = node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible' && node.localName !== 'input';
        if (left < -0.5 || right > width + 0.5 || cut) found.push(`${node.localName} ${node.textContent.trim().slice(0, 40)}`);
    }
    return found;";

#[test]
fn no_screen_is_wider_than_320_pixels() {
    for words in [&EN, &JA] {
        run(async |stage| {
            stage.browser.resize(Size::NARROW).await;
            tour(stage, words, async |screen| {
                let mut seen = Value::Null;
                // A screen that is being drawn may be any width for a frame.
                for _ in 0..50 {
                    seen = stage.browser.script(OVERFLOWS, &[]).await;
                    if seen == json!([]) {
                        return;
                    }
                    stage.browser.script("return new Promise(requestAnimationFrame)", &[]).await;
                }
                panic!("{screen} in {}: {seen}", words.lang);
            })
            .await;
        });
    }
}

/// What can be operated or is announced, for the browser to say how assistive technology hears it.
const NAMED: &str = "
    const found = [];
    for (const node of seen.nodes(document.body)) {
        if (!(node instanceof Element) || !node.checkVisibility()) continue;
        // What password managers alone see is nobody's to hear.
        if (node.closest('[aria-hidden=true]')) continue;
        if (node.matches('button, input, select, svg, h2, h3')) {
            const text = node.labels?.[0]?.textContent ?? node.ariaLabel ?? node.textContent;
            found.push([node, node.localName, text.trim(), node.type ?? '']);
        }
    }
    return found;";

#[test]
fn assistive_technology_hears_the_words_that_are_seen() {
    run(async |stage| {
        tour(stage, &EN, async |screen| {
            let found = stage.browser.elements(NAMED).await;
            assert!(screen == "configuration" || found.len() > 1, "{screen} is empty");
            for (element, rest) in found {
                let (tag, text) = (rest[0].as_str().unwrap(), rest[1].as_str().unwrap());
                let role = stage.browser.computed("computedrole", &element).await;
                let name = stage.browser.computed("computedlabel", &element).await;
                let expected = match tag {
                    "button" => "button",
                    "input" if rest[2] == "radio" => "radio",
                    "input" => "textbox",
                    "select" => "combobox",
                    "svg" => "image",
                    _ => "heading",
                };
                assert!(role == expected || (role, expected) == ("img".to_owned(), "image"), "{screen}: {tag} {text}");
                assert_eq!(name, text, "{screen}: {tag}");
                assert!(!name.is_empty(), "{screen}: {tag}");
            }
        })
        .await;
    });
}

/// Writes a picture of every screen into the folder that `E2E_SCREENSHOTS` names; does nothing without it.
#[test]
fn screenshots_for_people() {
    let Some(folder) = std::env::var_os("E2E_SCREENSHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for words in [&EN, &JA] {
        run(async |stage| {
            tour(stage, words, async |screen| {
                for (size_name, size) in [("desktop", Size::DESKTOP), ("320", Size::NARROW)] {
                    stage.browser.resize(size).await;
                    for scheme in ["light", "dark"] {
                        stage.browser.prefer("prefers-color-scheme", scheme).await;
                        let picture = stage.browser.whole_page().await;
                        let name = format!("{screen}-{size_name}-{scheme}-{}.png", words.lang);
                        std::fs::write(folder.join(name), picture).unwrap();
                    }
                }
                stage.browser.resize(Size::DESKTOP).await;
            })
            .await;
        });
    }
}
