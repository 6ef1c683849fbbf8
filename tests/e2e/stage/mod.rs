//! What a test has to itself: a browser for a while, a pool, and a site with pages.

mod authenticator;
mod browser;
mod driver;
mod engine;
mod functions;
mod memory;
mod password_manager;
mod pool_server;
mod reached;
mod site;
mod world;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::Mutex,
    time::{Duration, Instant},
};

pub(crate) use authenticator::Authenticator;
pub(crate) use browser::{Browser, Size};
use local_lambda::LocalLambda;
use local_pool::{Builder, TriggerSource};
pub(crate) use password_manager::{Offer, PasswordManager};
pub(crate) use pool_server::{Answer, PoolServer};
pub(crate) use reached::{Matter, Reached};
use serde_json::Value;
pub(crate) use site::Page;
use site::Site;
use world::World;

/// How long anything may take before a test gives up. Long, for slow machines: nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a test has.
pub(crate) struct Stage {
    pub browser: Browser,
    pub pool: PoolServer,
    site: Site,
    /// The Lambda functions that the pool calls, where it does not run the triggers itself.
    functions: Option<LocalLambda>,
    /// What must never be seen in an event.
    secrets: Mutex<Vec<String>>,
}

/// Runs a scenario on a stage with the seeded pool.
pub(crate) fn run(scenario: impl AsyncFnOnce(&Stage)) {
    run_with(|pool| pool, scenario);
}

/// Runs a scenario on a stage whose pool was changed before it started.
pub(crate) fn run_with(change: impl FnOnce(Builder) -> Builder, scenario: impl AsyncFnOnce(&Stage)) {
    run_on(async |_| (None, change(local_pool::Pool::builder())), scenario);
}

/// Runs a scenario on a stage whose pool calls the triggers as the Lambda functions that are deployed, with these environment
/// variables besides what they need. What they mail goes to the pool's inbox.
pub(crate) fn run_deployed(variables: &[(&str, &str)], scenario: impl AsyncFnOnce(&Stage)) {
    run_on(
        async |pool_url| {
            let functions = functions::start(pool_url, variables).await;
            let url = functions.url().parse().unwrap();
            let builder = local_pool::Pool::builder();
            (Some(functions), builder.with(|settings| settings.trigger_source = TriggerSource::Invoke { url }))
        },
        scenario,
    );
}

/// Runs a scenario on a stage that is made for the address of its pool.
fn run_on(make: impl AsyncFnOnce(&str) -> (Option<LocalLambda>, Builder), scenario: impl AsyncFnOnce(&Stage)) {
    let world = World::get();
    let runtime = &world.runtime;
    let _place = runtime.block_on(world.places.acquire()).unwrap();
    let browser = runtime.block_on(world.browser());
    let stage = runtime.block_on(async {
        let listener = PoolServer::bind();
        let (functions, builder) = make(&format!("http://{}", listener.local_addr().unwrap())).await;
        let pool = PoolServer::start(listener, builder);
        let site = Site::start(&world.dist, &pool.url).await;
        Stage { browser, pool, site, functions, secrets: Mutex::default() }
    });
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            scenario(&stage).await;
            stage.check_page().await;
            stage.check_log().await;
            crate::contract::check(std::thread::current().name().unwrap_or_default(), &stage.pool.reached);
        });
    }));
    match outcome {
        Ok(()) => {
            runtime.block_on(stage.browser.tidy());
            world.give_back(stage.browser);
        }
        Err(panic) => {
            runtime.block_on(stage.report());
            runtime.block_on(stage.browser.close());
            resume_unwind(panic);
        }
    }
}

impl Stage {
    /// Opens a page in the present tab, for somebody who has left whatever was asked there.
    pub async fn open(&self, page: &Page) {
        let url = self.site.add(page);
        self.check_page().await;
        self.browser.script("if (window.seen) seen.leave()", &[]).await;
        self.browser.goto(&url).await;
        self.pool.reached.look(&self.browser).await;
    }

    /// Loads the present page again.
    pub async fn reload(&self) {
        self.check_page().await;
        self.browser.reload().await;
    }

    /// Opens a page in a new tab, and stays there.
    pub async fn open_tab(&self, page: &Page) {
        let url = self.site.add(page);
        self.browser.new_tab().await;
        self.browser.goto(&url).await;
    }

    /// Something that no event may hold.
    pub fn is_secret(&self, secret: &str) {
        self.secrets.lock().unwrap().push(secret.to_owned());
    }

    /// The events that the page heard so far.
    pub async fn events(&self) -> Vec<PageEvent> {
        let events = self.browser.script("return (window.seen ?? { events: [] }).events", &[]).await;
        let events = events.as_array().cloned().unwrap_or_default();
        let events: Vec<PageEvent> = events
            .into_iter()
            .map(|event| PageEvent {
                kind: event["type"].as_str().unwrap().to_owned(),
                target: event["target"].as_str().unwrap().to_owned(),
                detail: serde_json::from_str(event["detail"].as_str().unwrap()).unwrap(),
            })
            .collect();
        self.pool.reached.told(&events);
        events
    }

    /// The details of the events of one type, in their order; the type without `cognito-login-`.
    pub async fn events_of(&self, kind: &str) -> Vec<Value> {
        let events = self.events().await.into_iter();
        events.filter(|event| event.kind == format!("cognito-login-{kind}")).map(|event| event.detail).collect()
    }

    /// Waits for an event of one type, and answers the newest one's detail.
    pub async fn event(&self, kind: &str) -> Value {
        until(format!("an event cognito-login-{kind}"), async || self.events_of(kind).await.pop()).await
    }

    /// Waits until so many errors were told on this page, and answers that one's detail.
    pub async fn error(&self, number: usize) -> Value {
        let at = number - 1;
        until(format!("error number {number}"), async || self.events_of("error").await.get(at).cloned()).await
    }

    /// What the pool's functions wrote so far.
    pub fn function_logs(&self) -> Vec<String> {
        self.functions.iter().flat_map(|functions| functions::NAMES.map(|name| functions.logs(name)).concat()).collect()
    }

    /// The keys and values of `sessionStorage` or `localStorage`.
    pub async fn storage(&self, which: &str) -> Vec<(String, String)> {
        let entries = self.browser.script(&format!("return Object.entries({which}).sort()"), &[]).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        entries.as_array().unwrap().iter().map(|entry| (text(&entry[0]), text(&entry[1]))).collect()
    }

    /// What went wrong on the present page, and whether its events told too much.
    async fn check_page(&self) {
        self.pool.reached.look(&self.browser).await;
        let problems = self.browser.script("return (window.seen ?? { problems: [] }).problems", &[]).await;
        assert_eq!(problems, serde_json::json!([]), "problems on the page");
        let stored = "return window.seen ? [...Object.values(seen.store('session')), ...Object.values(seen.store('local'))] : []";
        let stored = self.browser.script(stored, &[]).await;
        let tokens = stored.as_array().unwrap().iter().filter_map(Value::as_str).filter(|value| value.len() > 100);
        let mut secrets: Vec<String> = tokens.map(str::to_owned).collect();
        secrets.extend(self.secrets.lock().unwrap().iter().cloned());
        for event in self.events().await {
            let told = event.detail.to_string();
            assert!(!told.contains("eyJ"), "a token in {}: {told}", event.kind);
            for text in texts_in(&event.detail) {
                let is_told = secrets.iter().any(|secret| text == secret || secret.len() > 6 && text.contains(secret.as_str()));
                assert!(!is_told, "a secret in {}: {told}", event.kind);
            }
        }
    }

    /// The console's errors and warnings since the test began.
    async fn check_log(&self) {
        let entries = self.browser.log().await;
        let bad: Vec<&Value> = entries.iter().filter(|entry| is_trouble(entry)).collect();
        assert!(bad.is_empty(), "in the console: {bad:#?}");
    }

    /// The console has these faults of the configuration, and nothing else, since it was last looked at.
    pub async fn console_tells_faults(&self, codes: &[&str]) {
        let logged = self.browser.log().await;
        assert_tells(logged.iter().filter(|entry| is_trouble(entry)), codes);
    }

    /// The page's policy has forbidden a request to this URL, of which the console has this fault beside the browser's own lines. Nothing
    /// else has gone wrong on the page.
    pub async fn policy_forbade(&self, url: &str, code: &str) {
        let problems = self.browser.script("return seen.problems.splice(0)", &[]).await;
        let problems: Vec<&str> = problems.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(matches!(problems[..], [one] if one.starts_with(&format!("policy: connect-src {url} "))), "{problems:?}");
        let logged = self.browser.log().await;
        let is_of_browser = |entry: &&Value| entry["message"].as_str().is_some_and(|text| text.contains(url));
        assert_tells(logged.iter().filter(|entry| is_trouble(entry)).filter(|entry| !is_of_browser(entry)), &[code]);
    }

    /// For whoever reads why a test failed.
    async fn report(&self) {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("e2e-failures");
        let picture = folder.join(name).with_extension("png");
        let _ = std::fs::create_dir_all(&folder);
        match self.browser.try_screenshot().await {
            Some(png) => {
                let _ = std::fs::write(&picture, png);
                eprintln!("--- a picture of the page: {}", picture.display());
            }
            None => eprintln!("--- the browser takes no picture"),
        }
        eprintln!("--- the page: {}", self.browser.try_script("return window.seen?.text()").await);
        eprintln!("--- its events: {}", self.browser.try_script("return window.seen?.events").await);
        eprintln!("--- its problems: {}", self.browser.try_script("return window.seen?.problems").await);
        eprintln!("--- the pool was asked: {:?}", self.pool.operations());
        if self.functions.is_some() {
            eprintln!("--- its functions wrote: {:#?}", self.function_logs());
        }
    }
}

/// An event of one of the elements.
#[derive(Clone, Debug)]
pub(crate) struct PageEvent {
    /// Its type.
    pub kind: String,
    /// The id of the element.
    pub target: String,
    /// As JSON; functions are not in it.
    pub detail: Value,
}

/// The entries are as many as the codes, and each names one.
fn assert_tells<'a>(logged: impl Iterator<Item = &'a Value>, codes: &[&str]) {
    let told: Vec<_> = logged.collect();
    let tells = |(entry, code): (&&Value, &&str)| entry["message"].as_str().is_some_and(|text| text.contains(code));
    assert!(told.len() == codes.len() && told.iter().zip(codes).all(tells), "{codes:?}: {told:#?}");
}

/// Whether an entry of the console is an error or a warning. The browser's own notes on failed requests are none of the page's.
fn is_trouble(entry: &Value) -> bool {
    matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")) && entry["source"].as_str() != Some("network")
}

fn texts_in(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts_in).collect(),
        Value::Object(members) => members.values().flat_map(texts_in).collect(),
        _ => Vec::new(),
    }
}

/// Looks again and again until there is something.
pub(crate) async fn until<T>(what: impl std::fmt::Display, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
