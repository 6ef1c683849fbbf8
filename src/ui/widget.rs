//! The one stateful component: it owns the machine, performs its effects, and draws its view.

use cognito_protocol::{
    Secret,
    flow::{Effect, Event, HostEvent, Notice, Purpose, Screen, State, TokenSet, ViewDetails, step},
};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsValue, closure::Closure};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::{Callback, Component, Context, Html, NodeRef, Properties, html::IntoPropValue};

use super::{WidgetEvent, screens};
use crate::{
    config::{ConfigError, LoginConfig},
    i18n::{Language, Message},
    shell::{
        claims::Claims,
        clock, compute, json, page,
        storage::SessionStore,
        tabs::{RefreshLock, Subscription},
        transport,
    },
};

/// A configuration, or what is wrong with it; a widget shows either.
pub type Configuration = Result<LoginConfig, ConfigError>;

/// The properties of [`CognitoLogin`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CognitoLoginProps {
    /// The pool and how to sign in to it.
    pub config: Configured,
    /// Sign-in, or the account's settings.
    #[prop_or(Purpose::SignIn)]
    pub purpose: Purpose,
    /// Called with the real username and the ID token's claims when somebody is signed in.
    #[prop_or_default]
    pub on_signed_in: Callback<(String, JsValue)>,
    /// Called with every event; the answer matters for [`WidgetEvent::Challenge`] alone.
    #[prop_or_default]
    pub on_event: Option<Callback<WidgetEvent, bool>>,
}

/// A [`Configuration`] as a property: a [`LoginConfig`] converts by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Configured(pub Configuration);

impl IntoPropValue<Configured> for LoginConfig {
    fn into_prop_value(self) -> Configured {
        Configured(Ok(self))
    }
}

impl IntoPropValue<Configured> for Configuration {
    fn into_prop_value(self) -> Configured {
        Configured(self)
    }
}

/// What the component reacts to.
#[derive(Debug)]
pub enum Input {
    /// The component exists.
    Started,
    /// For the machine.
    Event(Box<Event>),
    /// The sign-in form was submitted.
    CredentialsSubmitted,
    /// A code or an answer was submitted.
    AnswerSubmitted,
    /// The store changed under us.
    StorageChanged,
    /// No other tab refreshes.
    RefreshLockAcquired,
    /// `getTokens()`
    TokensRequested {
        /// Settles the promise.
        resolve: Function,
        /// Settles the promise.
        reject: Function,
    },
    /// `signOut()`, or the button.
    SignOutRequested {
        /// On all devices.
        global: bool,
        /// Settles the promise.
        resolve: Option<Function>,
    },
    /// `show()`
    ScreenRequested(Screen),
    /// `reset()`
    ResetRequested,
    /// The account element's way to the sign-in.
    SignInRequested,
    /// Show or hide the password.
    PasswordToggled,
    /// Copy the setup key.
    SetupKeyCopyRequested(Secret),
    /// It is on the clipboard.
    SetupKeyCopied,
    /// A second went by in a countdown.
    SecondPassed,
}

impl From<Event> for Input {
    fn from(event: Event) -> Self {
        Self::Event(Box::new(event))
    }
}

/// The login widget as a Yew component.
pub struct CognitoLogin {
    /// Absent only where the configuration is wrong, or while a step runs.
    state: Option<State>,
    store: Option<SessionStore>,
    subscription: Option<Subscription>,
    lock: RefreshLock,
    token_requests: Vec<TokenRequest>,
    sign_outs: Vec<Function>,
    last_request: u32,
    pub(super) id: u32,
    pub(super) show_password: bool,
    pub(super) setup_key_copied: bool,
    pub(super) heading: NodeRef,
    pub(super) name: NodeRef,
    pub(super) password: NodeRef,
    pub(super) answer: NodeRef,
    counting: bool,
    drawn: Drawn,
}

struct TokenRequest {
    id: u32,
    resolve: Function,
    reject: Function,
}

/// What was on the screen when it was last drawn, to see what is new.
#[derive(Default)]
struct Drawn {
    screen: Option<Screen>,
    notice: Option<u32>,
    /// Whether the change came from the person at this widget, so that the focus may move.
    by_person: bool,
}

impl core::fmt::Debug for CognitoLogin {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CognitoLogin").finish_non_exhaustive()
    }
}

thread_local! {
    /// Numbers the widgets of a page, so that the ids of their fields differ where they share a document.
    static LAST_WIDGET: core::cell::Cell<u32> = const { core::cell::Cell::new(0) };
}

impl Component for CognitoLogin {
    type Message = Input;
    type Properties = CognitoLoginProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.link().send_message(Input::Started);
        Self {
            state: None,
            store: None,
            subscription: None,
            lock: RefreshLock::default(),
            token_requests: Vec::new(),
            sign_outs: Vec::new(),
            last_request: 0,
            id: LAST_WIDGET.with(|last| {
                last.set(last.get().wrapping_add(1));
                last.get()
            }),
            show_password: false,
            setup_key_copied: false,
            heading: NodeRef::default(),
            name: NodeRef::default(),
            password: NodeRef::default(),
            answer: NodeRef::default(),
            counting: false,
            drawn: Drawn::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, input: Input) -> bool {
        match input {
            Input::Started => {
                emit(ctx, WidgetEvent::Ready);
                self.start(ctx);
            }
            Input::Event(event) => self.step(ctx, *event),
            Input::CredentialsSubmitted => {
                let event =
                    Event::CredentialsSubmitted { sign_in_name: typed(&self.name), password: typed(&self.password).into() };
                self.step(ctx, event);
            }
            Input::AnswerSubmitted => self.step(ctx, Event::AnswerSubmitted { answer: typed(&self.answer).into() }),
            Input::StorageChanged => {
                let stored = self.store.as_ref().and_then(SessionStore::load);
                self.step(ctx, Event::StorageChanged { stored });
            }
            Input::RefreshLockAcquired => {
                let stored = self.store.as_ref().and_then(SessionStore::load);
                self.step(ctx, Event::RefreshLockAcquired { stored });
            }
            Input::TokensRequested { resolve, reject } => {
                self.last_request = self.last_request.wrapping_add(1);
                let id = self.last_request;
                self.token_requests.push(TokenRequest { id, resolve, reject });
                if self.state.is_some() {
                    self.step(ctx, Event::TokensRequested { request: id });
                } else {
                    self.answer_tokens(ctx, id, Err(Notice::NotSignedIn));
                }
            }
            Input::SignOutRequested { global, resolve } => {
                self.sign_outs.extend(resolve);
                self.step(ctx, Event::SignOutRequested { global });
            }
            Input::ScreenRequested(screen) => self.step(ctx, Event::ScreenRequested(screen)),
            Input::ResetRequested => {
                self.step(ctx, Event::ResetRequested);
                self.forget_typed(ctx);
            }
            Input::SignInRequested => {
                if !page::reveal_login() {
                    self.step(ctx, Event::SignInRequested);
                }
            }
            Input::PasswordToggled => self.show_password = !self.show_password,
            Input::SetupKeyCopyRequested(key) => {
                let link = ctx.link().clone();
                page::copy(key.expose(), move || link.send_message(Input::SetupKeyCopied));
                return false;
            }
            Input::SetupKeyCopied => self.setup_key_copied = true,
            Input::SecondPassed => self.counting = false,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let props = ctx.props();
        if props.config == old.config {
            return true;
        }
        let same_session = match (&props.config.0, &old.config.0) {
            (Ok(new), Ok(old)) => {
                (&new.user_pool_id, &new.client_id, &new.storage) == (&old.user_pool_id, &old.client_id, &old.storage)
                    && (&new.username, new.auth_flow) == (&old.username, old.auth_flow)
            }
            _ => false,
        };
        match (&props.config.0, &mut self.state) {
            (Ok(config), Some(state)) if same_session => {
                state.set_settings(config.settings(props.purpose, &page::host_name()));
            }
            // Another pool, or another way to sign in: everything begins anew.
            _ => self.start(ctx),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match (&ctx.props().config.0, &self.state) {
            (Ok(config), Some(state)) => screens::draw(self, ctx, config, &state.view()),
            (Ok(_), None) => Html::default(),
            (Err(error), _) => screens::bad_configuration(&error.to_string()),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        let Some(view) = self.state.as_ref().map(State::view) else { return };
        let screen_is_new = self.drawn.screen.is_some_and(|screen| screen != Screen::Loading && screen != view.screen);
        let notice = view.notice.as_ref().map(|(id, _)| *id);
        let notice_is_new = notice.is_some() && notice != self.drawn.notice;
        if self.drawn.screen != Some(view.screen)
            && let ViewDetails::SignIn { sign_in_name } = &view.details
            && !sign_in_name.is_empty()
        {
            // Set here and not in the markup, which would undo what the person types with every drawing.
            set_typed(&self.name, sign_in_name);
        }
        if notice_is_new && matches!(view.details, ViewDetails::Code(_) | ViewDetails::TotpSetup(_)) {
            // What the person typed is kept on every error, but the code itself.
            set_typed(&self.answer, "");
        }
        if self.drawn.by_person && (screen_is_new || notice_is_new) {
            self.move_focus(&view.details, view.notice.as_ref().map(|(_, notice)| notice), screen_is_new);
        }
        if screen_is_new {
            self.show_password = false;
            self.setup_key_copied = false;
        }
        self.drawn.screen = Some(view.screen);
        self.drawn.notice = notice;
        self.count_down(ctx, &view.details);
    }
}

impl CognitoLogin {
    /// Begins with what the store holds.
    fn start(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        self.drawn = Drawn::default();
        self.subscription = None;
        self.lock.release();
        for request in self.token_requests.drain(..) {
            reject(&request.reject, Notice::NotSignedIn.code(), "");
        }
        match &props.config.0 {
            Ok(config) => {
                let store = SessionStore::new(config.storage, &config.client_id);
                let link = ctx.link().clone();
                self.subscription = Some(Subscription::new(&store, move || link.send_message(Input::StorageChanged)));
                self.state = Some(State::new(config.settings(props.purpose, &page::host_name())));
                let stored = store.load();
                self.store = Some(store);
                self.step(ctx, Event::Started { stored });
            }
            Err(error) => {
                self.state = None;
                let message = error.to_string();
                let code = Notice::Configuration(String::new()).code();
                emit(ctx, WidgetEvent::Error { code, message, screen: "", retryable: false });
            }
        }
    }

    fn step(&mut self, ctx: &Context<Self>, event: Event) {
        let Some(state) = self.state.take() else { return };
        match &event {
            // What others did must not pull the focus out of what the person does elsewhere on the page.
            Event::Started { .. } | Event::StorageChanged { .. } => self.drawn.by_person = false,
            Event::CredentialsSubmitted { .. }
            | Event::AnswerSubmitted { .. }
            | Event::NewCodeRequested
            | Event::BackRequested
            | Event::SignInRequested
            | Event::SignOutRequested { .. }
            | Event::AuthenticatorSetupRequested
            | Event::AuthenticatorTurnOffRequested => self.drawn.by_person = true,
            _ => {}
        }
        let next = step(state, clock::now_millis(), event);
        if !next.state.is_signed_in() {
            for resolve in self.sign_outs.drain(..) {
                let _ = resolve.call0(&JsValue::NULL);
            }
        }
        self.state = Some(next.state);
        for effect in next.effects {
            self.perform(ctx, effect);
        }
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        let (Ok(config), Some(store)) = (&ctx.props().config.0, &self.store) else { return };
        let link = ctx.link().clone();
        match effect {
            Effect::Call { id, request } => {
                let endpoint = config.endpoint_url();
                wasm_bindgen_futures::spawn_local(async move {
                    let (outcome, service_millis) = transport::post(&endpoint, &request).await;
                    link.send_message(Input::from(Event::Replied { id, outcome, service_millis }));
                });
            }
            Effect::Derive { id, job } => {
                compute::run(job, move |derived| link.send_message(Input::from(Event::Derived { id, derived })));
            }
            Effect::StartTimer { id, millis } => {
                clock::after(millis, move || link.send_message(Input::from(Event::TimerFired { id })));
            }
            Effect::Store(session) => {
                store.store(&session);
                self.publish();
            }
            Effect::Forget => {
                store.forget();
                self.publish();
            }
            Effect::AcquireRefreshLock => self.lock.acquire(store, move || link.send_message(Input::RefreshLockAcquired)),
            Effect::ReleaseRefreshLock => self.lock.release(),
            Effect::AnswerTokens { request, outcome } => self.answer_tokens(ctx, request, outcome),
            Effect::Tell(news) => tell(ctx, config, news),
        }
    }

    /// What a form that stays on the screen still holds.
    fn forget_typed(&self, ctx: &Context<Self>) {
        let name = ctx.props().config.0.as_ref().map(|config| config.username.as_str()).unwrap_or_default();
        set_typed(&self.name, name);
        set_typed(&self.password, "");
    }

    fn publish(&self) {
        if let Some(subscription) = &self.subscription {
            subscription.publish();
        }
    }

    fn answer_tokens(&mut self, ctx: &Context<Self>, id: u32, outcome: Result<TokenSet, Notice>) {
        let Some(at) = self.token_requests.iter().position(|request| request.id == id) else { return };
        let request = self.token_requests.swap_remove(at);
        match outcome {
            Ok(tokens) => {
                let _ = request.resolve.call1(&JsValue::NULL, &token_object(&tokens));
            }
            Err(notice) => reject(&request.reject, notice.code(), &language(ctx).text(&notice_message(ctx, &notice))),
        }
    }

    fn move_focus(&self, details: &ViewDetails, notice: Option<&Notice>, screen_is_new: bool) {
        let target = match details {
            ViewDetails::SignIn { .. } if matches!(notice, Some(Notice::WrongCredentials | Notice::PasswordMissing)) => {
                &self.password
            }
            ViewDetails::SignIn { .. } if typed(&self.name).is_empty() => &self.name,
            ViewDetails::SignIn { .. } if screen_is_new => &self.password,
            ViewDetails::SignIn { .. } => &self.name,
            ViewDetails::Code(_) => &self.answer,
            ViewDetails::TotpSetup(_) if !screen_is_new => &self.answer,
            ViewDetails::TotpSetup(_) | ViewDetails::SignedIn { .. } | ViewDetails::Account(_) | ViewDetails::Loading => {
                &self.heading
            }
        };
        if let Some(element) = target.cast::<HtmlElement>().or_else(|| self.heading.cast()) {
            page::focus(&element);
        }
    }

    /// Draws again after a second, as long as a countdown runs.
    fn count_down(&mut self, ctx: &Context<Self>, details: &ViewDetails) {
        if let ViewDetails::Code(code) = details
            && screens::resend_wait_secs(code) > 0
            && !self.counting
        {
            self.counting = true;
            let link = ctx.link().clone();
            clock::after(1000, move || link.send_message(Input::SecondPassed));
        }
    }
}

fn language(ctx: &Context<CognitoLogin>) -> Language {
    ctx.props().config.0.as_ref().map(|config| config.language).unwrap_or_default()
}

fn notice_message<'a>(ctx: &Context<CognitoLogin>, notice: &'a Notice) -> Message<'a> {
    Message::Notice(notice, ctx.props().config.0.as_ref().map(|config| config.username_kind).unwrap_or_default())
}

/// Tells the page; the answer is `false` when the page prevented the default.
fn emit(ctx: &Context<CognitoLogin>, event: WidgetEvent) -> bool {
    if let WidgetEvent::SignedIn { username, claims } = &event {
        ctx.props().on_signed_in.emit((username.clone(), claims.clone()));
    }
    ctx.props().on_event.as_ref().is_none_or(|callback| callback.emit(event))
}

fn tell(ctx: &Context<CognitoLogin>, config: &LoginConfig, news: HostEvent) {
    let event = match news {
        HostEvent::ScreenChanged(screen) => WidgetEvent::Screen(screen.as_str()),
        HostEvent::SignedIn { username, id_token } => {
            let claims = Claims::of(id_token.expose());
            let username = claims.as_ref().and_then(|claims| claims.text("cognito:username")).unwrap_or(username);
            WidgetEvent::SignedIn { username, claims: claims.map_or(JsValue::NULL, Claims::into_js) }
        }
        HostEvent::SignedOut(reason) => WidgetEvent::SignedOut { reason: reason.as_str() },
        HostEvent::TokensRefreshed => WidgetEvent::TokensRefreshed,
        HostEvent::Error { notice, screen } => WidgetEvent::Error {
            code: notice.code(),
            message: match &notice {
                // For the page's author, who alone can do something about it.
                Notice::Configuration(text) | Notice::UnsupportedChallenge(text) => text.clone(),
                notice => config.language.text(&notice_message(ctx, notice)),
            },
            screen: screen.as_str(),
            retryable: notice.is_retryable(),
        },
        HostEvent::Challenge { parameters } => {
            let object = Object::new();
            for (key, value) in parameters.iter() {
                let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
            }
            let link = ctx.link().clone();
            let respond = Closure::<dyn Fn(String)>::new(move |answer: String| {
                link.send_message(Input::from(Event::AnswerSubmitted { answer: answer.into() }));
            });
            let event = WidgetEvent::Challenge { parameters: object.into(), respond: respond.into_js_value() };
            if !emit(ctx, event) {
                ctx.link().send_message(Input::from(Event::ChallengeTakenOver));
            }
            return;
        }
    };
    emit(ctx, event);
}

#[allow(clippy::cast_precision_loss)]
fn token_object(tokens: &TokenSet) -> JsValue {
    use cognito_protocol::idp::Json;
    json::to_js(&Json::Object(vec![
        ("idToken".to_owned(), Json::Text(tokens.id_token.clone())),
        ("accessToken".to_owned(), Json::Text(tokens.access_token.clone())),
        ("expiresAt".to_owned(), Json::Number(tokens.expires_at_millis as f64)),
    ]))
}

/// Rejects a promise with an `Error` that carries a stable `code`.
fn reject(reject: &Function, code: &str, message: &str) {
    let error = js_sys::Error::new(message);
    let _ = Reflect::set(&error, &JsValue::from_str("code"), &JsValue::from_str(code));
    let _ = reject.call1(&JsValue::NULL, &error);
}

fn typed(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

fn set_typed(field: &NodeRef, text: &str) {
    if let Some(input) = field.cast::<HtmlInputElement>() {
        input.set_value(text);
    }
}
