//! Addresses and phone numbers, in the account.

use local_pool::seed::{NAMED_CLIENT, NAMED_POOL, PASSWORD};

use super::account_of;
use crate::{
    pages::{AccountPage, CodePage, EMAIL_CODE, Kind, LoginPage, SMS_CODE, Widget, other_than},
    stage::{Stage, run},
};

const NAMED: &[(&str, &str)] = &[("user-pool-id", NAMED_POOL), ("client-id", NAMED_CLIENT)];
const WRONG: &str = "That code is not right. Check it and try again.";
const NUMBER: &str = "+15550100999";

/// Presses Save with another value.
async fn saves(widget: Widget<'_>, button: &str, field: &str, value: &str) {
    widget.press(button).await;
    widget.focus_on(&format!("field {field}")).await;
    widget.fill(field, value).await;
    widget.press("Save").await;
}

/// The values that the section shows, with their states.
async fn shown(widget: Widget<'_>) -> serde_json::Value {
    let script = "return [...seen.nodes(element)].filter((node) => node.classList?.contains('detail'))
        .map((node) => [...node.children].map((child) => child.textContent.trim()).join(' | '))";
    widget.script(script).await
}

async fn account_where_codes_come_first(stage: &Stage) -> Widget<'_> {
    stage.pool.add_user("contact@example.com", |user| {
        NAMED_POOL.clone_into(&mut user.user_pool_id);
        NAMED_CLIENT.clone_into(&mut user.client_id);
    });
    account_of(stage, "contact@example.com", NAMED).await.widget
}

#[test]
fn another_address_counts_with_its_code_where_the_pool_has_it_so() {
    run(async |stage| {
        let widget = account_where_codes_come_first(stage).await;
        assert_eq!(shown(widget).await[0], "Email | Verified | contact@example.com");
        saves(widget, "Change email", "Email", "elsewhere@example.com").await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        page.widget.focus_on("field Verification code").await;
        widget.find(Kind::Text, "We sent a verification code to e***@e***.").await;
        widget.press("Cancel").await;
        AccountPage::shown(widget).await.widget.find(Kind::Text, "contact@example.com").await;
        assert!(!widget.has(Kind::Button, "Verify email").await);

        saves(widget, "Change email", "Email", "elsewhere@example.com").await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        let first = stage.pool.mailed_code("elsewhere@example.com").await;
        page.enter(&other_than(&first)).await;
        widget.alert(WRONG).await;
        assert_eq!(page.code().await, "");
        widget.press("Send a new code").await;
        widget.status("We sent a new code.").await;
        page.enter(&stage.pool.mailed_code("elsewhere@example.com").await).await;
        AccountPage::shown(widget).await.widget.status("Verified.").await;
        assert_eq!(shown(widget).await[0], "Email | Verified | elsewhere@example.com");
    });
}

#[test]
fn another_address_counts_at_once_and_is_verified_later() {
    run(async |stage| {
        let widget = account_of(stage, "srp@example.com", &[]).await.widget;
        saves(widget, "Change email", "Email", "nobody").await;
        widget.alert("That email address is not valid. Check it and try again.").await;
        assert_eq!(widget.value("Email").await, "nobody");
        widget.fill("Email", "totp@example.com").await;
        widget.press("Save").await;
        widget.alert("Another account already uses this email address or phone number.").await;
        widget.fill("Email", "elsewhere@example.com").await;
        widget.press("Save").await;
        CodePage::shown(widget, EMAIL_CODE).await;
        widget.press("Cancel").await;
        AccountPage::shown(widget).await.widget.find(Kind::Text, "elsewhere@example.com").await;
        assert_eq!(shown(widget).await[0], "Email | Not verified | elsewhere@example.com");

        widget.press("Verify email").await;
        let page = CodePage::shown(widget, EMAIL_CODE).await;
        widget.find(Kind::Text, "We sent a verification code to e***@e***.").await;
        page.enter(&stage.pool.mailed_code("elsewhere@example.com").await).await;
        AccountPage::shown(widget).await.widget.status("Verified.").await;
        assert_eq!(shown(widget).await[0], "Email | Verified | elsewhere@example.com");
        assert!(!widget.has(Kind::Button, "Verify email").await);
    });
}

#[test]
fn a_phone_number_is_added_and_takes_codes() {
    run(async |stage| {
        let widget = account_of(stage, "srp@example.com", &[]).await.widget;
        assert_eq!(shown(widget).await[1], "Phone number |  | None");
        // From where the number is missed.
        widget.press("Contact details").await;
        widget.focus_on("heading Contact details").await;
        saves(widget, "Add phone number", "Phone number", "020 79").await;
        widget.alert("Check the phone number and its country. It can also begin with the country code, such as +44.").await;
        widget.fill("Phone number", "+1 (555) 010-0999").await;
        widget.press("Save").await;
        let page = CodePage::shown(widget, SMS_CODE).await;
        page.enter(&stage.pool.mailed_code(NUMBER).await).await;
        AccountPage::shown(widget).await.widget.status("Verified.").await;
        assert_eq!(shown(widget).await[1], "Phone number | Verified | +15550100999");
        widget.press("Turn on text message codes").await;
        widget.status("Text message codes are turned on.").await;
        widget.find(Kind::Button, "Change phone number").await;
    });
}

#[test]
fn whoever_finds_a_session_open_signs_in_again_and_comes_to_the_form() {
    run(async |stage| {
        let account = account_of(stage, "srp@example.com", &[]).await;
        stage.pool.advance_secs(660);
        stage.reload().await;
        let widget = AccountPage::shown(account.widget).await.widget;
        widget.press("Change email").await;
        let again = LoginPage::shown(widget).await;
        again.widget.status("To change this, sign in again.").await;
        again.sign_in("srp@example.com", PASSWORD).await;
        widget.find(Kind::Heading, "Your email address").await;
    });
}
