//! `CustomMessage`, with the built-in words and with a deployer's.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    events::event,
    fixture::{CUSTOM_MESSAGE, answered, function, invoke, start},
};

/// Each source, what its mail is about, and what else it must name.
const SOURCES: [(&str, &str, &str); 7] = [
    ("CustomMessage_SignUp", "Confirm your account", "アカウントの確認"),
    ("CustomMessage_ResendCode", "Your new confirmation code", "新しい確認コード"),
    ("CustomMessage_ForgotPassword", "Reset your password", "パスワードの再設定"),
    ("CustomMessage_UpdateUserAttribute", "Verify your address", "メールアドレスの確認"),
    ("CustomMessage_VerifyUserAttribute", "Verify your address", "メールアドレスの確認"),
    ("CustomMessage_AdminCreateUser", "Your account", "アカウントのご案内"),
    ("CustomMessage_Authentication", "Your sign-in code", "サインインコード"),
];

fn text<'a>(response: &'a Value, member: &str) -> &'a str {
    response[member].as_str().unwrap_or_else(|| panic!("no {member}: {response}"))
}

#[tokio::test]
async fn every_source_has_its_words_in_both_languages_within_the_limits_of_the_service() {
    let lambda = start(function(CUSTOM_MESSAGE).env("PRODUCT_NAME", "Söhne & Co")).await;
    for (source, english, japanese) in SOURCES {
        for (locale, subject) in [("en-GB", format!("{english} for Söhne & Co")), ("ja", format!("Söhne & Co の{japanese}"))] {
            let mut event = event("custom-message");
            event["triggerSource"] = json!(source);
            event["request"]["userAttributes"]["locale"] = json!(locale);
            let response = answered(&invoke(&lambda, CUSTOM_MESSAGE, &event).await)["response"].clone();
            assert_eq!(text(&response, "emailSubject"), subject);
            let (mail, sms) = (text(&response, "emailMessage"), text(&response, "smsMessage"));
            assert!(mail.contains("{####}") && sms.contains("{####}"), "{source} {locale}");
            assert!(mail.contains("Janey") && !mail.contains("Jane Doe"), "{source} {locale}: {mail}");
            assert!(mail.contains("Söhne &amp; Co"), "{mail}");
            let is_invitation = source == "CustomMessage_AdminCreateUser";
            assert_eq!(mail.contains("{username}") && sms.contains("{username}"), is_invitation, "{source} {locale}");
            assert!(subject.chars().count() <= 140 && sms.chars().count() <= 140 && mail.chars().count() <= 20_000);
        }
    }
}

#[tokio::test]
async fn markup_in_a_name_stays_text_and_advertisements_stay_out() {
    let lambda = start(function(CUSTOM_MESSAGE)).await;
    for (nickname, shown) in [
        ("<img src=x onerror=alert(1)>", Some("&lt;img src=x onerror=alert(1)&gt;")),
        ("O'Brien & \"Co\"", Some("O&#x27;Brien &amp; &quot;Co&quot;")),
        ("</p><a href=\"https://example.org\">You won</a>", None),
        ("{####}", None),
        ("{username}", None),
        ("visit example.org", None),
    ] {
        let mut event = event("custom-message");
        event["request"]["userAttributes"] = json!({"nickname": nickname});
        let response = answered(&invoke(&lambda, CUSTOM_MESSAGE, &event).await)["response"].clone();
        let mail = text(&response, "emailMessage");
        assert!(!mail.contains(&format!("Hello {nickname},")), "{mail}");
        match shown {
            Some(shown) => assert!(mail.contains(&format!("Hello {shown},")), "{mail}"),
            None => assert!(!mail.contains("Hello"), "{mail}"),
        }
        assert_eq!(mail.matches("{####}").count(), 1, "{mail}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_left_to_the_words_of_the_service() {
    let lambda = start(function(CUSTOM_MESSAGE)).await;
    let mut unknown = event("custom-message");
    unknown["triggerSource"] = json!("CustomMessage_SomethingNew");
    let mut no_code = event("custom-message");
    no_code["request"]["codeParameter"] = Value::Null;
    let mut no_username = event("custom-message");
    no_username["triggerSource"] = json!("CustomMessage_AdminCreateUser");
    no_username["request"]["usernameParameter"] = Value::Null;
    for event in [unknown, no_code, no_username] {
        let answered = answered(&invoke(&lambda, CUSTOM_MESSAGE, &event).await);
        assert_eq!(answered["response"], json!({"smsMessage": null, "emailMessage": null, "emailSubject": null}));
    }
}

/// A folder of messages that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        for (file, text) in files {
            let file = folder.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_deployer_replaces_messages_and_adds_languages() {
    let folder = Folder::with(
        "replaced",
        &[
            ("en/sign-up.txt", "Subject: Hi\n\nHi {{ name or \"there\" }}, take\n\n{{ code }}\n"),
            ("nl/sign-up.txt", "Subject: Hallo\n\nUw code is {{ code }}\ntot ziens\n"),
            (
                "layout.html",
                "<main>{% for paragraph in paragraphs %}<p>{{ paragraph.lines | join(\"|\") }}</p>{% endfor %}</main>\n",
            ),
            (".keep", "what begins with a dot is not looked at"),
        ],
    );
    let lambda = start(function(CUSTOM_MESSAGE).env("TEMPLATE_DIR", &folder.0)).await;
    for (locale, subject, mail) in [
        ("en", "Hi", "<main><p>Hi Janey, take</p><p>{####}</p></main>"),
        ("nl-BE", "Hallo", "<main><p>Uw code is {####}|tot ziens</p></main>"),
    ] {
        let mut event = event("custom-message");
        event["request"]["userAttributes"]["locale"] = json!(locale);
        let response = answered(&invoke(&lambda, CUSTOM_MESSAGE, &event).await)["response"].clone();
        assert_eq!((text(&response, "emailSubject"), text(&response, "emailMessage")), (subject, mail));
    }
    // What is not replaced is as it was.
    let mut event = event("custom-message");
    event["triggerSource"] = json!("CustomMessage_ForgotPassword");
    event["request"]["userAttributes"]["locale"] = json!("nl");
    let response = answered(&invoke(&lambda, CUSTOM_MESSAGE, &event).await)["response"].clone();
    assert_eq!(text(&response, "emailSubject"), "Reset your password");
}

#[test]
fn a_mistake_in_a_replaced_message_is_found_before_the_first_mail() {
    for (name, file, content, wanted) in [
        ("typo", "en/signup.txt", "Subject: x\n\n{{ code }}", "en/signup.txt is none of the messages"),
        ("stray", "sign-up.txt", "Subject: x\n\n{{ code }}", "sign-up.txt is none of the messages"),
        ("case", "FR/sign-up.txt", "Subject: x\n\n{{ code }}", "FR is no language"),
        ("subject", "en/sign-up.txt", "Your code is {{ code }}", "en/sign-up.txt: the first line is no `Subject: …`"),
        ("empty", "en/sign-up.txt", "Subject:\n\n{{ code }}", "en/sign-up.txt: the subject is empty"),
        ("code", "en/sign-up.txt", "Subject: x\n\nno code", "en/sign-up.txt: the text lacks {{ code }}"),
        ("locked", "en/sign-up.txt", "Subject: {{ code }}\n\n{{ code }}", "en/sign-up.txt: the subject shows the code"),
        ("name", "en/sign-up.txt", "Subject: x\n\n{{ cod }}", "undefined value: `cod` is undefined (en/sign-up.txt:3)"),
        ("syntax", "en/sign-up.txt", "Subject: x\n\n{% if %}{{ code }}", "syntax error"),
        (
            "long",
            "en/sms.txt",
            &format!("{{{{ code }}}} {}", "x".repeat(140)),
            "en/sms.txt: the text is longer than 140 characters",
        ),
        ("lines", "ja/error-no-email.txt", "one\ntwo\n", "ja/error-no-email.txt: one line is needed"),
        ("user", "ja/invitation-sms.txt", "{{ code }}", "ja/invitation-sms.txt: the text lacks"),
        ("space", "ja/sign-up.txt", "Subject: x\n\n{{ code }}\u{3000}です", "ja/sign-up.txt: the service takes no U+3000"),
        ("layout", "layout.html", "<p>{{ subject }}</p>", "en/email-code.txt: the layout leaves out {{ code }}"),
    ] {
        let folder = Folder::with(name, &[(file, content)]);
        let error = triggers::Messages::load(&folder.0).expect_err(name).to_string();
        assert!(error.contains(wanted), "{name}: {error}");
    }
}
