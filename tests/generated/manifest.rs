//! `npm/custom-elements.json`, in the form of the custom elements manifest (schema 1.0.0).

use cognito_login::reference::{ATTRIBUTES, CSS_PROPERTIES, EVENTS, METHODS, Named, PARTS, PROPERTIES, SLOTS, screens};
use serde::Serialize;

use crate::types::{about_attribute, about_property, camel_case, detail_type, property_type, value_type};

/// A member of the manifest: what is `None` is left out. Written in the order of the fields.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    name: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    type_: Option<Type>,
    #[serde(skip_serializing_if = "Option::is_none")]
    readonly: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    optional: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reflects: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    #[serde(rename = "return", skip_serializing_if = "Option::is_none")]
    return_: Option<Return>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Entry>,
}

#[derive(Serialize)]
struct Type {
    text: String,
}

#[derive(Serialize)]
struct Return {
    #[serde(rename = "type")]
    type_: Type,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Class {
    kind: &'static str,
    name: &'static str,
    tag_name: &'static str,
    custom_element: bool,
    description: &'static str,
    superclass: Superclass,
    attributes: Vec<Entry>,
    members: Vec<Entry>,
    events: Vec<Entry>,
    slots: Vec<Entry>,
    css_properties: Vec<Entry>,
    css_parts: Vec<Entry>,
}

#[derive(Serialize)]
struct Superclass {
    name: &'static str,
}

#[derive(Serialize)]
struct Export {
    kind: &'static str,
    name: &'static str,
    declaration: Declaration,
}

#[derive(Serialize)]
struct Declaration {
    name: &'static str,
    module: &'static str,
}

#[derive(Serialize)]
struct Module {
    kind: &'static str,
    path: &'static str,
    summary: &'static str,
    declarations: Vec<Class>,
    exports: Vec<Export>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    schema_version: &'static str,
    readme: &'static str,
    modules: [Module; 1],
}

/// The module that defines both elements.
const MODULE: &str = "cognito-login.js";

/// Tag, class, description.
const ELEMENTS: [(&str, &str, &str); 2] = [
    ("cognito-login", "CognitoLoginElement", "Signs a person in to an Amazon Cognito user pool."),
    ("cognito-account", "CognitoAccountElement", "The signed-in person's security settings."),
];

/// The whole file.
pub fn manifest() -> String {
    let declaration = |name| Declaration { name, module: MODULE };
    let classes = ELEMENTS.map(|(_, name, _)| Export { kind: "js", name, declaration: declaration(name) });
    let definitions =
        ELEMENTS.map(|(tag, name, _)| Export { kind: "custom-element-definition", name: tag, declaration: declaration(name) });
    let module = Module {
        kind: "javascript-module",
        path: MODULE,
        summary: "Importing it defines both elements.",
        declarations: ELEMENTS.map(|(tag, name, about)| class(tag, name, about)).into(),
        exports: classes.into_iter().chain(definitions).collect(),
    };
    let manifest = Manifest { schema_version: "1.0.0", readme: "README.md", modules: [module] };
    serde_json::to_string_pretty(&manifest).unwrap() + "\n"
}

fn class(tag_name: &'static str, name: &'static str, description: &'static str) -> Class {
    let slot_of_screen = |screen: &Named| entry(screen.name, &format!("At the end of the screen `{}`.", screen.name));
    Class {
        kind: "class",
        name,
        tag_name,
        custom_element: true,
        description,
        superclass: Superclass { name: "HTMLElement" },
        attributes: attributes(),
        members: members(),
        events: events(),
        slots: SLOTS.iter().map(named).chain(screens().iter().map(slot_of_screen)).collect(),
        css_properties: CSS_PROPERTIES
            .iter()
            .map(|property| entry(&format!("--cognito-login-{}", property.name), property.about))
            .collect(),
        css_parts: PARTS.iter().map(named).collect(),
    }
}

fn attributes() -> Vec<Entry> {
    let attributes = ATTRIBUTES.iter().map(|attribute| Entry {
        type_: type_(value_type(attribute.values)),
        field_name: Some(camel_case(attribute.name)),
        default: attribute.default.map(|value| format!("{value:?}")),
        ..entry(attribute.name, &about_attribute(attribute))
    });
    attributes.collect()
}

fn members() -> Vec<Entry> {
    let field = |name: &str, about: &str| Entry { kind: Some("field"), ..entry(name, about) };
    let attributes = ATTRIBUTES.iter().map(|attribute| {
        let value = value_type(attribute.values);
        Entry {
            type_: type_(if attribute.is_inherited { value } else { format!("{value} | null") }),
            attribute: Some(attribute.name.to_owned()),
            // Browsers hide it from the page's CSS.
            reflects: (attribute.name != "nonce").then_some(true),
            ..field(&camel_case(attribute.name), &about_attribute(attribute))
        }
    });
    let properties = PROPERTIES
        .iter()
        .map(|property| Entry { type_: type_(property_type(property)), ..field(property.name, &about_property(property)) });
    let ready = Entry {
        type_: type_("Promise<void>".to_owned()),
        readonly: Some(true),
        ..field("ready", "Resolves when the widget is on the page; rejects where it cannot load.")
    };
    let methods = METHODS.iter().map(|method| {
        let parameter = method.parameter.map(|parameter| Entry {
            type_: type_(parameter.type_.to_owned()),
            optional: parameter.is_optional.then_some(true),
            name: parameter.name.to_owned(),
            ..Entry::default()
        });
        Entry {
            kind: Some("method"),
            return_: type_(method.returns.to_owned()).map(|type_| Return { type_ }),
            parameters: parameter.into_iter().collect(),
            ..entry(method.name, method.about)
        }
    });
    attributes.chain(properties).chain([ready]).chain(methods).collect()
}

fn events() -> Vec<Entry> {
    let events = EVENTS.iter().map(|event| Entry {
        type_: type_(format!("CustomEvent<{}>", detail_type(event))),
        ..entry(&format!("cognito-login-{}", event.name), event.about)
    });
    events.collect()
}

fn named(named: &Named) -> Entry {
    entry(named.name, named.about)
}

fn entry(name: &str, about: &str) -> Entry {
    Entry { name: name.to_owned(), description: Some(about.to_owned()), ..Entry::default() }
}

fn type_(text: String) -> Option<Type> {
    Some(Type { text })
}
