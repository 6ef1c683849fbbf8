//! A widget in the test page, and ways to look at it.

use std::{cell::RefCell, rc::Rc};

use cognito_login::element::{WidgetHandle, mount};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, ShadowRootInit, ShadowRootMode, SubmitEvent};

/// Nothing listens there; browsers refuse the port at once.
pub(crate) const NOBODY: &str = "http://127.0.0.1:9/";

/// Where a widget is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    Shadow,
    Light,
}

/// An event's type and its detail as JSON.
pub(crate) type Told = (String, String);

/// A widget; it goes when this does.
pub(crate) struct Mounted {
    pub host: HtmlElement,
    pub root: Element,
    pub handle: WidgetHandle,
    told: Rc<RefCell<Vec<Told>>>,
    _dispatch: Closure<dyn FnMut(String, JsValue, bool) -> bool>,
}

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Options as the element's class makes them from attributes.
pub(crate) fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in pairs {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).unwrap();
    }
    options.into()
}

/// The options of a widget that is set up rightly, for a pool that is not there, and some more.
pub(crate) fn complete(more: &[(&str, &str)]) -> JsValue {
    let all: [(&str, &str); 4] =
        [("user-pool-id", "us-east-1_LocalPool"), ("client-id", "localclient"), ("endpoint", NOBODY), ("storage", "memory")];
    let pairs: Vec<(&str, &str)> = all.iter().chain(more).copied().collect();
    options(&pairs)
}

impl Mounted {
    /// A `<cognito-login>`'s widget.
    pub fn login(tree: Tree, options: &JsValue) -> Self {
        Self::new("login", tree, options)
    }

    pub fn new(kind: &str, tree: Tree, options: &JsValue) -> Self {
        let document = document();
        let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        match tree {
            Tree::Shadow => {
                let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
                shadow.append_child(&root).unwrap();
            }
            Tree::Light => {
                host.append_child(&root).unwrap();
            }
        }
        let told = Rc::new(RefCell::new(Vec::new()));
        let hear = told.clone();
        let dispatch = Closure::<dyn FnMut(String, JsValue, bool) -> bool>::new(move |name, detail: JsValue, _| {
            hear.borrow_mut().push((name, String::from(JSON::stringify(&detail).unwrap())));
            true
        });
        let function = dispatch.as_ref().unchecked_ref::<Function>().clone();
        let handle = mount(kind, host.clone(), root.clone(), options, function);
        Self { host, root, handle, told, _dispatch: dispatch }
    }

    /// The events so far.
    pub fn told(&self) -> Vec<Told> {
        self.told.borrow().clone()
    }

    /// The details of the events of one type.
    pub fn told_of(&self, name: &str) -> Vec<String> {
        self.told().into_iter().filter(|(told, _)| told == name).map(|(_, detail)| detail).collect()
    }

    pub fn query(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).unwrap()
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// Waits for an element.
    pub async fn find(&self, selector: &str) -> Element {
        until(selector, || self.query(selector)).await
    }

    /// Waits for an element with just this text.
    pub async fn find_text(&self, selector: &str, text: &str) -> Element {
        until(text, || {
            let found = self.root.query_selector_all(selector).unwrap();
            let elements = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into::<Element>().ok());
            elements.into_iter().find(|element| text_of(element) == text)
        })
        .await
    }

    /// Waits for the input with this label.
    pub async fn field(&self, label: &str) -> HtmlInputElement {
        let label = self.find_text("label", label).await;
        let id = label.get_attribute("for").unwrap();
        self.find(&format!("[id='{id}']")).await.dyn_into().unwrap()
    }

    /// Types as a person does, for all that the widget notices.
    pub async fn type_into(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.set_value(text);
        field.dispatch_event(&Event::new_with_event_init_dict("input", &bubbling()).unwrap()).unwrap();
    }

    pub async fn press(&self, text: &str) {
        self.find_text("button", text).await.unchecked_into::<HtmlElement>().click();
    }

    /// Submits the form as Enter does.
    pub async fn submit(&self) {
        let form = self.find("form").await;
        let event = SubmitEvent::new("submit").unwrap();
        form.dispatch_event(&event).unwrap();
    }

    /// The element with the focus, in the widget's own tree.
    pub fn focused(&self) -> Option<Element> {
        match self.host.shadow_root() {
            Some(root) => root.active_element(),
            None => document().active_element(),
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.handle.destroy();
        self.host.remove();
    }
}

fn bubbling() -> web_sys::EventInit {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    init
}

pub(crate) fn text_of(node: &Element) -> String {
    node.text_content().unwrap_or_default().trim().to_owned()
}

/// Looks again and again until there is something.
pub(crate) async fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    for _ in 0..1500 {
        if let Some(found) = look() {
            return found;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("waited in vain for {what}");
}
