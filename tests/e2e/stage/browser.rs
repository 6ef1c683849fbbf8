//! A browser over WebDriver. What goes wrong in it fails the test.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use axum::http::Method;
use base64ct::Encoding;
use fantoccini::{
    Client, ClientBuilder,
    actions::{InputSource, KeyAction, KeyActions},
    elements::{Element, ElementRef},
    key::Key,
    wd::{WebDriverCompatibleCommand, WindowHandle},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::{driver::Driver, engine::Engine};

/// The key under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window's inner size, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    pub const DESKTOP: Self = Self { width: 1280, height: 900 };
    /// The narrowest that WCAG 2.2 asks for (1.4.10).
    pub const NARROW: Self = Self { width: 320, height: 640 };
}

/// A browser; clones are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    client: Client,
    engine: Engine,
    /// The tabs in the order in which they were seen first; not every driver tells them in one.
    seen_tabs: Arc<Mutex<Vec<WindowHandle>>>,
    /// Held: without it the browser would end.
    _driver: Arc<Driver>,
}

impl Browser {
    pub(super) async fn open(engine: Engine, driver: Arc<Driver>) -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let profile = driver.profiles.join(LAST.fetch_add(1, Ordering::Relaxed).to_string());
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(engine.capabilities(&profile)).connect(&driver.url).await;
        let client = client.expect("the driver starts a browser; CHROME, FIREFOX or WEBKIT may name its file");
        let browser = Self { client, engine, seen_tabs: Arc::default(), _driver: driver };
        browser.tabs().await;
        browser
    }

    /// As people call it.
    pub fn name(&self) -> &'static str {
        match self.engine {
            Engine::Chromium => "Chrome",
            Engine::Firefox => "Firefox",
            Engine::WebKit => "Safari",
        }
    }

    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// As the browser's button does.
    pub async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Runs the body of a function; a promise that it returns is waited for.
    pub async fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.client.execute(body, arguments.to_vec()).await.unwrap()
    }

    /// What a script returns; `null` when it fails.
    pub async fn try_script(&self, body: &str) -> Value {
        self.client.execute(body, Vec::new()).await.unwrap_or(Value::Null)
    }

    /// Runs the body of a function in Firefox's own window, where it may do all that the browser does.
    pub async fn privileged(&self, body: &str) -> Value {
        let context = |name: &str| self.extension("POST", "moz/context".to_owned(), json!({ "context": name }));
        context("chrome").await;
        let returned = self.script(body, &[]).await;
        context("content").await;
        returned
    }

    /// The element that a script returns, if it returns one.
    pub async fn element(&self, body: &str, arguments: &[Value]) -> Option<Element> {
        let found = match self.client.execute(body, arguments.to_vec()).await {
            // It was there, and is gone before the driver has it.
            Err(error) if error.is_stale_element_reference() => return None,
            found => found.unwrap(),
        };
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), ElementRef::from(id)))
    }

    /// The elements that a script returns as an array of arrays, each with what stands after it in its array.
    pub async fn elements(&self, body: &str) -> Vec<(Element, Vec<Value>)> {
        let found = self.script(body, &[]).await;
        let rows = found.as_array().unwrap().iter().map(|row| row.as_array().unwrap());
        rows.map(|row| {
            let id = row[0][ELEMENT].as_str().unwrap().to_owned();
            (Element::from_element_id(self.client.clone(), ElementRef::from(id)), row[1..].to_vec())
        })
        .collect()
    }

    /// Clicks into a field.
    pub async fn click_into(&self, field: &Element) {
        match self.engine {
            // Its driver takes the shadow root's host for something that lies above the field.
            Engine::WebKit => drop(self.script("arguments[0].focus()", &[json!(field)]).await),
            Engine::Chromium | Engine::Firefox => field.click().await.unwrap(),
        }
    }

    /// A picture of an element; what is around it may be on it.
    pub async fn picture_of(&self, element: &Element) -> Vec<u8> {
        match self.engine {
            // Its driver's pictures of elements are black, and those of a page show what was painted last.
            Engine::WebKit => {
                let painted = "arguments[0].scrollIntoView({ block: 'center' });
                    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
                self.script(painted, &[json!(element)]).await;
                self.client.screenshot().await.unwrap()
            }
            Engine::Chromium | Engine::Firefox => element.screenshot().await.unwrap(),
        }
    }

    /// A picture of the whole page, however long.
    pub async fn whole_page(&self) -> Vec<u8> {
        let picture = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await;
        base64ct::Base64::decode_vec(picture["data"].as_str().unwrap()).unwrap()
    }

    /// Presses and releases keys, wherever the focus is.
    pub async fn press_key(&self, key: Key) {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Presses a key while another is held.
    pub async fn press_chord(&self, held: Key, key: impl Into<char>) {
        let (held, value) = (char::from(held), key.into());
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: held });
        let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value }).then(KeyAction::Up { value: held });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Types text key by key, wherever the focus is.
    pub async fn press_keys(&self, text: &str) {
        let keys = text.chars().fold(KeyActions::new("keyboard".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Types text, wherever the focus is.
    pub async fn type_text(&self, text: &str) {
        match self.engine {
            // As an input method or a password manager does: whole, with characters that no key has.
            Engine::Chromium => drop(self.devtools("Input.insertText", json!({ "text": text })).await),
            Engine::Firefox | Engine::WebKit => {
                let keys = KeyActions::new("keyboard".to_owned());
                let keys =
                    text.chars().fold(keys, |keys, value| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value }));
                self.client.perform_actions(keys).await.unwrap();
            }
        }
    }

    /// The screen's size, without the lower bound that windows have.
    pub async fn resize(&self, size: Size) {
        let Size { width, height } = size;
        if self.engine != Engine::Chromium {
            return self.client.set_window_size(width, height).await.unwrap();
        }
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What the person wants of every page, by a feature of CSS and its value.
    pub async fn prefer(&self, feature: &str, value: &str) {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// A command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.extension("POST", "goog/cdp/execute".to_owned(), body).await
    }

    /// The console since the last call.
    pub async fn log(&self) -> Vec<Value> {
        let entries = match self.engine {
            Engine::Chromium => self.extension("POST", "se/log".to_owned(), json!({ "type": "browser" })).await,
            // Their drivers have no such command: what the present page itself has seen.
            Engine::Firefox | Engine::WebKit => self.try_script("return window.seen?.console.splice(0)").await,
        };
        entries.as_array().cloned().unwrap_or_default()
    }

    /// Computed by the browser as assistive technology gets it: `computedrole`, `computedlabel`.
    pub async fn computed(&self, what: &'static str, element: &Element) -> String {
        let path = format!("element/{}/{what}", element.element_id());
        self.extension("GET", path, Value::Null).await.as_str().unwrap_or_default().to_owned()
    }

    /// A command that the WebDriver library does not know; one without a body has `null` for it.
    pub async fn extension(&self, method: &'static str, path: String, body: Value) -> Value {
        self.client.issue_cmd(Extension { method, path, body }).await.unwrap()
    }

    pub async fn try_screenshot(&self) -> Option<Vec<u8>> {
        self.client.screenshot().await.ok()
    }

    /// Opens a tab and goes there.
    pub async fn new_tab(&self) {
        let tab = self.client.new_window(true).await.unwrap();
        self.client.switch_to_window(tab.handle).await.unwrap();
        self.tabs().await;
    }

    /// The oldest first.
    pub async fn tabs(&self) -> Vec<WindowHandle> {
        let tabs = self.client.windows().await.unwrap();
        let mut seen = self.seen_tabs.lock().unwrap();
        seen.retain(|tab| tabs.contains(tab));
        let new: Vec<_> = tabs.into_iter().filter(|tab| !seen.contains(tab)).collect();
        seen.extend(new);
        seen.clone()
    }

    pub async fn switch_to(&self, tab: &WindowHandle) {
        self.client.switch_to_window(tab.clone()).await.unwrap();
    }

    /// One empty tab and nothing else, for the next test.
    pub async fn tidy(&self) {
        let tabs = self.tabs().await;
        let (first, others) = tabs.split_first().unwrap();
        for tab in others {
            self.switch_to(tab).await;
            self.client.close_window().await.unwrap();
        }
        self.switch_to(first).await;
        self.goto("about:blank").await;
        match self.engine {
            Engine::Chromium => {
                self.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await;
                self.devtools("Emulation.setEmulatedMedia", json!({})).await;
            }
            Engine::Firefox | Engine::WebKit => self.resize(Size::DESKTOP).await,
        }
        self.log().await;
    }

    pub async fn close(&self) {
        let _ = self.client.clone().close().await;
    }
}

/// A command that the WebDriver library does not know.
#[derive(Debug)]
struct Extension {
    method: &'static str,
    path: String,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let method = Method::from_bytes(self.method.as_bytes()).unwrap();
        (method, (!self.body.is_null()).then(|| self.body.to_string()))
    }
}
