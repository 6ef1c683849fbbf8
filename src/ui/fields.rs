//! The inputs of the screen that is drawn: read, filled and focused by the names that its layout has.

use cognito_protocol::flow::{Answers, NoticeKind};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::layout::{Field, FieldKind, Layout};
use crate::shell::page;

/// The inputs below an element.
pub(super) struct Fields<'a> {
    pub root: &'a Element,
    pub layout: &'static Layout,
}

impl Fields<'_> {
    /// What was typed into all of them.
    pub fn answers(&self) -> Answers {
        Answers::of(self.layout.fields.iter().map(|field| (field.name, self.typed(field).into())))
    }

    /// Puts a text into one of them that is empty. Set here and not in the markup, which would undo what the person types with every
    /// drawing.
    pub fn prefill(&self, name: &str, text: &str) {
        if let Some(input) = self.input(name).filter(|input| input.value().is_empty()) {
            input.set_value(text);
        }
    }

    fn fill(&self, name: &str, text: &str) {
        if let Some(input) = self.input(name) {
            input.set_value(text);
        }
    }

    /// As before the person typed.
    pub fn reset(&self, sign_in_name: &str) {
        for field in self.layout.fields.iter().filter(|field| field.kind != FieldKind::Choice) {
            self.fill(field.name, if field.kind == FieldKind::SignInName { sign_in_name } else { "" });
        }
    }

    /// Empties passwords, codes and answers.
    pub fn empty_secrets(&self) {
        for field in self.layout.fields.iter().filter(|field| field.kind.is_secret()) {
            self.fill(field.name, "");
        }
    }

    /// Empties those whose content goes when a notice comes.
    pub fn empty_by_notice(&self) {
        for field in self.layout.fields.iter().filter(|field| field.kind.is_emptied_by_notice()) {
            self.fill(field.name, "");
        }
    }

    /// Moves the focus to where the person goes on: to the field that a notice is about, or the first one that is empty. A screen that
    /// is new and has more to tell than its form begins at the heading, as does one without a form.
    pub fn focus(&self, notice: Option<NoticeKind>, screen_is_new: bool) {
        let begins_above = screen_is_new && self.layout.above.is_some();
        let field = (!begins_above).then(|| self.next_field(notice)).flatten();
        let target = field.and_then(|field| self.input(field.name)).map(HtmlElement::from);
        let heading = || self.root.query_selector("h2").ok().flatten()?.dyn_into().ok();
        if let Some(target) = target.or_else(heading) {
            page::focus(&target);
        }
    }

    fn next_field(&self, notice: Option<NoticeKind>) -> Option<&'static Field> {
        let mut fields = self.layout.fields.iter();
        let wrong = fields.clone().rfind(|field| notice.is_some_and(|kind| field.wrong.contains(&kind)));
        wrong.or_else(|| fields.find(|field| self.typed(field).is_empty())).or(self.layout.fields.last())
    }

    /// Chooses the first where nothing is chosen.
    pub fn choose(&self) {
        for field in self.layout.fields.iter().filter(|field| field.kind == FieldKind::Choice) {
            if let Some(input) = self.input(field.name)
                && self.checked(field.name).is_none()
            {
                input.set_checked(true);
            }
        }
    }

    fn typed(&self, field: &Field) -> String {
        let input = if field.kind == FieldKind::Choice { self.checked(field.name) } else { self.input(field.name) };
        input.map(|input| input.value()).unwrap_or_default()
    }

    fn checked(&self, name: &str) -> Option<HtmlInputElement> {
        self.root.query_selector(&["input[name=", name, "]:checked"].concat()).ok().flatten()?.dyn_into().ok()
    }

    fn input(&self, name: &str) -> Option<HtmlInputElement> {
        self.root.query_selector(&["input[name=", name, "]"].concat()).ok().flatten()?.dyn_into().ok()
    }
}
