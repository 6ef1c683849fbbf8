//! News for the page, in the page's types.

use cognito_protocol::flow::{HostEvent, Notice, NoticeKind, UsernameKind};
use wasm_bindgen::JsValue;
use yew::Callback;

use crate::{i18n::Texts, shell::claims::Claims};

/// What a widget tells of. Never a token, code or password.
#[derive(Clone, Debug)]
pub enum WidgetEvent {
    /// The widget is on the page.
    Ready,
    /// Another screen is shown.
    Screen(&'static str),
    /// Somebody is signed in.
    SignedIn {
        /// The real username.
        username: String,
        /// The claims of the ID token, as a JavaScript object.
        claims: JsValue,
    },
    /// Nobody is signed in any more.
    SignedOut {
        /// `requested`, `expired`, `elsewhere` or `deleted`.
        reason: &'static str,
    },
    /// The tokens are new.
    TokensRefreshed,
    /// An error is shown.
    Error(WidgetError),
    /// A custom challenge is open. A callback that answers `false` takes it over: the widget then shows no form for it.
    Challenge {
        /// What the triggers made public.
        parameters: Vec<(String, String)>,
        /// Takes the answer; does nothing once the challenge is closed.
        respond: Callback<String>,
    },
}

/// An error, for the page.
#[derive(Clone, Debug)]
pub struct WidgetError {
    /// A stable name of ours.
    pub code: &'static str,
    /// What the person reads; for the page's author where the author alone can do something about it.
    pub message: String,
    /// On which screen; empty where there is none.
    pub screen: &'static str,
    /// Whether the same may succeed later.
    pub retryable: bool,
    /// The service's own name for it, where it had one.
    pub service_code: Option<String>,
}

impl WidgetEvent {
    /// The news in the page's types; `respond` takes the answer to a challenge of that id.
    pub(super) fn of(news: HostEvent, texts: &Texts, kind: UsernameKind, respond: Callback<(u32, String)>) -> Self {
        match news {
            HostEvent::ScreenChanged(screen) => Self::Screen(screen.as_str()),
            HostEvent::SignedIn { username, id_token } => {
                let claims = Claims::of(id_token.expose());
                let username = claims.as_ref().and_then(|claims| claims.text("cognito:username")).unwrap_or(username);
                Self::SignedIn { username, claims: claims.map_or(JsValue::NULL, Claims::into_js) }
            }
            HostEvent::SignedOut(reason) => Self::SignedOut { reason: reason.as_str() },
            HostEvent::TokensRefreshed => Self::TokensRefreshed,
            HostEvent::Error { notice, screen } => {
                Self::Error(WidgetError { screen: screen.as_str(), ..WidgetError::of(notice, texts, kind) })
            }
            HostEvent::Challenge { id, parameters } => {
                let parameters = parameters.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
                Self::Challenge { parameters, respond: respond.reform(move |answer| (id, answer)) }
            }
        }
    }
}

impl WidgetError {
    /// A notice as an error on no screen.
    pub(crate) fn of(notice: Notice, texts: &Texts, kind: UsernameKind) -> Self {
        let has_reason = matches!(notice.kind, NoticeKind::Configuration | NoticeKind::UnsupportedChallenge);
        let reason = notice.text().filter(|_| has_reason).or_else(|| for_author(notice.kind));
        let message = reason.map_or_else(|| texts.notice(&notice, kind), str::to_owned);
        let (code, retryable) = (notice.kind.code(), notice.kind.is_retryable());
        Self { code, message, screen: "", retryable, service_code: notice.service_code }
    }
}

/// What the page's author has to know, and the person has not: how to mend what is about the app client.
fn for_author(kind: NoticeKind) -> Option<&'static str> {
    // Constants, so that of all the sentences these alone become part of the program.
    const MISSING: &str = NoticeKind::SecretHashMissing.about();
    const WRONG: &str = NoticeKind::SecretHashWrong.about();
    const FAILED: &str = NoticeKind::SecretHashFailed.about();
    const SCOPE: &str = NoticeKind::ScopeMissing.about();
    if kind == NoticeKind::SecretHashMissing {
        Some(MISSING)
    } else if kind == NoticeKind::SecretHashWrong {
        Some(WRONG)
    } else if kind == NoticeKind::SecretHashFailed {
        Some(FAILED)
    } else if kind == NoticeKind::ScopeMissing {
        Some(SCOPE)
    } else {
        None
    }
}
