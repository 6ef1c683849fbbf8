//! A pool to be built, looked at and reset.

use std::{fmt, io, path::Path, sync::Arc, time::Duration};

use crate::{
    config::{AppClient, RequestLimits, Settings},
    config_file::{self, ConfigError, Format},
    configuration::Configuration,
    seed::{self, Seed, SeededUser},
    shared::Shared,
    state_file::{StateError, StateFile, StateProblem, save_until_the_end},
};

/// User pools with their users, sessions, tokens and mails. Clones share them.
#[derive(Clone)]
pub struct Pool {
    pub(crate) shared: Arc<Shared>,
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
        Builder { settings: Settings::default(), request_limits: RequestLimits::default(), seed: seed::seed() }
    }

    /// Moves the pool's clock forward: sessions, codes and tokens age, and `Date` and `TIMESTAMP` follow.
    pub fn advance_clock(&self, by: Duration) {
        self.shared.advance_clock(by);
    }

    /// The pool's clock, in milliseconds since 1970.
    #[must_use]
    pub fn now_millis(&self) -> i64 {
        self.shared.now_millis()
    }

    /// Forgets everything that happened: users, sessions, tokens, mails and the clock are as at the start. An operation that waits
    /// for a trigger ends with an internal error.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Adds a user beside the seeded ones until the next [`reset`](Self::reset); replaces one of the same name. Tests that run at
    /// the same time have a user each.
    pub fn add_user(&self, user: &SeededUser) {
        let names = self.shared.configuration().seed.sign_in_names(&user.user_pool_id);
        self.shared.state().add(user, &names);
        self.shared.changed();
    }

    /// Writes what is to be kept, where a file keeps it and has not all of it yet. Otherwise that happens by itself a moment after a
    /// change, and when the last clone is dropped.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        self.shared.save()
    }

    /// The file that keeps users over restarts, if there is one.
    #[must_use]
    pub fn state_file(&self) -> Option<&Path> {
        self.shared.state_file().map(StateFile::path)
    }

    /// The code in the newest message to an address or a phone number, if any.
    #[must_use]
    pub fn newest_code(&self, to: &str) -> Option<String> {
        self.shared.inbox().newest_first().find(|message| message.to == to)?.code.clone()
    }

    /// What it started with.
    #[must_use]
    pub fn seed(&self) -> &Seed {
        &self.shared.initial.seed
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("settings", &self.shared.configuration().settings).finish_non_exhaustive()
    }
}

/// A pool that is not running yet.
#[derive(Clone, Debug)]
pub struct Builder {
    settings: Settings,
    request_limits: RequestLimits,
    seed: Seed,
}

impl Builder {
    /// Changes settings: `.with(|settings| settings.session_validity = …)`.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Takes pools, clients, users and settings from a file, in the place of the seeded ones. Its name ends in `.toml` or `.json`.
    ///
    /// # Errors
    /// Where the file cannot be read, and all that is wrong in it.
    pub fn with_config_file(self, path: &Path) -> Result<Self, ConfigError> {
        let tree = config_file::load(path)?;
        self.with_tree(&tree).map_err(config_file::in_file(path))
    }

    /// The same from a text.
    ///
    /// # Errors
    /// All that is wrong in it.
    pub fn with_config(self, text: &str, format: Format) -> Result<Self, ConfigError> {
        self.with_tree(&config_file::parse(text, format)?)
    }

    fn with_tree(self, tree: &config_file::Tree) -> Result<Self, ConfigError> {
        let Configuration { settings, seed } = config_file::read(tree, self.settings, None)?;
        Ok(Self { settings, seed, ..self })
    }

    /// Changes how long clients may take to send a request.
    #[must_use]
    pub fn with_request_limits(mut self, change: impl FnOnce(&mut RequestLimits)) -> Self {
        change(&mut self.request_limits);
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
        Pool { shared: Arc::new(Shared::of(Configuration { settings: self.settings, seed: self.seed }, self.request_limits)) }
    }

    /// The pool, with users and sign-ins that a file keeps over restarts; it need not exist. `docs/local-pool.md` says what is kept.
    ///
    /// # Errors
    /// Where the file cannot be read or written, is another one's, or no such file. It is left as it is then.
    pub fn build_with_state(self, path: &Path) -> Result<Pool, StateError> {
        let (state_file, kept) = StateFile::open(path)?;
        let changes = state_file.changes.clone();
        let configuration = Configuration { settings: self.settings, seed: self.seed };
        let shared = Arc::new(Shared::with_state_file(configuration, self.request_limits, state_file, &kept)?);
        let weak = Arc::downgrade(&shared);
        let save = move || Some(weak.upgrade()?.save());
        save_until_the_end(changes, save).map_err(|error| StateError::new(path, StateProblem::Unwritable(error)))?;
        Ok(Pool { shared })
    }
}
