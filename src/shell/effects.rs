//! Performs the machine's effects, and feeds back what comes of them.

use std::{cell::Cell, rc::Rc};

use cognito_protocol::{
    fault::{self, Fault},
    flow::{Answer, CallError, Effect, Event, HostEvent, Notice, Outcome, Page, Tokens},
    idp::Json,
};

use super::{
    clock, compute,
    kept_challenge::KeptChallenge,
    last_factor::LastFactor,
    policy::PolicyWatch,
    refresh_lock::RefreshLock,
    storage::{Change, TokenStore},
    tabs::Subscription,
    transport,
};
use crate::config::{LoginConfig, SecretHash};

/// How long nothing is said of a request that was cut off. A page that is left cuts its requests off, and must not take that for a fault of
/// the network: it would keep a session as unused which the service may have taken an answer for.
/// The browser's word that the page's policy forbade it comes meanwhile, too.
const LEAVING_MILLIS: u32 = 100;

/// Takes what happens.
pub(crate) type Feed = Rc<dyn Fn(Event)>;

/// What one machine reaches the world by. What is under way when it is dropped comes to nothing: the next machine counts its calls and
/// challenges from one again, and must not take another's for its own.
pub(crate) struct Shell {
    endpoint: String,
    /// For a client with a secret.
    secret_hash: Option<SecretHash>,
    store: Rc<TokenStore>,
    challenge: KeptChallenge,
    subscription: Subscription,
    lock: RefreshLock,
    last_factor: LastFactor,
    policy: PolicyWatch,
    /// A reply has told the service's clock. What happens to this device's clock later is no fault of it.
    is_clock_known: Rc<Cell<bool>>,
    feed: Feed,
    /// As long as this is there, there is somebody to feed.
    _alive: Rc<()>,
}

/// What is not for the world but for the page.
pub(crate) enum ForPage {
    /// The answer to one of its requests.
    Answer { request: u32, answer: Result<Answer, Notice> },
    /// News.
    News(HostEvent),
}

impl Shell {
    /// For the pool and the store of a configuration; `widget` numbers the widget on its page.
    pub fn new(config: &LoginConfig, widget: u32, feed: impl Fn(Event) + 'static) -> Self {
        let alive = Rc::new(());
        let somebody = Rc::downgrade(&alive);
        let feed: Feed = Rc::new(move |event| {
            if somebody.strong_count() > 0 {
                feed(event);
            }
        });
        let store = Rc::new(TokenStore::new(config.storage, &config.client_id));
        let (told, read) = (feed.clone(), store.clone());
        let subscription = Subscription::new(&store, move |change| {
            if !read.is_full() {
                told(Page::StoreChanged { stored: read.load(), was_removed: change == Change::Removed }.into());
            }
        });
        let (challenge, secret_hash) = (KeptChallenge::new(config, widget), config.secret_hash.clone());
        let endpoint = config.endpoint_url();
        Self {
            policy: PolicyWatch::new(&endpoint),
            is_clock_known: Rc::default(),
            endpoint,
            secret_hash,
            store,
            challenge,
            subscription,
            lock: RefreshLock::default(),
            last_factor: LastFactor::of(config),
            feed,
            _alive: alive,
        }
    }

    /// Takes what happens, for as long as this machine is there.
    pub fn feed(&self) -> Feed {
        self.feed.clone()
    }

    /// The page changed what does not begin anew.
    pub fn set_secret_hash(&mut self, secret_hash: Option<SecretHash>) {
        self.secret_hash = secret_hash;
    }

    /// What the store holds.
    pub fn load(&self) -> Option<Tokens> {
        self.store.load()
    }

    /// The challenge that was kept when the page was left.
    pub fn load_challenge(&self) -> Option<Json> {
        self.challenge.load()
    }

    /// Does one thing; what is for the page is handed back.
    pub fn perform(&self, effect: Effect) -> Option<ForPage> {
        let feed = self.feed.clone();
        match effect {
            Effect::Call { id, request } => {
                let endpoint = self.endpoint.clone();
                let hash = self.secret_hash.as_ref().and_then(|secret| secret.ask(request.secret_hash_username()?));
                let (is_blocked, is_clock_known) = (self.policy.is_blocked(), self.is_clock_known.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    let asked_millis = clock::now_millis();
                    let (reply, service_millis) = transport::post(&endpoint, request, hash).await;
                    let answered_millis = clock::now_millis();
                    let is_cut_off = matches!(reply, Err(CallError::Network));
                    let told = move || {
                        let reply = if is_cut_off && is_blocked.get() { Err(CallError::Blocked) } else { reply };
                        feed(Outcome::Replied { id, reply, service_millis }.into());
                        if let Some(service_millis) = service_millis
                            && !is_clock_known.replace(true)
                            && let Some(said) = fault::clock::difference(service_millis, asked_millis, answered_millis)
                        {
                            feed(Page::FaultFound { fault: Fault::DeviceClockOff, said }.into());
                        }
                    };
                    if is_cut_off { clock::after(LEAVING_MILLIS, told) } else { told() }
                });
            }
            Effect::Derive { id, job } => compute::run(job, move |derived| feed(Outcome::Derived { id, derived }.into())),
            Effect::StartTimer { id, millis } => clock::after(millis, move || feed(Outcome::TimerFired { id }.into())),
            Effect::Store(tokens) => self.stored(self.store.store(&tokens, None)),
            Effect::StoreRenewed { tokens, used } if self.store.holds(&used) => {
                self.stored(self.store.store(&tokens, Some(&used)))
            }
            Effect::StoreRenewed { tokens, .. } => {
                feed(Outcome::LeftOver { sessions: vec![tokens] }.into());
                feed(Page::StoreChanged { stored: self.store.load(), was_removed: false }.into());
            }
            Effect::Forget => self.stored(self.store.forget()),
            Effect::KeepChallenge(record) => self.challenge.keep(&record),
            Effect::ForgetChallenge => self.challenge.forget(),
            Effect::AcquireRefreshLock => {
                let store = self.store.clone();
                self.lock.acquire(&self.store, move || feed(Outcome::RefreshLockAcquired { stored: store.load() }.into()));
            }
            Effect::ReleaseRefreshLock => self.lock.release(),
            Effect::RememberFactor(factor) => self.last_factor.write(factor),
            Effect::Answer { request, answer } => return Some(ForPage::Answer { request, answer }),
            Effect::Tell(news) => return Some(ForPage::News(news)),
        }
        None
    }

    /// The store has changed, and holds these sessions no more.
    fn stored(&self, left_over: Vec<Tokens>) {
        self.subscription.publish();
        if !left_over.is_empty() {
            (self.feed)(Outcome::LeftOver { sessions: left_over }.into());
        }
    }
}
