//! A strict local stand-in for Amazon Cognito user pools.
//!
//! It speaks the public JSON API as the service does, with real SRP proofs, real TOTP, real RS256 tokens with a JWKS, and the
//! project's own [`triggers`] for `CUSTOM_AUTH` and its own mails, in process or as Lambda functions ([`TriggerSource`]). What it
//! cannot know it refuses: unknown members, wrong content types, sessions and secret blocks used twice, codes used twice.
//! Everything is in memory; [`seed`] is what it starts with.
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! let pool = local_pool::Pool::new();
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:9229").await?;
//! local_pool::serve(listener, pool).await
//! # }
//! ```
//!
//! | path | what |
//! |---|---|
//! | `POST /` | the API: `X-Amz-Target: AWSCognitoIdentityProviderService.<Operation>` |
//! | `GET /<user pool id>/.well-known/jwks.json` | the keys that signed the tokens; `openid-configuration` beside it |
//! | `POST /v2/email/outbound-emails` | `SendEmail` of SES, for functions that mail: [`ses`] |
//! | `GET /` | the inbox as a page |
//! | `GET /local/` | what else there is under `/local/` |
//! | `GET /local/config`, `/local/users`, `/local/inbox?to=` | pools and clients, seeded users with their passwords, mails |
//! | `POST /local/reset` (or `DELETE`) | back to the seed, the clock included |
//! | `POST /local/clock` | `{"advanceSeconds": 200}` moves the pool's clock |
//!
//! # What it does not protect against
//!
//! It holds test users and listens on the loopback address. Its API answers any web page, as the service's does; `/`, `/local/` and SES
//! answer only requests with a loopback `Host`, and none that carry the `Origin` of a page from elsewhere. How long an answer
//! takes may tell whether a user exists.

mod clock;
mod config;
mod cx;
mod error;
mod functions;
mod html_text;
mod http;
mod inbox;
mod keys;
mod log;
mod operations;
mod random;
pub mod seed;
pub mod ses;
mod state;
mod timestamp;
mod tokens;
mod validation;

use std::{
    fmt, io,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime},
};

pub use config::{AppClient, MfaConfiguration, Settings, UserPool};
use functions::Functions;
pub use functions::{InvokeUrl, InvokeUrlError, TriggerSource};
pub use http::app;
use inbox::Inbox;
use seed::{Seed, SeededUser};
use state::{State, User};
pub use triggers::CodeLength;

/// The address that the pool listens on by default.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:9229";

/// User pools with their users, sessions, tokens and mails. Clones share them.
#[derive(Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    seed: Seed,
    /// Where [`serve`] listens, for `iss`.
    base_url: OnceLock<String>,
    /// Held while an operation runs, also while it waits for a trigger: only blocking threads may take it.
    state: Mutex<State>,
    inbox: Mutex<Inbox>,
    /// How far the pool's clock runs ahead of the machine's.
    clock_offset_millis: AtomicI64,
    functions: Functions,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Every operation leaves the state whole at each step, so a panic elsewhere does no harm here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn base_url(&self) -> String {
        let configured = self.settings.issuer_base.as_ref().or_else(|| self.base_url.get());
        configured.map_or_else(|| format!("http://{DEFAULT_ADDRESS}"), |base| base.trim_end_matches('/').to_owned())
    }

    fn issuer(&self, user_pool_id: &str) -> String {
        format!("{}/{user_pool_id}", self.base_url())
    }

    /// Has a lock of its own, so that a mail can arrive, and be read, while an operation waits for a trigger.
    fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_millis(&self) -> i64 {
        let started = self
            .settings
            .frozen_at_millis
            .unwrap_or_else(|| config::millis(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()));
        started.saturating_add(self.clock_offset_millis.load(Ordering::Relaxed))
    }
}

impl Pool {
    /// The seeded pool with default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// The seeded pool, to be changed before it starts.
    #[must_use]
    pub fn builder() -> Builder {
        Builder { settings: Settings::default(), seed: seed::seed() }
    }

    /// Moves the pool's clock forward: sessions, codes and tokens age, and `Date` and `TIMESTAMP` follow.
    pub fn advance_clock(&self, by: Duration) {
        let by = config::millis(by);
        let offset = &self.shared.clock_offset_millis;
        // The closure always gives a value, so this cannot fail.
        let _ = offset.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |present| Some(present.saturating_add(by)));
    }

    /// The pool's clock, in milliseconds since 1970.
    #[must_use]
    pub fn now_millis(&self) -> i64 {
        self.shared.now_millis()
    }

    /// Forgets everything that happened: users, sessions, tokens, mails and the clock are as at the start. Waits for an operation
    /// that is under way.
    pub fn reset(&self) {
        let mut state = self.shared.state();
        *state = State::of(&self.shared.seed);
        self.shared.inbox().clear();
        self.shared.clock_offset_millis.store(0, Ordering::Relaxed);
    }

    /// Adds a user beside the seeded ones until the next [`reset`](Self::reset); replaces one of the same name. Tests that run at
    /// the same time have a user each. Waits for an operation that is under way.
    pub fn add_user(&self, user: &SeededUser) {
        let mut state = self.shared.state();
        state.users.retain(|present| present.id.user_pool_id != user.user_pool_id || present.email != user.email);
        state.users.push(User::seeded(user));
    }

    /// The code in the newest mail to an address, if any.
    #[must_use]
    pub fn newest_code(&self, to: &str) -> Option<String> {
        self.shared.inbox().newest_first().find(|message| message.to == to)?.code.clone()
    }

    /// What it started with.
    #[must_use]
    pub fn seed(&self) -> &Seed {
        &self.shared.seed
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("settings", &self.shared.settings).finish_non_exhaustive()
    }
}

/// A pool that is not running yet.
#[derive(Clone, Debug)]
pub struct Builder {
    settings: Settings,
    seed: Seed,
}

impl Builder {
    /// Changes settings: `.with(|settings| settings.session_validity = …)`.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Changes what the pool starts with.
    #[must_use]
    pub fn with_seed(mut self, change: impl FnOnce(&mut Seed)) -> Self {
        change(&mut self.seed);
        self
    }

    /// Changes the app client of that id, if there is one.
    #[must_use]
    pub fn with_client(mut self, client_id: &str, change: impl FnOnce(&mut AppClient)) -> Self {
        if let Some(client) = self.seed.clients.iter_mut().find(|client| client.id == client_id) {
            change(client);
        }
        self
    }

    /// The pool.
    #[must_use]
    pub fn build(self) -> Pool {
        let state = Mutex::new(State::of(&self.seed));
        let Self { settings, seed } = self;
        let functions = Functions::of(&settings);
        let shared = Shared {
            settings,
            seed,
            base_url: OnceLock::new(),
            state,
            inbox: Mutex::default(),
            clock_offset_millis: AtomicI64::new(0),
            functions,
        };
        Pool { shared: Arc::new(shared) }
    }
}

/// Serves the pool until the listener fails; drop the future to stop. `iss` becomes the listener's address, unless configured.
///
/// # Errors
/// As the listener's.
pub async fn serve(listener: tokio::net::TcpListener, pool: Pool) -> io::Result<()> {
    let base_url = format!("http://{}", listener.local_addr()?);
    pool.shared.base_url.get_or_init(|| base_url);
    axum::serve(listener, app(pool)).await
}
