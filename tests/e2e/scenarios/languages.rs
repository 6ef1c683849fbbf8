//! Japanese, on the element and around it, and other languages.

use local_pool::seed::PASSWORD;
use serde_json::Value;

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

/// What a language says for a key.
fn word(tag: &str, key: &str) -> String {
    let file = format!("{}/src/i18n/texts/{tag}.json", env!("CARGO_MANIFEST_DIR"));
    let texts: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    texts[key].as_str().unwrap().to_owned()
}

/// The subject of the newest mail.
async fn newest_subject(stage: &Stage) -> String {
    let url = format!("{}/local/inbox", stage.pool.url);
    let inbox =
        tokio::task::spawn_blocking(move || ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap()).await.unwrap();
    let inbox: Value = serde_json::from_str(&inbox).unwrap();
    inbox[0]["subject"].as_str().unwrap_or_else(|| panic!("{inbox}")).to_owned()
}

#[test]
fn the_screens_and_the_mails_speak_the_language_in_its_direction() {
    run(async |stage| {
        for (lang, tag, direction) in [("ar-EG", "ar", "rtl"), ("zh-TW", "zh-Hant", "ltr"), ("pt-PT", "pt-BR", "ltr")] {
            stage.open(&Page::login(&[("auth-flow", "CUSTOM_AUTH")]).lang(lang)).await;
            let widget = Widget::login(stage);
            widget.find(Kind::Heading, &word(tag, "sign-in.heading")).await;
            widget.fill(&word(tag, "sign-in.name"), "email-code@example.com").await;
            widget.fill(&word(tag, "sign-in.password"), PASSWORD).await;
            widget.press(&word(tag, "sign-in.submit")).await;
            widget.find(Kind::Heading, &word(tag, "email-code.heading")).await;
            let seen = "return getComputedStyle([...seen.nodes(element)].find((node) => node.localName === 'section')).direction";
            assert_eq!(widget.script(seen).await, direction);
            let code = stage.pool.mailed_code("email-code@example.com").await;
            let template =
                format!("{}/crates/triggers/templates/{}/email-code.txt", env!("CARGO_MANIFEST_DIR"), tag.to_lowercase());
            let template = std::fs::read_to_string(template).unwrap();
            let (subject, _) = template.strip_prefix("Subject: ").unwrap().split_once("{%").unwrap();
            assert!(newest_subject(stage).await.starts_with(subject), "{tag}");
            widget.fill(&word(tag, "common.verification-code"), &code).await;
            widget.press(&word(tag, "common.verify")).await;
            widget.find(Kind::Heading, &word(tag, "signed-in.heading")).await;
            widget.press(&word(tag, "signed-in.sign-out")).await;
            widget.find(Kind::Heading, &word(tag, "sign-in.heading")).await;
        }
    });
}
