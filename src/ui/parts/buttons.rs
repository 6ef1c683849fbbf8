//! Buttons.

use yew::{Callback, Html, MouseEvent, html};

use super::Draw;

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum ButtonKind {
    /// What the screen is for; submits its form.
    Primary,
    /// Another way to go on.
    Secondary,
    /// A way back, or a small help.
    Quiet,
}

/// A button.
pub(in crate::ui) struct Button<'a> {
    pub kind: ButtonKind,
    pub text: &'a str,
    pub onclick: Option<Callback<MouseEvent>>,
    /// Cannot be pressed now. It keeps the focus, which a disabled button would lose.
    pub idle: bool,
    /// The id of a text that says why.
    pub described_by: Option<String>,
}

impl<'a> Button<'a> {
    pub fn submit(text: &'a str) -> Self {
        Self { kind: ButtonKind::Primary, text, onclick: None, idle: false, described_by: None }
    }

    pub fn new(kind: ButtonKind, text: &'a str, onclick: Callback<MouseEvent>) -> Self {
        Self { kind, text, onclick: Some(onclick), idle: false, described_by: None }
    }

    pub fn draw(self, draw: &Draw<'_>) -> Html {
        let (class, part) = match self.kind {
            ButtonKind::Primary => ("primary", "button button-primary"),
            ButtonKind::Secondary => ("secondary", "button"),
            ButtonKind::Quiet => ("quiet", "button button-link"),
        };
        let type_ = if self.onclick.is_none() { "submit" } else { "button" };
        let idle = self.idle || draw.busy && self.kind != ButtonKind::Quiet;
        let onclick = self.onclick.filter(|_| !idle);
        let working = draw.busy && self.kind == ButtonKind::Primary;
        html! {
            <button type={type_} {class} {part} {onclick}
                aria-disabled={idle.then_some("true")} aria-busy={working.then_some("true")} aria-describedby={self.described_by}>
                { self.text }
            </button>
        }
    }
}
