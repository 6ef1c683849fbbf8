//! News for the page, in the page's types.

use cognito_protocol::{
    fault::Fault,
    flow::{HostEvent, Notice, NoticeKind, UsernameKind},
};
use wasm_bindgen::JsValue;
use yew::Callback;

use crate::{i18n::Texts, shell::claims::Claims};

/// What a widget tells of. Never a token, code or password.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WidgetEvent {
    /// The widget is on the page.
    Ready,
    /// Another screen is shown.
    Screen(&'static str),
    /// Somebody is signed in.
    #[non_exhaustive]
    SignedIn {
        /// The real username.
        username: String,
        /// The claims of the ID token, as a JavaScript object.
        claims: JsValue,
    },
    /// Nobody is signed in any more.
    #[non_exhaustive]
    SignedOut {
        /// `requested`, `expired`, `elsewhere` or `deleted`.
        reason: &'static str,
    },
    /// The tokens are new.
    TokensRefreshed,
    /// An error is shown.
    Error(WidgetError),
    /// A custom challenge is open. A callback that answers `false` takes it over: the widget then shows no form for it.
    #[non_exhaustive]
    Challenge {
        /// What the triggers made public.
        parameters: Vec<(String, String)>,
        /// Takes the answer; does nothing once the challenge is closed.
        respond: Callback<String>,
    },
}

/// An error, for the page.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
        let message = match (notice.fault(), notice.kind) {
            (Some(fault), _) => for_author(fault, notice.text()),
            (None, NoticeKind::Configuration | NoticeKind::UnsupportedChallenge) if notice.text().is_some() => {
                notice.text().unwrap_or_default().to_owned()
            }
            (None, _) => texts.notice(&notice, kind),
        };
        let (code, retryable) = (notice.code(), notice.is_retryable());
        Self { code, message, screen: "", retryable, service_code: notice.service_code }
    }

    /// What the page's author alone can do something about, and no screen shows.
    pub(super) fn for_author(code: &'static str, message: &str) -> Self {
        Self { code, message: message.to_owned(), screen: "", retryable: false, service_code: None }
    }
}

/// What the page's author has to know, and the person has not: what is wrong, how to mend it, what the service says of it, and where to
/// read more.
fn for_author(fault: Fault, said: Option<&str>) -> String {
    let (before, after) = if said.is_some() { (" (", ")") } else { ("", "") };
    [fault.advice(), before, said.unwrap_or_default(), after, " ", &fault.help_url()].concat()
}
