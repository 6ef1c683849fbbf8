//! Phone numbers as people type them, and as the service gets them.

use serde_json::{Value, json};

use crate::{
    pages::{Kind, Widget},
    stage::{Page, Size, Stage, run, until},
};

const NEW_PASSWORD: &str = "Tidewater 2026!";

/// The list of countries that is shown, or nothing yet.
const COUNTRIES: &str =
    "const [select] = [...seen.nodes(element)].filter((node) => node.matches?.('select:not([hidden], :empty)'));";

/// Waits for the list of countries, and chooses there as a person does.
async fn choose_country(widget: Widget<'_>, region: &str) {
    let script = format!(
        "{COUNTRIES} if (!select) return false;
        select.value = '{region}';
        select.dispatchEvent(new Event('change', {{ bubbles: true }}));
        return true;"
    );
    let is_chosen = async || (widget.script(&script).await == json!(true)).then_some(());
    until(format!("the list of countries, with {region}"), is_chosen).await;
}

/// The text of the country that is chosen, and the name of the list.
async fn country(widget: Widget<'_>) -> Value {
    widget.script(&format!("{COUNTRIES} return [select.selectedOptions[0].text, select.ariaLabel];")).await
}

/// The first body that was sent to the pool with a text in it.
async fn sent(stage: &Stage, text: &str) -> String {
    let look = async || stage.pool.bodies().into_iter().find(|body| body.contains(text));
    until(format!("a request with {text}"), look).await
}

#[test]
fn a_number_typed_as_in_japan_is_sent_complete() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        stage.browser.resize(Size::NARROW).await;
        let attributes = [("screen", "sign-up"), ("sign-up-attributes", "phone_number"), ("lang", "ja")];
        stage.open(&Page::login(&attributes)).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Field, "電話番号").await;
        choose_country(widget, "JP").await;
        assert_eq!(country(widget).await, json!(["日本 (+81)", "国または地域"]));
        widget.fill("メールアドレス", "new@example.com").await;
        widget.fill("パスワード", NEW_PASSWORD).await;
        widget.fill("電話番号", "090-1234-5678").await;
        widget.press("アカウントを作成する").await;
        let body = sent(stage, "UserAttributes").await;
        assert!(body.contains("\"+819012345678\""), "{body}");
    });
}

#[test]
fn a_number_with_its_country_code_counts_more_than_the_chosen_country() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        stage.open(&Page::login(&[("screen", "sign-up"), ("sign-up-attributes", "phone_number")])).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Field, "Phone number").await;
        choose_country(widget, "JP").await;
        widget.fill("Email", "new@example.com").await;
        widget.fill("Password", NEW_PASSWORD).await;
        widget.fill("Phone number", "+1 (415) 555-0100").await;
        assert_eq!(country(widget).await, json!(["United States (+1)", "Country or region"]));
        widget.press("Create account").await;
        let body = sent(stage, "UserAttributes").await;
        assert!(body.contains("\"+14155550100\""), "{body}");
    });
}

#[test]
fn a_sign_in_name_that_is_a_phone_number_is_typed_as_at_home() {
    run(async |stage| {
        stage.is_secret(NEW_PASSWORD);
        stage.open(&Page::login(&[("username-kind", "phone")])).await;
        let widget = Widget::login(stage);
        widget.find(Kind::Field, "Phone number").await;
        choose_country(widget, "JP").await;
        widget.fill("Phone number", "(090) 1234 5678").await;
        widget.fill("Password", NEW_PASSWORD).await;
        widget.press("Sign in").await;
        widget.alert("Incorrect phone number or password.").await;
        assert_eq!(widget.value("Phone number").await, "+819012345678");
        let body = sent(stage, "AuthParameters").await;
        assert!(body.contains("\"+819012345678\""), "{body}");
        assert_eq!(country(widget).await, json!(["Japan (+81)", "Country or region"]));
    });
}
