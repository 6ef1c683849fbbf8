//! One element of the package on the page.

use fantoccini::{elements::Element, key::Key};
use serde_json::{Value, json};

use crate::stage::{Stage, until};

/// What a thing is for the person who looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading,
    Button,
    Field,
    Image,
    Alert,
    Status,
    Text,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Button => "button",
            Self::Field => "field",
            Self::Image => "image",
            Self::Alert => "alert",
            Self::Status => "status",
            Self::Text => "text",
        }
    }
}

/// One element of the package, in the present tab.
#[derive(Clone, Copy)]
pub(crate) struct Widget<'a> {
    pub stage: &'a Stage,
    selector: &'static str,
}

impl<'a> Widget<'a> {
    /// The `<cognito-login>` of a page.
    pub fn login(stage: &'a Stage) -> Self {
        Self::at(stage, "cognito-login")
    }

    /// The `<cognito-account>` of a page.
    pub fn account(stage: &'a Stage) -> Self {
        Self::at(stage, "cognito-account")
    }

    /// The element that a CSS selector means.
    pub fn at(stage: &'a Stage, selector: &'static str) -> Self {
        Self { stage, selector }
    }

    async fn look(self, kind: Kind, name: &str) -> Option<Element> {
        let arguments = [json!(kind.name()), json!(name), json!(self.selector)];
        self.stage.browser.element(include_str!("find.js"), &arguments).await
    }

    /// Whether it is there now.
    pub async fn has(self, kind: Kind, name: &str) -> bool {
        self.look(kind, name).await.is_some()
    }

    /// Waits until it is there.
    pub async fn find(self, kind: Kind, name: &str) -> Element {
        until(format!("the {} `{name}`", kind.name()), async || self.look(kind, name).await).await
    }

    /// Waits until it is gone.
    pub async fn gone(self, kind: Kind, name: &str) {
        until(format!("the {} `{name}` to go", kind.name()), async || (!self.has(kind, name).await).then_some(())).await;
    }

    /// Waits until nothing is under way. Most buttons do nothing before that.
    pub async fn idle(self) {
        let is_idle =
            "return [...seen.nodes(element)].every((node) => node.localName !== 'section' || node.ariaBusy !== 'true');";
        until("the end of what is under way", async || self.script(is_idle).await.as_bool().filter(|is_idle| *is_idle)).await;
    }

    /// Presses a button.
    pub async fn press(self, name: &str) {
        self.click(Kind::Button, name).await;
    }

    /// Chooses a radio button by its label.
    pub async fn choose(self, label: &str) {
        self.click(Kind::Field, label).await;
    }

    /// Presses a button if it is there now.
    pub async fn press_if_there(self, name: &str) {
        self.try_click(Kind::Button, name).await;
    }

    async fn click(self, kind: Kind, name: &str) {
        let click = async || self.try_click(kind, name).await;
        until(format!("the {} `{name}` to be pressed", kind.name()), click).await;
    }

    /// Nothing where it is not there, or was drawn anew before it could be pressed.
    async fn try_click(self, kind: Kind, name: &str) -> Option<()> {
        self.look(kind, name).await?.click().await.ok()
    }

    /// Clicks into a field.
    pub async fn click_into(self, label: &str) {
        let field = self.find(Kind::Field, label).await;
        self.stage.browser.click_into(&field).await;
    }

    /// Types into a field, after what is there.
    pub async fn type_into(self, label: &str, text: &str) {
        let field = self.find(Kind::Field, label).await;
        field.send_keys(text).await.unwrap();
    }

    /// Empties a field and types into it.
    pub async fn fill(self, label: &str, text: &str) {
        let field = self.find(Kind::Field, label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// What is typed in a field.
    pub async fn value(self, label: &str) -> String {
        let field = self.find(Kind::Field, label).await;
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// An attribute of a field.
    pub async fn attribute(self, label: &str, attribute: &str) -> Option<String> {
        let field = self.find(Kind::Field, label).await;
        field.attr(attribute).await.unwrap()
    }

    /// Waits for an alert with just this text.
    pub async fn alert(self, text: &str) {
        self.find(Kind::Alert, text).await;
    }

    /// Waits for a status message with just this text.
    pub async fn status(self, text: &str) {
        self.find(Kind::Status, text).await;
    }

    /// Runs the body of a function with the element as `element`; a promise that it returns is waited for.
    pub async fn script(self, body: &str) -> Value {
        let body = format!("const element = document.querySelector(arguments[0]); {body}");
        self.stage.browser.script(&body, &[json!(self.selector)]).await
    }

    /// What has the focus, as `field Email` or `heading Sign in`; anything without such a name by its tag.
    pub async fn focused(self) -> String {
        let script = "const node = seen.focused();
            const text = (node) => node.textContent.trim();
            if (!node) return '';
            if (node.labels?.[0]) return `field ${text(node.labels[0])}`;
            if (/^h[1-6]$/.test(node.localName)) return `heading ${text(node)}`;
            return node.localName === 'button' ? `button ${text(node)}` : node.localName;";
        self.stage.browser.script(script, &[]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab again and again: the focus goes from one to the next of these, and is seen there.
    pub async fn tab_through(self, expected: &[&str]) {
        for name in expected {
            self.stage.browser.press_key(Key::Tab).await;
            self.focus_on(name).await;
            self.focus_is_seen(name).await;
        }
    }

    /// The same with Shift.
    pub async fn tab_back_through(self, expected: &[&str]) {
        for name in expected {
            self.stage.browser.press_chord(Key::Shift, Key::Tab).await;
            self.focus_on(name).await;
            self.focus_is_seen(name).await;
        }
    }

    /// What has the focus has an outline, and is not out of sight (2.4.11).
    async fn focus_is_seen(self, name: &str) {
        let script = "const node = seen.focused();
            const { outlineStyle, outlineWidth } = getComputedStyle(node);
            const { top, bottom } = node.getBoundingClientRect();
            return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && top < innerHeight && bottom > 0;";
        until(format!("the focus to be seen on `{name}`"), async || {
            self.stage.browser.script(script, &[]).await.as_bool().filter(|is_seen| *is_seen)
        })
        .await;
    }

    /// Waits until something has the focus.
    pub async fn focus_on(self, expected: &str) {
        let mut last = String::new();
        let looked = until(format!("the focus on `{expected}`"), async || {
            last = self.focused().await;
            (last == expected).then_some(())
        });
        looked.await;
    }
}
