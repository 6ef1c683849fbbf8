//! One drawing of one screen: the view, the words for it, and where the person's doings go.

use cognito_protocol::flow::{AccountView, Action, ChallengeView, Details, NoticeKind, Purpose, SignInFlow, TotpSetupView, View};
use web_sys::Element;
use yew::{Callback, NodeRef};

use super::{fields::input, input::Input};
use crate::{
    config::LoginConfig,
    i18n::{Key, Texts},
};

/// When a button is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum When {
    Always,
    /// A new code can be asked for here.
    Renewable,
    /// The enrolment is part of a sign-in.
    EnrollingToSignIn,
    /// The enrolment is part of the account's settings.
    EnrollingInAccount,
    /// People may create an account.
    SignUpOffered,
    /// The sign-in form was asked for in the account element, and can be left.
    InFormOfAccount,
    /// The person may sign in by something else than the password.
    OtherWaysOffered,
}

/// One drawing of one screen.
pub(in crate::ui) struct Draw<'a> {
    pub config: &'a LoginConfig,
    pub purpose: Purpose,
    pub view: &'a View,
    /// Numbers the widget on its page.
    pub widget: u32,
    /// The element that holds the screen, for whoever looks for its fields.
    pub root: &'a NodeRef,
    /// What the person does.
    pub input: &'a Callback<Input>,
    /// The password is shown.
    pub show_password: bool,
    /// A password is there that nobody was asked for, so that the form shows it.
    pub has_spare_password: bool,
    /// Which rules of the password policy the new password keeps: a bit each, in their order.
    pub kept_rules: u8,
    /// The script offers the countries beside a phone number.
    pub has_countries: bool,
    /// The setup key is on the clipboard.
    pub setup_key_copied: bool,
    /// What was pressed last in the account.
    pub left_by: Option<Action>,
}

impl Draw<'_> {
    pub fn texts(&self) -> &Texts {
        &self.config.texts
    }

    pub fn text(&self, key: Key) -> &str {
        self.texts().get(key)
    }

    /// An id that is unique in the document, for where a widget lives without a shadow root.
    pub fn id(&self, name: &str) -> String {
        ["cognito-login-", &self.widget.to_string(), "-", name].concat()
    }

    /// What the view has by a name.
    pub fn value(&self, name: &str) -> Option<&str> {
        match &self.view.details {
            Details::Name(sign_in_name)
            | Details::NameAlone(sign_in_name)
            | Details::Attributes(_, sign_in_name)
            | Details::TotpSetup(Some(TotpSetupView { account_name: sign_in_name, .. })) => {
                (name == "name").then_some(sign_in_name.as_str())
            }
            Details::Challenge(challenge) if name == "name" => Some(&challenge.sign_in_name),
            Details::Challenge(challenge) => challenge.parameters.get(name),
            Details::None | Details::FirstFactors(_) | Details::TotpSetup(None) | Details::Account(_) => None,
        }
    }

    /// The attributes that the form asks for, by their names in the pool.
    pub fn asked_attributes(&self) -> Vec<&str> {
        asked_attributes(self.config, &self.view.details)
    }

    /// The first of the texts whose placeholders all have a value.
    pub fn first_filled(&self, keys: &[Key]) -> Option<String> {
        let destination = self.value("destination").map(|destination| ("destination", destination));
        keys.iter().find_map(|key| self.texts().fill(*key, destination.as_slice()))
    }

    /// Whether the notice is one of these.
    pub fn is_told(&self, kinds: &[NoticeKind]) -> bool {
        self.view.notice.as_ref().is_some_and(|shown| kinds.contains(&shown.notice.kind))
    }

    /// Whether nothing is typed into the field of that name on the screen, as it was drawn last.
    pub fn is_empty(&self, name: &str) -> bool {
        self.root.cast::<Element>().and_then(|root| input(&root, name)).is_some_and(|input| input.value().is_empty())
    }

    /// Whether there is nothing to show yet.
    pub fn is_loading(&self) -> bool {
        matches!(self.view.details, Details::None | Details::TotpSetup(None) | Details::Account(AccountView::Loading))
    }

    /// Whether the page shows the challenge itself.
    pub fn is_taken_over(&self) -> bool {
        self.challenge().is_some_and(|challenge| challenge.taken_over)
    }

    pub fn challenge(&self) -> Option<&ChallengeView> {
        match &self.view.details {
            Details::Challenge(challenge) => Some(challenge),
            Details::None
            | Details::Name(_)
            | Details::NameAlone(_)
            | Details::FirstFactors(_)
            | Details::Attributes(..)
            | Details::TotpSetup(_)
            | Details::Account(_) => None,
        }
    }

    pub fn totp_setup(&self) -> Option<&TotpSetupView> {
        match &self.view.details {
            Details::TotpSetup(setup) => setup.as_ref(),
            Details::None
            | Details::Name(_)
            | Details::NameAlone(_)
            | Details::FirstFactors(_)
            | Details::Attributes(..)
            | Details::Challenge(_)
            | Details::Account(_) => None,
        }
    }

    /// Whether that is so now.
    pub fn is(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::Renewable => self.challenge().is_some_and(|challenge| challenge.is_renewable && !challenge.taken_over),
            When::EnrollingToSignIn => self.totp_setup().is_some_and(|setup| setup.signing_in),
            When::EnrollingInAccount => self.totp_setup().is_some_and(|setup| !setup.signing_in),
            When::SignUpOffered => self.purpose == Purpose::SignIn && self.config.sign_up,
            When::OtherWaysOffered => {
                self.config.auth_flow == SignInFlow::Choice && matches!(self.view.details, Details::Name(_))
            }
            When::InFormOfAccount => self.purpose == Purpose::Account && !self.view.busy,
        }
    }
}

/// The attributes that a form asks for: those of the challenge, or those of the page's sign-up.
pub(super) fn asked_attributes<'a>(config: &'a LoginConfig, details: &'a Details) -> Vec<&'a str> {
    match details {
        Details::Attributes(names, _) => names.iter().map(String::as_str).collect(),
        Details::None
        | Details::Name(_)
        | Details::NameAlone(_)
        | Details::FirstFactors(_)
        | Details::Challenge(_)
        | Details::TotpSetup(_)
        | Details::Account(_) => config.asked_attributes(),
    }
}
