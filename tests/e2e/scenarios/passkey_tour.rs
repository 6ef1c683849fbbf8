//! Passkeys, for the tour.

use local_pool::seed::{CHOICE_CLIENT, CHOICE_POOL, PASSWORD};

use super::{reset_password::answers, tour_words::Words};
use crate::{
    pages::{Kind, Widget},
    stage::{Page, Stage, until},
};

/// Leads to a passkey in the choice, and to the account with several and with none.
pub(super) async fn passkeys(stage: &Stage, words: &Words, mut stop: impl AsyncFnMut(&str)) {
    let page = |tag, attributes: &[(&str, &str)]| {
        let pool = [("user-pool-id", CHOICE_POOL), ("client-id", CHOICE_CLIENT)];
        Page::new().with(tag, &[&pool, attributes].concat()).lang(words.lang)
    };
    let widget = Widget::login(stage);
    stage.open(&page("cognito-login", &[("auth-flow", "USER_AUTH")])).await;
    widget.fill(words.email, "choose-factor@example.com").await;
    answers(stage, "InitiateAuth", 200, CHOICE_WITH_PASSKEY);
    widget.press(words.continue_).await;
    widget.find(Kind::Heading, words.choose_how_to_sign_in).await;
    stop("choose-factor-passkey").await;

    stage.open(&page("cognito-login", &[])).await;
    widget.fill(words.email, "choose-factor@example.com").await;
    widget.fill(words.password, PASSWORD).await;
    widget.press(words.sign_in).await;
    widget.find(Kind::Heading, words.signed_in).await;
    answers(stage, "ListWebAuthnCredentials", 200, PASSKEYS);
    stage.open(&page("cognito-account", &[])).await;
    let account = Widget::account(stage);
    account.find(Kind::Button, words.add_passkey).await;
    stop("account-passkeys").await;
    stage.reload().await;
    account.find(Kind::Button, words.add_passkey).await;
    stop("account-no-passkeys").await;
    account.press(words.add_passkey).await;
    // The pool's are for another host.
    let is_there = "for (const node of seen.nodes(element)) if (node.role === 'alert') return true;";
    until("an alert".to_owned(), async || account.script(is_there).await.as_bool()).await;
    stop("account-passkey-wrong-host").await;
    stage.console_tells_faults(&["passkey_wrong_host"]).await;
}

const CHOICE_WITH_PASSKEY: &str = r#"{
    "ChallengeName": "SELECT_CHALLENGE",
    "Session":"a session that is as long as the service demands",
    "AvailableChallenges": ["WEB_AUTHN", "PASSWORD_SRP", "EMAIL_OTP"]
}"#;

const PASSKEYS: &str = r#"{ "Credentials": [
    { "CredentialId": "1", "FriendlyCredentialName": "iCloud Keychain", "RelyingPartyId": "localhost", "CreatedAt": 1767605405 },
    { "CredentialId": "2", "FriendlyCredentialName": "<b>مفتاح</b>", "RelyingPartyId": "localhost", "CreatedAt": 1751000000.5 },
    { "CredentialId": "3", "FriendlyCredentialName": "Anextremelylongnamewithoutanyspacethatsomebodytookalongtimetothinkofandthentypedhere",
      "RelyingPartyId": "localhost", "CreatedAt": 1735690000 }
] }"#;
