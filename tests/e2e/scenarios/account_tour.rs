//! The forms of the account, for the tour.

use crate::{
    pages::{Kind, Widget},
    stage::{Stage, until},
};

/// The words of a language that they need.
struct Words {
    change_password: &'static str,
    change_your_password: &'static str,
    current_password: &'static str,
    cancel: &'static str,
    change_email: &'static str,
    save: &'static str,
    verify_email: &'static str,
    add_phone_number: &'static str,
    delete_account: &'static str,
    delete_your_account: &'static str,
    new_password: &'static str,
    save_password: &'static str,
    phone: &'static str,
    check_your_phone: &'static str,
    email: &'static str,
    check_your_email: &'static str,
    code: &'static str,
    verify: &'static str,
}

const EN: Words = Words {
    change_password: "Change password",
    change_your_password: "Change your password",
    current_password: "Current password",
    cancel: "Cancel",
    change_email: "Change email",
    save: "Save",
    verify_email: "Verify email",
    add_phone_number: "Add phone number",
    delete_account: "Delete account",
    delete_your_account: "Delete your account?",
    new_password: "New password",
    save_password: "Save new password",
    phone: "Phone number",
    check_your_phone: "Check your phone",
    email: "Email",
    check_your_email: "Check your email",
    code: "Verification code",
    verify: "Verify",
};

const JA: Words = Words {
    change_password: "パスワードを変更",
    change_your_password: "パスワードの変更",
    current_password: "現在のパスワード",
    cancel: "キャンセル",
    change_email: "メールアドレスを変更",
    save: "保存",
    verify_email: "メールアドレスを確認",
    add_phone_number: "電話番号を追加",
    delete_account: "アカウントを削除",
    delete_your_account: "アカウントを削除しますか？",
    new_password: "新しいパスワード",
    save_password: "新しいパスワードを保存",
    phone: "電話番号",
    check_your_phone: "スマートフォンをご確認ください",
    email: "メールアドレス",
    check_your_email: "メールをご確認ください",
    code: "確認コード",
    verify: "確認する",
};

/// Leads through the forms of somebody who is signed in with a password alone, from a form that is open.
pub(super) async fn account_forms(stage: &Stage, lang: &str, mut stop: impl AsyncFnMut(&str)) {
    let words = if lang == "ja" { &JA } else { &EN };
    let account = Widget::account(stage);
    let leave = async || {
        account.press(words.cancel).await;
        account.find(Kind::Button, words.change_password).await;
        // It reads anew what may have changed.
        account.idle().await;
    };
    leave().await;
    account.press(words.change_password).await;
    account.find(Kind::Heading, words.change_your_password).await;
    stop("change-password").await;
    account.fill(words.current_password, "not the password").await;
    account.fill(words.new_password, "Not yet 1!").await;
    account.press(words.save_password).await;
    alert(account).await;
    stop("change-password-wrong").await;
    leave().await;

    account.press(words.add_phone_number).await;
    account.find(Kind::Field, words.phone).await;
    stop("change-phone-number").await;
    account.fill(words.phone, "090").await;
    account.press(words.save).await;
    alert(account).await;
    stop("change-phone-number-wrong").await;
    account.fill(words.phone, "+15550100999").await;
    account.press(words.save).await;
    account.find(Kind::Heading, words.check_your_phone).await;
    stop("verify-phone-number").await;
    leave().await;

    account.press(words.change_email).await;
    account.find(Kind::Button, words.save).await;
    stop("change-email").await;
    account.fill(words.email, "elsewhere@example.com").await;
    account.press(words.save).await;
    account.find(Kind::Heading, words.check_your_email).await;
    stop("verify-email").await;
    account.fill(words.code, "0").await;
    account.press(words.verify).await;
    alert(account).await;
    stop("verify-email-wrong").await;
    leave().await;
    account.find(Kind::Button, words.verify_email).await;
    stop("account-not-verified").await;

    account.press(words.delete_account).await;
    account.find(Kind::Heading, words.delete_your_account).await;
    stop("delete-account").await;
    leave().await;
}

/// Waits until something has gone wrong.
async fn alert(widget: Widget<'_>) {
    let is_there = "for (const node of seen.nodes(element)) if (node.role === 'alert') return true;";
    until("an alert".to_owned(), async || widget.script(is_there).await.as_bool()).await;
}
