//! What every screen draws with: the texts, the ids, the heading and the notice.

use cognito_protocol::flow::{Notice, Purpose};
use yew::{Html, html, html::Scope};

use crate::{
    config::LoginConfig,
    i18n::Message,
    ui::{CognitoLogin, Input},
};

/// One drawing of one screen.
pub(in crate::ui) struct Draw<'a> {
    pub widget: &'a CognitoLogin,
    pub link: &'a Scope<CognitoLogin>,
    pub config: &'a LoginConfig,
    pub purpose: Purpose,
    pub busy: bool,
    pub notice: Option<&'a (u32, Notice)>,
}

impl Draw<'_> {
    pub fn text(&self, message: Message<'_>) -> String {
        self.config.language.text(&message)
    }

    /// An id that is unique in the document, for where a widget lives without a shadow root.
    pub fn id(&self, name: &str) -> String {
        ["cognito-login-", &self.widget.id.to_string(), "-", name].concat()
    }

    pub fn heading(&self, text: &str) -> Html {
        html! { <h2 ref={self.widget.heading.clone()} tabindex="-1" part="heading">{ text }</h2> }
    }

    pub fn paragraph(&self, text: &str) -> Html {
        html! { <p part="text">{ text }</p> }
    }

    /// The notice. It is a new element each time, so that screen readers say it again.
    pub fn notice(&self) -> Html {
        let Some((id, notice)) = self.notice else { return Html::default() };
        let text = self.text(Message::Notice(notice, self.config.username_kind));
        if notice.is_error() {
            html! { <div key={*id} id={self.id("notice")} class="notice error" role="alert" part="error">{ text }</div> }
        } else {
            html! { <div key={*id} id={self.id("notice")} class="notice" role="status" part="status">{ text }</div> }
        }
    }

    /// Whether the notice is about what is typed in a field.
    pub fn is_notice(&self, is: impl Fn(&Notice) -> bool) -> bool {
        self.notice.is_some_and(|(_, notice)| is(notice))
    }

    /// A form that submits `input`; the browser's own submission and validation stay out of it.
    pub fn form(&self, input: fn() -> Input, content: Html) -> Html {
        let busy = self.busy;
        let onsubmit = self.link.batch_callback(move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            (!busy).then(input)
        });
        html! { <form novalidate=true {onsubmit} part="form">{ content }</form> }
    }
}
