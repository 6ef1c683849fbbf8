//! How the widget behaves towards the page that it is on.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Node;

use crate::mounted::{Mounted, Tree, complete, document, options, text_of, until};

#[wasm_bindgen_test]
async fn the_page_hears_that_the_widget_is_there_and_what_it_shows() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.find("h2").await;
    assert_eq!(widget.told_of("cognito-login-ready"), ["{}"]);
    assert_eq!(widget.told_of("cognito-login-screen"), ["{\"screen\":\"sign-in\"}"]);
    assert_eq!(widget.told().len(), 2);
}

#[wasm_bindgen_test]
async fn a_wrong_configuration_is_told_where_the_form_would_be() {
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[("client-id", "localclient")], "user-pool-id: this attribute is required"),
        (&[("user-pool-id", "us-east-1_LocalPool")], "client-id: this attribute is required"),
        (
            &[("user-pool-id", "nonsense"), ("client-id", "localclient")],
            "user-pool-id: \"nonsense\" is not a user pool id, such as eu-central-1_AbCdEfGhI",
        ),
        (
            &[("user-pool-id", "us-east-1_LocalPool"), ("client-id", "localclient"), ("endpoint", "http://pool.example/")],
            "endpoint: \"http://pool.example/\" must be an https URL; http is for 127.0.0.1 and localhost alone",
        ),
    ];
    for tree in [Tree::Shadow, Tree::Light] {
        for (pairs, error) in cases {
            let widget = Mounted::login(tree, &options(pairs));
            widget.find_text("[role=alert]", &format!("This sign-in form is not set up correctly. {error}")).await;
            assert_eq!(widget.count("form"), 0);
            let detail = widget.told_of("cognito-login-error");
            let message = error.replace('"', "\\\"");
            let expected =
                format!("{{\"code\":\"configuration\",\"message\":\"{message}\",\"screen\":\"\",\"retryable\":false}}");
            assert_eq!(detail, [expected]);
        }
    }
}

#[wasm_bindgen_test]
async fn options_that_are_no_object_are_a_wrong_configuration_too() {
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, JsValue::from_str("?")] {
        let widget = Mounted::login(Tree::Shadow, &nothing);
        let alert = widget.find("[role=alert]").await;
        assert!(text_of(&alert).ends_with("user-pool-id: this attribute is required"));
    }
}

#[wasm_bindgen_test]
async fn a_configuration_can_be_put_right_and_wrong_again() {
    let mut widget = Mounted::login(Tree::Shadow, &options(&[]));
    widget.find("[role=alert]").await;
    widget.handle.update(&complete(&[]));
    widget.field("Email").await;
    assert_eq!(widget.count("[role=alert]"), 0);
    widget.handle.update(&complete(&[("storage", "cupboard")]));
    let alert = widget.find("[role=alert]").await;
    assert!(text_of(&alert).contains("storage: \"cupboard\" is not one of session, local, memory"));
    assert_eq!(widget.count("form"), 0);
}

#[wasm_bindgen_test]
async fn another_language_keeps_what_was_typed() {
    let mut widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.type_into("Email", "me@example.com").await;
    widget.type_into("Password", "secret").await;
    widget.handle.update(&complete(&[("lang", "ja")]));
    assert_eq!(widget.field("メールアドレス").await.value(), "me@example.com");
    assert_eq!(widget.field("パスワード").await.value(), "secret");
    assert_eq!(widget.told_of("cognito-login-screen").len(), 1, "it is the same screen");
}

#[wasm_bindgen_test]
async fn another_theme_is_a_matter_of_an_attribute() {
    let mut widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.find("[data-theme=auto]").await;
    widget.type_into("Email", "me@example.com").await;
    for theme in ["dark", "light"] {
        widget.handle.update(&complete(&[("theme", theme)]));
        widget.find(&format!("[data-theme={theme}]")).await;
    }
    assert_eq!(widget.field("Email").await.value(), "me@example.com");
}

#[wasm_bindgen_test]
async fn two_widgets_in_one_document_have_different_ids() {
    let widgets = [Mounted::login(Tree::Light, &complete(&[])), Mounted::login(Tree::Light, &complete(&[("lang", "ja")]))];
    let one = widgets[0].field("Email").await;
    let other = widgets[1].field("メールアドレス").await;
    assert_ne!(one.id(), other.id());
    for widget in &widgets {
        widget.submit().await;
        widget.find("[role=alert]").await;
    }
    let with_ids = document().query_selector_all("[id^=cognito-login-]").unwrap();
    let mut ids: Vec<String> = (0..with_ids.length())
        .map(|at| Reflect::get(&with_ids.get(at).unwrap(), &"id".into()).unwrap().as_string().unwrap())
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), all), (6, 6), "two fields and a notice each: {ids:?}");
}

/// The style sheets that a tree has adopted.
fn adopted(tree: &Node) -> Array {
    Array::from(&Reflect::get(tree, &JsValue::from_str("adoptedStyleSheets")).unwrap())
}

#[wasm_bindgen_test]
async fn styles_are_adopted_once_and_nothing_is_written_inline() {
    let light = [Mounted::login(Tree::Light, &complete(&[])), Mounted::login(Tree::Light, &complete(&[]))];
    let shadow = Mounted::login(Tree::Shadow, &complete(&[]));
    for widget in light.iter().chain([&shadow]) {
        widget.find("h2").await;
        assert_eq!(widget.count("style, [style], link, script"), 0);
        let padding = web_sys::window().unwrap().get_computed_style(&widget.find(".card").await).unwrap().unwrap();
        assert_ne!(padding.get_property_value("border-top-left-radius").unwrap(), "0px", "the styles apply");
    }
    let in_document = adopted(&document());
    let in_shadow = adopted(&shadow.host.shadow_root().unwrap());
    assert_eq!((in_document.length(), in_shadow.length()), (1, 1));
    assert!(js_sys::Object::is(&in_document.get(0), &in_shadow.get(0)), "one sheet for all");
}

#[wasm_bindgen_test]
async fn a_widget_that_is_destroyed_leaves_nothing_and_says_nothing() {
    let mut widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.type_into("Email", "me@example.com").await;
    widget.type_into("Password", "secret").await;
    widget.submit().await;
    widget.handle.destroy();
    until("an empty root", || (widget.root.child_element_count() == 0).then_some(())).await;
    let told = widget.told().len();
    // The request that was on its way fails some time after.
    gloo_timers::future::TimeoutFuture::new(300).await;
    assert_eq!(widget.told().len(), told);
    // Once more does no harm.
    widget.handle.destroy();
    widget.handle.update(&complete(&[]));
    widget.handle.reset();
    assert!(JsFuture::from(widget.handle.get_tokens()).await.is_err());
}

#[wasm_bindgen_test]
async fn nobody_signed_in_means_no_tokens() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.find("h2").await;
    let error = JsFuture::from(widget.handle.get_tokens()).await.unwrap_err();
    assert_eq!(Reflect::get(&error, &"code".into()).unwrap(), "not_signed_in");
    // And there is nothing to end.
    JsFuture::from(widget.handle.sign_out(&JsValue::UNDEFINED)).await.unwrap();
    assert!(widget.told_of("cognito-login-signed-out").is_empty());
}

#[wasm_bindgen_test]
async fn a_widget_takes_the_focus_only_when_a_person_uses_it() {
    let input = document().create_element("input").unwrap();
    document().body().unwrap().append_child(&input).unwrap();
    let input: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(input);
    input.focus().unwrap();
    let mut widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.find("h2").await;
    widget.handle.update(&complete(&[("lang", "ja")]));
    until("Japanese", || widget.query("[lang=ja]")).await;
    assert!(document().active_element().is_some_and(|focused| focused.is_same_node(Some(&input))));
    input.remove();
}

#[wasm_bindgen_test]
async fn the_page_fills_the_slots_of_a_screen() {
    let widget = Mounted::login(Tree::Shadow, &complete(&[]));
    widget.find("slot[name=sign-in]").await;
}
