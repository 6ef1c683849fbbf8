//! Performs the machine's effects, and feeds back what comes of them.

use std::rc::Rc;

use cognito_protocol::flow::{Answer, Effect, Event, HostEvent, Notice, Outcome, Page, Tokens};

use super::{
    clock, compute,
    storage::TokenStore,
    tabs::{RefreshLock, Subscription},
    transport,
};
use crate::config::LoginConfig;

/// Takes what happens.
type Feed = Rc<dyn Fn(Event)>;

/// What one widget reaches the world by. What is under way when it is dropped is fed back all the same, to a machine that drops it.
pub(crate) struct Shell {
    endpoint: String,
    store: Rc<TokenStore>,
    subscription: Subscription,
    lock: RefreshLock,
    feed: Feed,
}

/// What is not for the world but for the page.
pub(crate) enum ForPage {
    /// The answer to one of its requests.
    Answer { request: u32, answer: Result<Answer, Notice> },
    /// News.
    News(HostEvent),
}

impl Shell {
    /// For the pool and the store of a configuration.
    pub fn new(config: &LoginConfig, feed: impl Fn(Event) + 'static) -> Self {
        let feed: Feed = Rc::new(feed);
        let store = Rc::new(TokenStore::new(config.storage, &config.client_id));
        let (told, read) = (feed.clone(), store.clone());
        let subscription = Subscription::new(&store, move || told(Page::StoreChanged { stored: read.load() }.into()));
        Self { endpoint: config.endpoint_url(), store, subscription, lock: RefreshLock::default(), feed }
    }

    /// What the store holds.
    pub fn load(&self) -> Option<Tokens> {
        self.store.load()
    }

    /// Does one thing; what is for the page is handed back.
    pub fn perform(&self, effect: Effect) -> Option<ForPage> {
        let feed = self.feed.clone();
        match effect {
            Effect::Call { id, request } => {
                let endpoint = self.endpoint.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let (reply, service_millis) = transport::post(&endpoint, &request).await;
                    feed(Outcome::Replied { id, reply, service_millis }.into());
                });
            }
            Effect::Derive { id, job } => compute::run(job, move |derived| feed(Outcome::Derived { id, derived }.into())),
            Effect::StartTimer { id, millis } => clock::after(millis, move || feed(Outcome::TimerFired { id }.into())),
            Effect::Store(tokens) => {
                self.store.store(&tokens);
                self.subscription.publish();
            }
            Effect::Forget => {
                self.store.forget();
                self.subscription.publish();
            }
            Effect::AcquireRefreshLock => {
                let store = self.store.clone();
                self.lock.acquire(&self.store, move || feed(Outcome::RefreshLockAcquired { stored: store.load() }.into()));
            }
            Effect::ReleaseRefreshLock => self.lock.release(),
            Effect::Answer { request, answer } => return Some(ForPage::Answer { request, answer }),
            Effect::Tell(news) => return Some(ForPage::News(news)),
        }
        None
    }
}
