//! Buttons.

use cognito_protocol::flow::{Action, Person};
use yew::{Callback, Html, MouseEvent, html};

use crate::{
    i18n::Key,
    ui::{
        countdown,
        draw::Draw,
        layout::{Button, Look},
    },
};

/// A button to draw.
pub(in crate::ui) struct ButtonDrawing<'a> {
    look: Look,
    text: &'a str,
    /// The accessible name, where the text alone does not tell one row from another.
    label: Option<String>,
    onclick: Option<Callback<MouseEvent>>,
    /// Cannot be pressed now. It keeps the focus, which a disabled button would lose.
    idle: bool,
    /// The id of a text that says why.
    described_by: Option<String>,
}

impl<'a> ButtonDrawing<'a> {
    pub fn submit(text: &'a str) -> Self {
        Self { look: Look::Primary, text, label: None, onclick: None, idle: false, described_by: None }
    }

    pub fn new(look: Look, text: &'a str, onclick: Callback<MouseEvent>) -> Self {
        Self { look, text, label: None, onclick: Some(onclick), idle: false, described_by: None }
    }

    /// The same with an accessible name of its own.
    pub fn labelled(self, label: Option<String>) -> Self {
        Self { label, ..self }
    }

    pub fn draw(self, draw: &Draw<'_>) -> Html {
        let (class, part) = match self.look {
            Look::Primary => ("primary", "button button-primary"),
            Look::Secondary => ("secondary", "button"),
            Look::WayBack => ("secondary way-back", "button"),
            Look::Quiet => ("quiet", "button button-link"),
        };
        let busy = draw.view.busy;
        let type_ = if self.onclick.is_none() { "submit" } else { "button" };
        let idle = self.idle || busy && self.look != Look::Quiet;
        let onclick = self.onclick.filter(|_| !idle);
        let working = busy && self.look == Look::Primary;
        html! {
            <button type={type_} {class} {part} {onclick} aria-label={self.label}
                aria-disabled={idle.then_some("true")} aria-busy={working.then_some("true")} aria-describedby={self.described_by}>
                { self.text }
            </button>
        }
    }
}

/// A button of a layout. The one for a new code waits, and says how long.
pub(in crate::ui) fn action(draw: &Draw<'_>, button: &Button) -> Html {
    let action = button.action;
    let look = if draw.left_by == Some(action) { Look::WayBack } else { button.look };
    let drawing = ButtonDrawing::new(look, draw.text(button.text), draw.input.reform(move |_| Person::Pressed(action).into()));
    if action != Action::SendNewCode {
        return drawing.draw(draw);
    }
    let wait_secs = draw.challenge().map_or(0, countdown::wait_secs);
    let must_wait = wait_secs > 0;
    let why = draw.id("wait");
    let described_by = must_wait.then(|| why.clone());
    html! {
        <>
            { ButtonDrawing { idle: must_wait || draw.view.busy, described_by, ..drawing }.draw(draw) }
            if must_wait {
                <p id={why} class="wait" part="text">
                    { draw.texts().count(Key::CommonNewCodeIn, "seconds", wait_secs.into()) }
                </p>
            }
        </>
    }
}
