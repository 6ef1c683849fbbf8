//! Japanese, on the element and around it.

use local_pool::seed::PASSWORD;

use crate::{
    pages::{Kind, LoginPage, Widget, other_than},
    stage::{Page, Stage, run},
};

async fn signs_in_japanese(stage: &Stage, page: &Page) {
    let email = "email-code-ja@example.com";
    stage.open(page).await;
    let widget = Widget::login(stage);
    widget.find(Kind::Heading, "サインイン").await;
    widget.fill("メールアドレス", email).await;
    widget.fill("パスワード", "ちがう").await;
    widget.press("サインイン").await;
    widget.alert("メールアドレスまたはパスワードが正しくありません。").await;
    widget.fill("パスワード", PASSWORD).await;
    widget.press("サインイン").await;
    widget.find(Kind::Heading, "メールをご確認ください").await;
    // So the triggers can write to people who have no language of their own.
    let answer = stage.pool.bodies().pop().unwrap();
    assert!(answer.contains(r#""ClientMetadata":{"lang":"ja"}"#), "{answer}");
    let code = stage.pool.mailed_code(email).await;
    widget.fill("確認コード", &other_than(&code)).await;
    widget.press("確認する").await;
    widget.alert("コードが正しくありません。確認してもう一度入力してください。").await;
    widget.press("新しいコードを送信").await;
    widget.status("新しいコードを送信しました。").await;
    widget.fill("確認コード", &stage.pool.mailed_code(email).await).await;
    widget.press("確認する").await;
    widget.find(Kind::Heading, "サインインしています").await;
    let lang = "for (const node of seen.nodes(element)) if (node.localName === 'h2') return node.closest('[lang]').lang;";
    assert_eq!(widget.script(lang).await, "ja");
    widget.press("サインアウト").await;
    widget.find(Kind::Heading, "サインイン").await;
}

#[test]
fn the_elements_own_language_counts() {
    run(async |stage| {
        signs_in_japanese(stage, &Page::login(&[("lang", "ja"), ("auth-flow", "CUSTOM_AUTH")])).await;
    });
}

#[test]
fn the_pages_language_counts_where_the_element_has_none() {
    run(async |stage| {
        signs_in_japanese(stage, &Page::login(&[("auth-flow", "CUSTOM_AUTH")]).lang("ja-JP")).await;
    });
}

#[test]
fn a_change_of_language_keeps_what_was_typed() {
    run(async |stage| {
        let login = LoginPage::open(stage, &[]).await;
        login.sign_in("srp@example.com", "not the password").await;
        login.widget.alert("Incorrect email or password.").await;
        login.widget.script("document.documentElement.lang = 'ja'").await;
        login.widget.alert("メールアドレスまたはパスワードが正しくありません。").await;
        assert_eq!(login.widget.value("メールアドレス").await, "srp@example.com");
        assert_eq!(login.widget.value("パスワード").await, "not the password");
        login.widget.script("element.lang = 'en'").await;
        login.widget.alert("Incorrect email or password.").await;
        assert_eq!(login.name().await, "srp@example.com");
    });
}
