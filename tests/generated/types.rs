//! The generated sections of `npm/cognito-login.d.ts`.

use std::fmt::Write;

use cognito_login::reference::{ATTRIBUTES, Attribute, EVENTS, Event, METHODS, PROPERTIES, Property, Values, errors, screens};

use crate::{language::Language, sections::Section};

/// All sections.
pub fn sections(languages: &[Language]) -> Vec<Section> {
    let screens = screens().into_iter().map(|screen| screen.name);
    let tags = languages.iter().map(|language| language.tag.as_str());
    let keys = languages[0].texts.iter().map(|(key, _)| key.as_str());
    vec![
        ("screens", union("CognitoLoginScreen", screens)),
        ("languages", union("CognitoLoginLanguage", tags)),
        ("text keys", union("CognitoLoginTextKey", keys)),
        ("error codes", error_codes()),
        ("events", events()),
        ("members", members()),
        ("attributes", attributes()),
        ("properties", properties()),
    ]
}

/// `user-pool-id` to `userPoolId`.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let mut result = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        result.push_str(&first.to_ascii_uppercase());
        result.push_str(rest);
    }
    result
}

/// What an attribute takes, in TypeScript.
pub fn value_type(values: Values) -> String {
    match values {
        Values::Text | Values::Number => "string".to_owned(),
        Values::Words(words) => words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" | "),
    }
}

/// What a page may set an attribute's property to.
fn settable(values: Values) -> String {
    match values {
        Values::Number => "string | number".to_owned(),
        Values::Text | Values::Words(_) => value_type(values),
    }
}

/// What a property without an attribute holds.
pub fn property_type(property: &Property) -> String {
    let type_ = property.type_;
    if type_.contains("=>") { format!("({type_}) | undefined") } else { format!("{type_} | undefined") }
}

/// What an attribute is for, and whether that is still to come.
pub fn about_attribute(attribute: &Attribute) -> String {
    format!("{}{}", attribute.about, if attribute.has_effect { "" } else { " No effect yet." })
}

/// What a property is for, and whether that is still to come.
pub fn about_property(property: &Property) -> String {
    format!("{}{}", property.about, if property.has_effect { "" } else { " No effect yet." })
}

/// The type of an event's detail.
pub fn detail_type(event: &Event) -> String {
    if event.detail.is_empty() {
        return "Record<string, never>".to_owned();
    }
    let members: Vec<String> = event.detail.iter().map(|(name, type_)| format!("{name}: {type_}")).collect();
    format!("{{ {} }}", members.join("; "))
}

/// Names as code, with something between them.
pub fn names(names: &[&str], between: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(between)
}

fn union<'a>(name: &str, members: impl Iterator<Item = &'a str>) -> String {
    let members: Vec<String> = members.map(|member| format!("\n  | {member:?}")).collect();
    format!("export type {name} ={};\n", members.concat())
}

fn error_codes() -> String {
    let mut out = "export type CognitoLoginErrorCode =".to_owned();
    for error in errors() {
        let retry = if error.is_retryable { "" } else { " Not retryable." };
        let _ = write!(out, "\n  /** {}{retry} */\n  | {:?}", error.about, error.code);
    }
    out + ";\n"
}

fn events() -> String {
    let mut out = String::new();
    for event in EVENTS {
        let _ = writeln!(out, "/** {} */\nexport type {} = CustomEvent<{}>;", event.about, event.type_, detail_type(event));
    }
    out.push_str("\n/** The events of both elements. They bubble and cross shadow boundaries. No detail holds a token, code or password. */\n");
    out.push_str("export interface CognitoLoginEventMap {\n");
    for event in EVENTS {
        let _ = writeln!(out, "  \"cognito-login-{}\": {};", event.name, event.type_);
    }
    out + "}\n"
}

fn members() -> String {
    let mut out = String::new();
    for attribute in ATTRIBUTES.iter().filter(|attribute| !attribute.is_inherited) {
        let (name, property) = (attribute.name, camel_case(attribute.name));
        let default = attribute.default.map_or(String::new(), |value| format!(" Default: `{value}`."));
        let _ = writeln!(out, "  /** Attribute `{name}`. {}{default} */", about_attribute(attribute));
        let _ = writeln!(out, "  get {property}(): {} | null;", value_type(attribute.values));
        let _ = writeln!(out, "  set {property}(value: {} | null | undefined);", settable(attribute.values));
    }
    for property in PROPERTIES {
        let _ = writeln!(out, "  /** Property only. {} */", about_property(property));
        let _ = writeln!(out, "  {}: {};", property.name, property_type(property));
    }
    out.push_str(
        "  /** Resolves when the widget is on the page; rejects where it cannot load, and is a new promise after that. */\n",
    );
    out.push_str("  readonly ready: Promise<void>;\n\n");
    for method in METHODS {
        let parameter = method.parameter.map_or(String::new(), |parameter| {
            let optional = if parameter.is_optional { "?" } else { "" };
            format!("{}{optional}: {}", parameter.name, parameter.type_)
        });
        let _ = writeln!(out, "  /** {} */\n  {}({parameter}): {};", method.about, method.name, method.returns);
    }
    out
}

fn attributes() -> String {
    let mut out = String::new();
    for attribute in ATTRIBUTES {
        let name = attribute.name;
        let name = if name.contains('-') { format!("{name:?}") } else { name.to_owned() };
        let _ = writeln!(out, "  {name}?: {} | undefined;", settable(attribute.values));
    }
    out
}

fn properties() -> String {
    let mut out = String::new();
    // The others have the same name in markup.
    for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.name.contains('-')) {
        let _ = writeln!(out, "  {}?: {} | undefined;", camel_case(attribute.name), settable(attribute.values));
    }
    for property in PROPERTIES {
        let _ = writeln!(out, "  {}?: {};", property.name, property_type(property));
    }
    out
}
