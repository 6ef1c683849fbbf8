//! The playground's form: a field for each attribute that the package's manifest lists, and the people of the local pool.

use std::path::Path;

use anyhow::{Context, Result};
use local_pool::seed::{SeededUser, seed};
use pulldown_cmark::{Parser, html};
use serde_json::Value;

use super::highlight::escaped;

/// The package's list of all that the elements have, which is generated of the code.
const MANIFEST: &str = "npm/custom-elements.json";

/// The groups of the form, each with what the names of its attributes begin with. Others come last, under `MORE`.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Pool", &["user-pool-id", "client-id", "endpoint"]),
    ("Sign-in", &["auth-flow", "preferred-challenge", "username", "screen", "remember-device"]),
    ("Sign-up", &["sign-up", "password-policy"]),
    ("Look", &["theme", "lang"]),
    ("Other providers", &["oauth-"]),
];
const MORE: &str = "More";

/// Attributes that have no effect yet.
const RESERVED: &str = "nonce";

/// The form, the element beside it, and the markup that it writes.
pub fn form(root: &Path, pool: &str) -> Result<String> {
    let text = std::fs::read_to_string(root.join(MANIFEST)).context(MANIFEST)?;
    let manifest: Value = serde_json::from_str(&text).context(MANIFEST)?;
    let element = &manifest["modules"][0]["declarations"][0];
    let attributes = element["attributes"].as_array().context("the manifest has no attributes")?;
    let mut fields = String::new();
    for title in GROUPS.iter().map(|(title, _)| *title).chain([MORE]) {
        let own: String = attributes.iter().filter(|one| group(name(one)) == Some(title)).map(field).collect();
        let is_open = if title == GROUPS[0].0 { " open" } else { "" };
        fields.push_str(&format!("<details{is_open}><summary>{title}</summary>{own}</details>\n"));
    }
    Ok(format!(
        "<div class=\"playground\" id=\"playground\" data-pool=\"{pool}/\">
<form class=\"attributes\" aria-label=\"Attributes\" autocomplete=\"off\">
<div class=\"field\"><label for=\"element\">Element</label><select id=\"element\">{}</select></div>
<div class=\"field\"><label for=\"person\">Somebody of the local pool</label><select id=\"person\" aria-describedby=\"person-about\">{}</select>
<p id=\"person-about\">Fills in who signs in where. Everybody's password is <code>Local-pool-1!</code></p></div>
{fields}</form>
<div class=\"stage\">
<div id=\"stage\" class=\"element\"></div>
<div class=\"code\"><pre tabindex=\"0\" aria-label=\"Markup\"><code id=\"markup\"></code></pre><button type=\"button\" class=\"copy\" hidden>Copy</button></div>
<h2 id=\"told\">What the element tells the page</h2>
<ol id=\"events\" aria-live=\"polite\" aria-labelledby=\"told\"></ol>
</div>
</div>
",
        elements(&manifest)?,
        people()
    ))
}

fn name(attribute: &Value) -> &str {
    attribute["name"].as_str().unwrap_or_default()
}

/// The group of an attribute; none where it has no effect yet.
fn group(name: &str) -> Option<&'static str> {
    let has = |(_, beginnings): &&(&str, &[&str])| beginnings.iter().any(|beginning| name.starts_with(beginning));
    (name != RESERVED).then(|| GROUPS.iter().find(has).map_or(MORE, |(title, _)| *title))
}

fn elements(manifest: &Value) -> Result<String> {
    let declarations = manifest["modules"][0]["declarations"].as_array().context("the manifest has no elements")?;
    let tags = declarations.iter().filter_map(|one| one["tagName"].as_str());
    Ok(tags.map(|tag| format!("<option value=\"{tag}\">&lt;{tag}&gt;</option>")).collect())
}

/// A field: a choice where the type is one, else a text.
fn field(attribute: &Value) -> String {
    let name = name(attribute);
    let about = attribute["description"].as_str().unwrap_or_default();
    let default = attribute["default"].as_str().unwrap_or_default().trim_matches('"');
    let choices = choices(attribute["type"]["text"].as_str().unwrap_or_default());
    let given = format!("id=\"{name}\" name=\"{name}\" aria-describedby=\"{name}-about\"");
    let input = if choices.is_empty() {
        format!(
            "<input {given} placeholder=\"{}\" spellcheck=\"false\" autocapitalize=\"none\" autocomplete=\"off\" />",
            escaped(default)
        )
    } else {
        let unset = if default.is_empty() { "not set".to_owned() } else { format!("{default} (default)") };
        let choices: String = choices.iter().map(|choice| format!("<option>{choice}</option>")).collect();
        format!("<select {given}><option value=\"\">{unset}</option>{choices}</select>")
    };
    let mut about_html = String::new();
    html::push_html(&mut about_html, Parser::new(about));
    format!(
        "<div class=\"field\"><label for=\"{name}\">{name}</label>{input}<div id=\"{name}-about\" class=\"about\">{}</div></div>\n",
        about_html.trim()
    )
}

/// The texts of a type such as `"a" | "b"`.
fn choices(kind: &str) -> Vec<&str> {
    let parts: Option<Vec<&str>> = kind.split(" | ").map(|part| part.strip_prefix('"')?.strip_suffix('"')).collect();
    parts.unwrap_or_default()
}

fn people() -> String {
    seed().users.iter().map(person).collect()
}

fn person(user: &SeededUser) -> String {
    format!(
        "<option value=\"{name}\" data-user-pool-id=\"{}\" data-client-id=\"{}\" data-auth-flow=\"{}\">{name}: {}</option>",
        user.user_pool_id,
        user.client_id,
        user.auth_flow,
        escaped(&user.description),
        name = user.sign_in_name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attribute_of_the_manifest_has_one_field() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let form = form(&root, "http://127.0.0.1:9229").unwrap();
        let manifest: Value = serde_json::from_str(&std::fs::read_to_string(root.join(MANIFEST)).unwrap()).unwrap();
        for attribute in manifest["modules"][0]["declarations"][0]["attributes"].as_array().unwrap() {
            let fields = form.matches(&format!(" name=\"{}\"", name(attribute))).count();
            assert_eq!(fields, usize::from(name(attribute) != RESERVED), "{}", name(attribute));
        }
        assert!(form.contains("<option>PASSWORD_SRP</option>") && form.contains("USER_SRP_AUTH (default)"), "{form}");
        assert!(form.contains("<option value=\"srp@example.com\" data-user-pool-id=\"us-east-1_LocalPool\""), "{form}");
    }

    #[test]
    fn only_a_union_of_texts_is_a_choice() {
        assert_eq!(choices("\"a\" | \"b\""), ["a", "b"]);
        assert!(choices("string").is_empty() && choices("\"a\" | null").is_empty());
    }
}
