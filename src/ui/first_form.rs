//! The sign-in form of every configuration, as it is drawn where nobody is signed in.
//!
//! The script draws the form before the WebAssembly is there, out of a table that `tests/generated` makes of this, so that nothing is
//! written twice. No program that a page loads calls it.

use cognito_protocol::flow::{Federation, FirstFactor, Page, Purpose, SignInFlow, State, UsernameKind, step};
use yew::{Callback, Html, NodeRef, virtual_dom::VNode};

use super::{draw::Draw, parts, screens};
use crate::{
    config::LoginConfig,
    i18n::{Key, Texts},
};

/// A node of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormNode {
    /// A text, by the name of its key.
    Text(String),
    /// An element.
    Element {
        /// The name of the element.
        tag: String,
        /// Attributes, name and value. `#` at the beginning of a value stands for what the ids of a widget begin with.
        attributes: Vec<(String, String)>,
        /// What is in it.
        children: Vec<FormNode>,
    },
}

/// The form of one configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// A bit for each of [`CHOICES`].
    pub choice: u32,
    /// The outermost element; nothing where the form is no element.
    pub node: Option<FormNode>,
}

/// What a page chooses, and the choices: `username-kind`; whether the form asks for the password, with other ways beside it, or for the
/// name alone; `sign-up`; whether there are other providers.
pub const CHOICES: [&[&str]; 4] =
    [&["email", "phone", "username"], &["password", "other-ways", "name-alone"], &["on", "off"], &["none", "some"]];

/// The name of the text that there is once for each of the other providers.
#[must_use]
pub fn provider_key() -> &'static str {
    Key::SignInContinueWith.name()
}

/// The name that people call a provider, by its name in the pool.
#[must_use]
pub fn provider_called(name: &str) -> &str {
    parts::called(name)
}

/// The forms of all combinations of choices.
#[must_use]
pub fn sign_in_forms() -> Vec<Form> {
    combinations().filter_map(|chosen| Some(Form { choice: bits(chosen), node: drawn(&configuration(chosen)?) })).collect()
}

/// The places of what is chosen, one for each of [`CHOICES`].
type Chosen = [usize; CHOICES.len()];

fn combinations() -> impl Iterator<Item = Chosen> {
    let [kinds, flows, sign_ups, providers] = CHOICES.map(<[_]>::len);
    (0..kinds).flat_map(move |kind| {
        (0..flows).flat_map(move |flow| {
            (0..sign_ups).flat_map(move |sign_up| (0..providers).map(move |provider| [kind, flow, sign_up, provider]))
        })
    })
}

/// A bit for each choice, those of the first of [`CHOICES`] lowest.
fn bits(chosen: Chosen) -> u32 {
    let mut first = 0;
    let mut bits = 0;
    for (choices, place) in CHOICES.iter().zip(chosen) {
        bits |= 1 << (first + place);
        first += choices.len();
    }
    bits
}

/// What a page says that chooses so; nothing where there is no such choice.
fn configuration([kind, flow, sign_up, provider]: Chosen) -> Option<LoginConfig> {
    let mut config = LoginConfig::new("us-east-1_Example", "example").ok()?;
    config.texts = names();
    config.username_kind = *[UsernameKind::Email, UsernameKind::Phone, UsernameKind::Username].get(kind)?;
    let flows = [(SignInFlow::Srp, None), (SignInFlow::Choice, Some(FirstFactor::PasswordSrp)), (SignInFlow::Choice, None)];
    (config.auth_flow, config.preferred_challenge) = *flows.get(flow)?;
    config.sign_up = *[true, false].get(sign_up)?;
    config.federation = [false, true].get(provider)?.then(|| Federation {
        domain: "https://login.example.com".to_owned(),
        providers: vec!["Example".to_owned()],
        redirect_uri: String::new(),
        scopes: String::new(),
    });
    Some(config)
}

/// Texts that are the names of their keys.
fn names() -> Texts {
    Texts::of("", Key::ALL.iter().map(|key| (key.name().to_owned(), key.name().to_owned())))
}

/// The first screen of a widget.
fn drawn(config: &LoginConfig) -> Option<FormNode> {
    let state = State::new(config.settings(Purpose::SignIn, "example.com", |_| None));
    let state = step(state, 0, Page::Started { stored: None }.into()).state;
    let draw = Draw {
        config,
        purpose: Purpose::SignIn,
        view: state.view(),
        widget: 0,
        root: &NodeRef::default(),
        input: &Callback::noop(),
        show_password: false,
        has_spare_password: false,
        kept_rules: 0,
        has_countries: true,
        setup_key_copied: false,
        left_by: None,
    };
    let mut nodes = Vec::new();
    read(&parts::screen(&draw, screens::layout(draw.view)), &draw.id(""), &mut nodes);
    nodes.pop()
}

/// Reads what Yew is to draw. There are no components and the like in a form.
fn read(html: &Html, id_prefix: &str, nodes: &mut Vec<FormNode>) {
    match html {
        VNode::VList(list) => list.iter().for_each(|node| read(node, id_prefix, nodes)),
        VNode::VText(text) => nodes.push(FormNode::Text(text.text.to_string())),
        VNode::VTag(tag) => {
            let value = |value: &str| match value.strip_prefix(id_prefix) {
                Some(name) => ["#", name].concat(),
                None => value.to_owned(),
            };
            let attributes = tag.attributes.iter().map(|(name, text)| (name.to_owned(), value(text))).collect();
            let mut children = Vec::new();
            tag.children().into_iter().for_each(|html| read(html, id_prefix, &mut children));
            nodes.push(FormNode::Element { tag: tag.tag().to_owned(), attributes, children });
        }
        VNode::VComp(_) | VNode::VPortal(_) | VNode::VRef(_) | VNode::VSuspense(_) | VNode::VRaw(_) => {}
    }
}
