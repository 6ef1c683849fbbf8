//! An input with its visible label.

use yew::{Callback, Html, InputEvent, NodeRef, html};

use super::Draw;

/// An input. What is typed lives in the browser's input alone until it is submitted.
pub(in crate::ui) struct Field<'a> {
    pub name: &'static str,
    pub label: String,
    pub input: &'a NodeRef,
    pub type_: &'static str,
    pub inputmode: Option<&'static str>,
    pub autocomplete: &'static str,
    /// The notice is about this field.
    pub invalid: bool,
    pub oninput: Option<Callback<InputEvent>>,
    /// Stands beside the label, and comes after the input: Tab leads from one field to the next.
    pub aside: Html,
}

impl<'a> Field<'a> {
    /// A text field.
    pub fn new(name: &'static str, label: String, input: &'a NodeRef) -> Self {
        Self {
            name,
            label,
            input,
            type_: "text",
            inputmode: None,
            autocomplete: "off",
            invalid: false,
            oninput: None,
            aside: Html::default(),
        }
    }

    /// A field for a code that was sent or that an app shows. Its length is the pool's matter.
    pub fn code(label: String, input: &'a NodeRef) -> Self {
        Self { inputmode: Some("numeric"), autocomplete: "one-time-code", ..Self::new("code", label, input) }
    }

    pub fn draw(self, draw: &Draw<'_>) -> Html {
        let id = draw.id(self.name);
        let invalid = self.invalid.then_some("true");
        let described_by = self.invalid.then(|| draw.id("notice"));
        let class = if self.autocomplete == "one-time-code" { "code" } else { "" };
        html! {
            <div class="field" part="field">
                <label class="label" for={id.clone()} part="label">{ self.label }</label>
                <input {id} ref={self.input.clone()} {class} part="input" name={self.name} type={self.type_}
                    inputmode={self.inputmode} autocomplete={self.autocomplete} required=true
                    autocapitalize="none" autocorrect="off" spellcheck="false" oninput={self.oninput}
                    aria-invalid={invalid} aria-describedby={described_by} />
                { self.aside }
            </div>
        }
    }
}
