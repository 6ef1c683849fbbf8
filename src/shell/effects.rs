//! Performs the machine's effects, and feeds back what comes of them.

use std::{cell::Cell, pin::Pin, rc::Rc};

use cognito_protocol::{
    fault::{self, Fault},
    flow::{Answer, CallError, CallResult, Effect, Event, HostEvent, Notice, Outcome, Page, Returned, Tokens},
    idp::{Json, Operation, RevokeTokenRequest},
};

use super::{
    clock, compute,
    devices::Devices,
    kept_challenge::KeptChallenge,
    last_factor::LastFactor,
    passkeys::Dialog,
    policy::{PolicyWatch, Watched},
    redirect::{self, Redirect},
    refresh_lock::RefreshLock,
    storage::{Change, TokenStore},
    tabs::Subscription,
    transport,
    waiting::after,
};
use crate::config::{LoginConfig, Passkeys, SecretHash};

/// How long nothing is said of a request that was cut off. A page that is left cuts its requests off, and must not take that for a fault of
/// the network: it would keep a session as unused which the service may have taken an answer for.
/// The browser's word that the page's policy forbade it comes meanwhile, too.
const LEAVING_MILLIS: u32 = 100;

/// How long a sign-in waits for the page's own store to tell of a device, whatever else that store has to do before.
const DEVICE_MILLIS: u32 = 5000;

/// The reply, and the service's clock.
type Replied = (CallResult, Option<i64>);

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
    redirect: Redirect,
    subscription: Subscription,
    lock: RefreshLock,
    last_factor: LastFactor,
    policy: PolicyWatch,
    /// For sign-in with other providers.
    policy_of_domain: Option<PolicyWatch>,
    /// A reply has told the service's clock. What happens to this device's clock later is no fault of it.
    is_clock_known: Rc<Cell<bool>>,
    devices: Rc<Devices>,
    passkeys: Option<Passkeys>,
    dialog: Dialog,
    feed: Feed,
    /// As long as this is there, there is somebody to feed.
    alive: Rc<()>,
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
        let store = Rc::new(TokenStore::new(config));
        let (told, read) = (feed.clone(), store.clone());
        let subscription = Subscription::new(&store, move |change| {
            let (told, read) = (told.clone(), read.clone());
            let is_known = change != Change::Unseen;
            after(if is_known { None } else { read.reread() }, move || {
                if is_known || read.has_changed() {
                    told(Page::StoreChanged { stored: read.load(), was_removed: change == Change::Removed }.into());
                }
            });
        });
        let devices = Rc::new(Devices::new(config, &store));
        let (challenge, secret_hash) = (KeptChallenge::new(config, widget), config.secret_hash.clone());
        let endpoint = config.endpoint_url();
        Self {
            policy: PolicyWatch::new(&endpoint),
            policy_of_domain: config.federation.as_ref().map(|federation| PolicyWatch::new(&federation.domain)),
            is_clock_known: Rc::default(),
            endpoint,
            secret_hash,
            store,
            challenge,
            redirect: Redirect::of(config),
            subscription,
            lock: RefreshLock::default(),
            last_factor: LastFactor::of(config),
            devices,
            passkeys: config.passkeys.clone(),
            dialog: Dialog::default(),
            feed,
            alive,
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

    /// What the store holds, if that is another session than when it was last looked at, or none any more.
    pub fn news(&self) -> Option<Event> {
        self.store.has_changed().then(|| Page::StoreChanged { stored: self.store.load(), was_removed: false }.into())
    }

    /// Why the session is in the page's memory although it was not to be.
    pub fn trouble(&self) -> Option<&'static str> {
        self.store.trouble()
    }

    /// The challenge that was kept when the page was left.
    pub fn load_challenge(&self) -> Option<Json> {
        self.challenge.load()
    }

    /// What the page's address tells of a return from another provider.
    pub fn load_return(&self) -> Option<Returned> {
        self.redirect.found()
    }

    /// Does one thing; what is for the page is handed back.
    pub fn perform(&self, effect: Effect) -> Option<ForPage> {
        let feed = self.feed.clone();
        match effect {
            Effect::Call { id, request } => {
                let endpoint = self.endpoint.clone();
                let hash = self.secret_hash.as_ref().and_then(|secret| secret.ask(request.secret_hash_username()?));
                // Nobody waits for that reply, so that the author would not hear of it.
                let is_farewell = request.operation == RevokeTokenRequest::NAME;
                let reply = Box::pin(async move { transport::post(&endpoint, request, hash).await });
                self.ask(id, Some(self.policy.watched()), is_farewell, reply);
            }
            Effect::Derive { id, job } => compute::run(id, job, feed, Rc::downgrade(&self.alive)),
            Effect::StartTimer { id, millis } => clock::after(millis, move || feed(Outcome::TimerFired { id }.into())),
            Effect::Store(tokens) => self.stored(self.store.store(&tokens, None)),
            Effect::StoreRenewed { tokens, used } if self.store.holds(&used) => {
                self.stored(self.store.store(&tokens, Some(&used)))
            }
            Effect::StoreRenewed { tokens, .. } => {
                // Another tab refreshed it, too, and was quicker.
                if !self.store.holds_session_of(&tokens) {
                    feed(Outcome::LeftOver { sessions: vec![tokens] }.into());
                }
                feed(Page::StoreChanged { stored: self.store.load(), was_removed: false }.into());
            }
            Effect::Forget => self.stored(self.store.forget()),
            Effect::KeepChallenge(record) => self.challenge.keep(&record),
            Effect::ForgetChallenge => self.challenge.forget(),
            Effect::Leave { id, record, url } => {
                if !self.redirect.leave(&record, url.expose()) {
                    feed(Outcome::CouldNotLeave { id }.into());
                }
            }
            Effect::ForgetReturn => self.redirect.forget(),
            Effect::Exchange { id, url, form } => {
                let reply = Box::pin(async move { transport::post_form(&url, &form).await });
                self.ask(id, self.policy_of_domain.as_ref().map(PolicyWatch::watched), false, reply);
            }
            Effect::Navigate { url } => {
                redirect::go(&url);
            }
            Effect::AcquireRefreshLock => {
                let store = self.store.clone();
                self.lock.acquire(&self.store, move || {
                    after(store.reread(), move || feed(Outcome::RefreshLockAcquired { stored: store.load() }.into()));
                });
            }
            Effect::ReleaseRefreshLock => self.lock.release(&self.store),
            Effect::AskPasskey { id, ceremony, options } => {
                let answered = move |answer| feed(Outcome::PasskeyAnswered { id, answer }.into());
                self.dialog.ask(self.passkeys.as_ref(), ceremony, &options, answered);
            }
            Effect::DismissPasskey => self.dialog.dismiss(),
            Effect::RememberFactor(factor) => self.last_factor.write(factor),
            Effect::FindDevice { id, name } => {
                let devices = self.devices.clone();
                let reading = devices.read_ahead(&name);
                if reading.is_some() {
                    // A page's own store that is slow, or does not answer, costs its user the device and not the sign-in. Whichever comes
                    // second finds nobody waiting.
                    let feed = feed.clone();
                    clock::after(DEVICE_MILLIS, move || feed(Outcome::DeviceFound { id, device: None }.into()));
                }
                after(reading, move || feed(Outcome::DeviceFound { id, device: devices.find(&name) }.into()));
            }
            Effect::KeepDevice { device, sign_in_name, is_remembered } => {
                self.devices.keep(&device, &sign_in_name, is_remembered);
            }
            Effect::ForgetDevice { username, key } => self.devices.forget(&username, &key),
            Effect::Answer { request, answer } => return Some(ForPage::Answer { request, answer }),
            Effect::Tell(news) => return Some(ForPage::News(news)),
        }
        None
    }

    /// Sends a request and feeds back its reply. `watched` tells whether the page's policy forbids it; `is_farewell`: nobody waits for it.
    fn ask(&self, id: u32, watched: Option<Rc<Watched>>, is_farewell: bool, request: Pin<Box<dyn Future<Output = Replied>>>) {
        let (feed, is_clock_known) = (self.feed.clone(), self.is_clock_known.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let asked_millis = clock::now_millis();
            let (reply, service_millis) = request.await;
            let answered_millis = clock::now_millis();
            let is_cut_off = matches!(reply, Err(CallError::Network));
            let told = move || {
                let blocked_url = watched.filter(|_| is_cut_off).and_then(|watched| watched.blocked_url());
                feed(match blocked_url {
                    Some(said) if is_farewell => Page::FaultFound { fault: Fault::CspBlocked, said }.into(),
                    Some(url) => Outcome::Replied { id, reply: Err(CallError::Blocked(url)), service_millis: None }.into(),
                    None => Outcome::Replied { id, reply, service_millis }.into(),
                });
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

    /// The store has changed, and holds these sessions no more.
    fn stored(&self, left_over: Vec<Tokens>) {
        self.subscription.publish();
        if !left_over.is_empty() {
            (self.feed)(Outcome::LeftOver { sessions: left_over }.into());
        }
    }
}
