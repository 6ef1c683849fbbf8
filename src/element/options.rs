//! What the JavaScript class hands over: attributes, properties, and the texts of the language that it loaded.

use std::rc::Rc;

use cognito_protocol::idp::Json;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    config::{ConfigError, LoginConfig, SecretHash, StorageAdapter},
    i18n::Texts,
    shell::json,
};

/// The configuration in an object with one key per attribute that is present, in kebab case, the property `secretHash`, a function, the
/// property `storageAdapter`, of which `element.js` has made an object that answers at once, and
/// the properties `clientMetadata`, `messages` and `texts`, which are flat objects of strings; with `texts` comes `pluralCategory(number)`, the language's plural rules.
pub(super) fn configuration(options: &JsValue) -> Result<LoginConfig, ConfigError> {
    let option = |name: &str| Reflect::get(options, &JsValue::from_str(name)).ok();
    let mut config = LoginConfig::from_attributes(|name| option(name)?.as_string())?;
    for (key, value) in strings(option("clientMetadata")) {
        config.client_metadata.insert(&key, value);
    }
    if let (Some(tag), Some(texts)) = (option("lang").and_then(|tag| tag.as_string()), option("texts").filter(JsValue::is_object))
    {
        config.texts = Texts::of(&tag, strings(Some(texts)).into_iter());
        if let Some(category) = option("pluralCategory").and_then(|category| category.dyn_into().ok()) {
            config.texts = config.texts.with_plural_rules(plural_rules(category));
        }
    }
    config.storage_adapter =
        option("storageAdapter").filter(|given| !given.is_undefined()).map(StorageAdapter::new).transpose()?;
    config.secret_hash = option("secretHash").filter(|given| !given.is_undefined()).map(SecretHash::of_page).transpose()?;
    config.texts.override_with(strings(option("messages")).into_iter());
    Ok(config)
}

/// The members of a flat object that are strings.
fn strings(object: Option<JsValue>) -> Vec<(String, String)> {
    let Some(Json::Object(members)) = object.and_then(|object| json::from_js(&object, 2)) else { return Vec::new() };
    members.into_iter().filter_map(|(name, value)| Some((name, value.as_text()?.to_owned()))).collect()
}

/// The browser's own plural rules, as a function of the script.
fn plural_rules(category: Function) -> Rc<dyn Fn(f64) -> String> {
    Rc::new(move |number| {
        let category = category.call1(&JsValue::NULL, &JsValue::from_f64(number)).ok();
        category.and_then(|category| category.as_string()).unwrap_or_default()
    })
}
