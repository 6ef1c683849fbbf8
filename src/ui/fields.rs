//! The inputs of the screen that is drawn: read, filled and focused by the names that its layout has.

use cognito_protocol::{
    Secret,
    flow::{Answers, NoticeKind},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::{
    layout::{Field, FieldKind, Layout},
    parts,
};
use crate::{config::PasswordPolicy, shell::page};

/// The inputs below an element.
pub(super) struct Fields<'a> {
    pub root: &'a Element,
    pub layout: &'static Layout,
    /// The attributes that the page asks for where the layout does.
    pub attributes: Vec<&'a str>,
}

impl Fields<'_> {
    /// What was typed into all of them.
    pub fn answers(&self) -> Answers {
        Answers::of(self.names().into_iter().map(|name| (name, self.typed(name).into())))
    }

    /// The names of all of them, in their order.
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.layout.fields.iter().map(|field| field.name).collect();
        if self.layout.asks_attributes {
            names.extend_from_slice(&self.attributes);
        }
        names
    }

    /// The sign-in name as it is typed; `None` where the screen has no field for it.
    pub fn sign_in_name(&self) -> Option<String> {
        self.of_kind(FieldKind::SignInName).map(|field| self.typed(field.name))
    }

    /// Which rules of a policy the new password keeps: a bit each, in their order.
    pub fn kept_rules(&self, policy: &PasswordPolicy) -> u8 {
        let Some(field) = self.of_kind(FieldKind::NewPassword) else { return 0 };
        let password = Secret::from(self.typed(field.name));
        let mut bits = 0;
        for (at, rule) in policy.rules().iter().enumerate() {
            bits |= u8::from(policy.is_kept(*rule, password.expose())) << at;
        }
        bits
    }

    /// Whether there is a password that nobody was asked for.
    pub fn has_spare_password(&self) -> bool {
        self.of_kind(FieldKind::SparePassword).is_some_and(|field| !self.typed(field.name).is_empty())
    }

    fn of_kind(&self, kind: FieldKind) -> Option<&'static Field> {
        self.layout.fields.iter().find(|field| field.kind == kind)
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

    /// Shows a code as it is going to be read: without the spaces and dashes that came along, in ASCII digits. What is right already is
    /// not touched, so that the caret stays and the browser can undo.
    pub fn tidy_code(&self) {
        let Some(field) = self.of_kind(FieldKind::Code) else { return };
        let typed = Secret::from(self.typed(field.name));
        let code = Secret::from(one_time_code::normalise(typed.expose()));
        if code.expose() != typed.expose() {
            self.fill(field.name, code.expose());
        }
    }

    /// As before the person typed.
    pub fn reset(&self, sign_in_name: &str) {
        let name = self.of_kind(FieldKind::SignInName).map(|field| field.name);
        let choice = self.of_kind(FieldKind::Choice).map(|field| field.name);
        for field in self.names().into_iter().filter(|field| Some(*field) != choice) {
            self.fill(field, if Some(field) == name { sign_in_name } else { "" });
        }
    }

    /// Empties passwords, codes and answers.
    pub fn empty_secrets(&self) {
        for field in self.layout.fields.iter().filter(|field| field.kind.is_secret()) {
            self.fill(field.name, "");
        }
    }

    /// Empties those whose content goes when a notice comes, unless it is about another field.
    pub fn empty_by_notice(&self, notice: Option<NoticeKind>) {
        let is_about = |field: &Field| notice.is_some_and(|kind| field.wrong.contains(&kind));
        let is_kept = self.layout.fields.iter().any(|field| !field.kind.is_emptied_by_notice() && is_about(field));
        for field in self.layout.fields.iter().filter(|field| field.kind.is_emptied_by_notice() && !is_kept) {
            self.fill(field.name, "");
        }
    }

    /// Moves the focus to where the person goes on: to the field that a notice is about, or the first one that is empty. A screen that
    /// is new and has more to tell than its form begins at the heading, as does one without a form, unless the person comes back to the
    /// button that led away.
    pub fn focus(&self, notice: Option<NoticeKind>, screen_is_new: bool) {
        let begins_above = screen_is_new && self.layout.above.is_some();
        let field = (!begins_above).then(|| self.next_field(notice)).flatten();
        let target = field.and_then(|field| self.input(field)).map(HtmlElement::from);
        let first = |selector: &str| self.root.query_selector(selector).ok().flatten()?.dyn_into().ok();
        let way_back = || first(".way-back").filter(|_| notice.is_none());
        if let Some(target) = target.or_else(way_back).or_else(|| first("h2")) {
            page::focus(&target);
        }
    }

    fn next_field(&self, notice: Option<NoticeKind>) -> Option<&str> {
        let wrong = self.layout.fields.iter().rfind(|field| notice.is_some_and(|kind| field.wrong.contains(&kind)));
        if let Some(field) = wrong {
            return Some(field.name);
        }
        let names = self.names();
        let spare = self.of_kind(FieldKind::SparePassword).map(|field| field.name);
        let names: Vec<&str> = names.into_iter().filter(|name| Some(*name) != spare).collect();
        let is_next = |name: &str| self.typed(name).is_empty() || notice.is_some() && parts::wrong_attribute(name) == notice;
        names.iter().find(|name| is_next(name)).or(names.last()).copied()
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

    fn typed(&self, name: &str) -> String {
        let input = self.input(name);
        let chosen = input.filter(|input| input.type_() != "radio").or_else(|| self.checked(name));
        chosen.map(|input| input.value()).unwrap_or_default()
    }

    fn checked(&self, name: &str) -> Option<HtmlInputElement> {
        self.root.query_selector(&["input[name=\"", name, "\"]:checked"].concat()).ok().flatten()?.dyn_into().ok()
    }

    fn input(&self, name: &str) -> Option<HtmlInputElement> {
        input(self.root, name)
    }
}

/// The input of that name below an element.
pub(super) fn input(root: &Element, name: &str) -> Option<HtmlInputElement> {
    root.query_selector(&["input[name=\"", name, "\"]"].concat()).ok().flatten()?.dyn_into().ok()
}
