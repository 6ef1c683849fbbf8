//! Japanese.

use cognito_protocol::flow::Notice;

use super::Message;
use crate::config::UsernameKind;

pub(super) fn text(message: &Message<'_>) -> String {
    let text = match *message {
        Message::SignInHeading | Message::SignIn => "サインイン",
        Message::SignInName(UsernameKind::Email) => "メールアドレス",
        Message::SignInName(UsernameKind::Phone) => "電話番号",
        Message::SignInName(UsernameKind::Username) => "ユーザー名",
        Message::Password => "パスワード",
        Message::ShowPassword => "パスワードを表示",
        Message::EmailCodeHeading => "メールをご確認ください",
        Message::EmailCodeSent { destination: Some(destination) } => {
            return [destination, " に確認コードを送信しました。"].concat();
        }
        Message::EmailCodeSent { destination: None } => "確認コードを送信しました。",
        Message::VerificationCode => "確認コード",
        Message::Verify => "確認する",
        Message::SendNewCode => "新しいコードを送信",
        Message::SendNewCodeIn { seconds } => {
            return ["あと ", &seconds.to_string(), " 秒で新しいコードを送信できます。"].concat();
        }
        Message::BackToSignIn => "サインインに戻る",
        Message::TotpCodeHeading => "認証アプリのコードを入力",
        Message::TotpCodeText => "認証アプリを開き、このアカウントに表示されている6桁のコードを入力してください。",
        Message::TotpSetupHeading => "認証アプリを設定",
        Message::TotpSetupScan => "認証アプリでこのコードを読み取るか、セットアップキーを入力してください。",
        Message::TotpSetupEnter => "次に、アプリに表示された6桁のコードを入力してください。",
        Message::QrCode => "QRコード",
        Message::SetupKey => "セットアップキー",
        Message::CopySetupKey => "セットアップキーをコピー",
        Message::SetupKeyCopied => "セットアップキーをコピーしました。",
        Message::VerifyAndTurnOn => "確認して有効にする",
        Message::Cancel => "キャンセル",
        Message::CustomChallengeHeading => "追加の確認",
        Message::Answer => "回答",
        Message::Continue => "続ける",
        Message::SignedInHeading => "サインインしています",
        Message::SignOut => "サインアウト",
        Message::AccountHeading => "アカウント",
        Message::AccountSignedOut => "サインインしていません。",
        Message::AuthenticatorApp => "認証アプリ",
        Message::AuthenticatorIsOn => "オンです。サインインのときにアプリのコードを確認します。",
        Message::AuthenticatorIsOff => "オフです。認証アプリを使うと、パスワードだけではサインインできなくなります。",
        Message::SetUpAuthenticator => "認証アプリを設定",
        Message::TurnOffAuthenticator => "認証アプリをオフにする",
        Message::ReplaceAuthenticator => "認証アプリを変更",
        Message::TryAgain => "もう一度試す",
        Message::Loading => "読み込み中…",
        Message::BadConfiguration { error } => return ["サインインフォームの設定に誤りがあります。", error].concat(),
        Message::Notice(notice, kind) => return of_notice(notice, kind),
    };
    text.to_owned()
}

fn of_notice(notice: &Notice, kind: UsernameKind) -> String {
    let text = match notice {
        Notice::WrongCredentials => match kind {
            UsernameKind::Email => "メールアドレスまたはパスワードが正しくありません。",
            UsernameKind::Phone => "電話番号またはパスワードが正しくありません。",
            UsernameKind::Username => "ユーザー名またはパスワードが正しくありません。",
        },
        Notice::NameMissing => match kind {
            UsernameKind::Email => "メールアドレスを入力してください。",
            UsernameKind::Phone => "電話番号を入力してください。",
            UsernameKind::Username => "ユーザー名を入力してください。",
        },
        Notice::PasswordMissing => "パスワードを入力してください。",
        Notice::AnswerMissing => "コードを入力してください。",
        Notice::WrongCode => "コードが正しくありません。確認してもう一度入力してください。",
        Notice::CodeExpired => "コードの有効期限が切れました。新しいコードを送信してください。",
        Notice::CodeUsed => "このコードはすでに使用されています。次のコードが表示されるまでお待ちください。",
        Notice::ClockOff { seconds } => {
            let direction = if *seconds > 0 { "進んで" } else { "遅れて" };
            let seconds = seconds.unsigned_abs().to_string();
            return [
                "コードの時刻が合いません。お使いの端末の時計が約 ",
                &seconds,
                " 秒",
                direction,
                "います。時刻を自動設定にしてから、次のコードを入力してください。",
            ]
            .concat();
        }
        Notice::SessionOver => "サインインに時間がかかりすぎました。もう一度サインインしてください。",
        Notice::SignInEnded => "コードの誤りが続いたため、サインインを中止しました。もう一度サインインしてください。",
        Notice::SessionEnded => "セッションが終了しました。もう一度サインインしてください。",
        Notice::Throttled => "試行回数が多すぎます。しばらく待ってからもう一度お試しください。",
        Notice::Network => "サインインサービスに接続できませんでした。接続を確認してもう一度お試しください。",
        Notice::UserDisabled => "このアカウントは無効になっています。サポートにお問い合わせください。",
        Notice::NotConfirmed => "このアカウントはまだ確認されていません。",
        Notice::PasswordResetRequired => "先にこのアカウントのパスワードを再設定する必要があります。",
        Notice::UnsupportedChallenge(_) => "このアカウントには、ここでは利用できないサインイン手順が必要です。",
        Notice::AuthenticatorUnavailable => "このアカウントでは認証アプリを利用できません。",
        Notice::AuthenticatorRequired => "このアカウントには認証アプリが必要なため、オフにできません。",
        Notice::ServiceText(text) => return ["問題が発生しました。もう一度お試しください。", text].concat(),
        Notice::NotSignedIn => "サインインしていません。",
        Notice::SignedOutHereOnly => {
            "この端末からはサインアウトしましたが、ほかの端末からはサインアウトできませんでした。サインインしてもう一度お試しください。"
        }
        Notice::Configuration(_) | Notice::BadReply | Notice::Unexpected => "問題が発生しました。もう一度お試しください。",
        Notice::NewCodeSent => "新しいコードを送信しました。",
        Notice::AuthenticatorOn => "認証アプリを設定しました。",
        Notice::AuthenticatorOff => "認証アプリをオフにしました。",
    };
    text.to_owned()
}
