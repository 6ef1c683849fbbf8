//! What is drawn, and what a person may do with it.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, Node};

use crate::mounted::{Mounted, NOBODY, Tree, complete, text_of};

fn attribute(input: &HtmlInputElement, name: &str) -> String {
    input.get_attribute(name).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn the_sign_in_form_is_one_that_password_managers_and_keyboards_know() {
    for tree in [Tree::Shadow, Tree::Light] {
        let widget = Mounted::login(tree, &complete(&[]));
        assert_eq!(text_of(&widget.find("h2").await), "Sign in");
        let name = widget.field("Email").await;
        assert_eq!(
            ["type", "inputmode", "autocomplete", "name"].map(|of| attribute(&name, of)),
            ["email", "email", "username", "username"]
        );
        let password = widget.field("Password").await;
        assert_eq!(
            ["type", "autocomplete", "name"].map(|of| attribute(&password, of)),
            ["password", "current-password", "password"]
        );
        assert_eq!(text_of(&widget.find("button[type=submit]").await), "Sign in");
        assert_eq!(widget.count("form"), 1);
        // No button leads to a screen that is not there.
        assert_eq!(widget.count("button"), 2);
    }
}

#[wasm_bindgen_test]
async fn a_sign_in_name_is_what_the_page_says() {
    for (kind, label, type_, inputmode) in
        [("email", "Email", "email", "email"), ("phone", "Phone number", "tel", "tel"), ("username", "Username", "text", "")]
    {
        let widget = Mounted::login(Tree::Shadow, &complete(&[("username-kind", kind), ("username", "given")]));
        let name = widget.field(label).await;
        assert_eq!(["type", "inputmode", "autocomplete"].map(|of| attribute(&name, of)), [type_, inputmode, "username"]);
        assert_eq!(name.value(), "given");
    }
}

#[wasm_bindgen_test]
async fn an_empty_field_is_named_marked_and_focused() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.submit().await;
    let alert = widget.find_text("[role=alert]", "Enter your email address.").await;
    let name = widget.field("Email").await;
    assert_eq!(attribute(&name, "aria-invalid"), "true");
    assert_eq!(attribute(&name, "aria-describedby"), alert.id());
    assert!(widget.focused().is_some_and(|focused| focused.is_same_node(Some(&name))));

    widget.type_into("Email", "me@example.com").await;
    widget.submit().await;
    widget.find_text("[role=alert]", "Enter your password.").await;
    let password = widget.field("Password").await;
    assert_eq!((attribute(&name, "aria-invalid"), attribute(&password, "aria-invalid")), (String::new(), "true".to_owned()));
    assert!(widget.focused().is_some_and(|focused| focused.is_same_node(Some(&password))));
    assert_eq!(name.value(), "me@example.com");
    let errors = widget.told_of("cognito-login-error");
    assert!(errors[0].contains("\"name_missing\"") && errors[1].contains("\"password_missing\""), "{errors:?}");
}

#[wasm_bindgen_test]
async fn the_same_error_again_is_a_new_alert() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.submit().await;
    let first = widget.find("[role=alert]").await;
    widget.submit().await;
    crate::mounted::until("another alert", || widget.query("[role=alert]").filter(|alert| !alert.is_same_node(Some(&first))))
        .await;
    assert_eq!(widget.count("[role=alert]"), 1);
}

#[wasm_bindgen_test]
async fn an_endpoint_that_nobody_serves_is_told_and_what_was_typed_stays() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.type_into("Email", "me@example.com").await;
    widget.type_into("Password", " p4ss wörd ").await;
    widget.submit().await;
    let text = "We could not reach the sign-in service. Check your connection and try again.";
    widget.find_text("[role=alert]", text).await;
    assert_eq!(widget.field("Email").await.value(), "me@example.com");
    assert_eq!(widget.field("Password").await.value(), " p4ss wörd ");
    let error = widget.told_of("cognito-login-error").pop().unwrap();
    assert_eq!(error, format!("{{\"code\":\"network\",\"message\":\"{text}\",\"screen\":\"sign-in\",\"retryable\":true}}"));
    assert!(widget.told().iter().all(|(_, detail)| !detail.contains("p4ss")));
}

#[wasm_bindgen_test]
async fn the_password_can_be_shown() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.type_into("Password", "secret").await;
    let button = widget.find_text("button", "Show password").await;
    assert_eq!(button.get_attribute("aria-pressed").as_deref(), Some("false"));
    assert_eq!(button.get_attribute("type").as_deref(), Some("button"), "it does not submit");
    widget.press("Show password").await;
    widget.find("button[aria-pressed=true]").await;
    let password = widget.field("Password").await;
    assert_eq!((attribute(&password, "type").as_str(), password.value().as_str()), ("text", "secret"));
    // Tab leads from one field to the next; the button comes after both.
    let follows = password.compare_document_position(&button) & Node::DOCUMENT_POSITION_FOLLOWING;
    assert_ne!(follows, 0);
}

#[wasm_bindgen_test]
async fn japanese_is_complete() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[("lang", "ja")]));
    assert_eq!(text_of(&widget.find("h2").await), "サインイン");
    widget.field("メールアドレス").await;
    widget.field("パスワード").await;
    widget.find_text("button", "パスワードを表示").await;
    widget.submit().await;
    widget.find_text("[role=alert]", "メールアドレスを入力してください。").await;
    assert_eq!(widget.find("[lang]").await.get_attribute("lang").as_deref(), Some("ja"));
    let error = widget.told_of("cognito-login-error").pop().unwrap();
    assert!(error.contains("メールアドレスを入力してください。"), "{error}");
}

#[wasm_bindgen_test]
async fn an_account_without_anybody_says_so_and_signs_in_by_itself() {
    let widget = Mounted::new("account", Tree::Shadow, &complete(&[("endpoint", NOBODY)]));
    assert_eq!(text_of(&widget.find("h2").await), "Your account");
    widget.find_text("p", "You are not signed in.").await;
    widget.press("Sign in").await;
    widget.field("Email").await;
    widget.press("Cancel").await;
    widget.find_text("p", "You are not signed in.").await;
}
