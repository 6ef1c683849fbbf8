//! What all requests share, each part behind its own lock.

use std::{
    io,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime},
};

use parking_lot::{Mutex, MutexGuard};

use crate::{
    clock::millis,
    config::{DEFAULT_ADDRESS, RequestLimits},
    config_file::{self, ConfigError, Tree},
    configuration::Configuration,
    error::ApiError,
    functions::Functions,
    inbox::Inbox,
    keys::Keyring,
    state::{State, kept::Kept},
    state_file::{StateError, StateFile, StateProblem},
};

pub(crate) struct Shared {
    pub request_limits: RequestLimits,
    /// What the pool started with, and goes back to.
    pub initial: Arc<Configuration>,
    /// What it runs with now.
    configuration: Mutex<Arc<Configuration>>,
    /// Where [`serve`](crate::serve) listens, for `iss`.
    base_url: OnceLock<String>,
    /// Held while an operation runs, but not while it waits for a trigger.
    state: Mutex<State>,
    inbox: Mutex<Inbox>,
    /// How far the pool's clock runs ahead of the machine's.
    clock_offset_millis: AtomicI64,
    /// Reached by [`trigger`](Self::trigger) alone, so that nobody can hold the state while one runs.
    functions: Functions,
    pub keys: Keyring,
    /// What keeps users over a restart, where something does.
    state_file: Option<StateFile>,
}

impl Shared {
    pub fn of(configuration: Configuration, request_limits: RequestLimits) -> Self {
        let Configuration { settings, seed } = &configuration;
        let (state, functions) = (Mutex::new(State::of(seed)), Functions::of(settings));
        let initial = Arc::new(configuration);
        let configuration = Mutex::new(Arc::clone(&initial));
        let (base_url, inbox, clock_offset_millis) = (OnceLock::new(), Mutex::default(), AtomicI64::new(0));
        let (keys, state_file) = (Keyring::default(), None);
        Self { request_limits, initial, configuration, base_url, state, inbox, clock_offset_millis, functions, keys, state_file }
    }

    /// The same with what a file kept, which is written from now on.
    ///
    /// # Errors
    /// Why the file cannot be used.
    pub fn with_state_file(
        configuration: Configuration,
        request_limits: RequestLimits,
        state_file: StateFile,
        kept: &Kept,
    ) -> Result<Self, StateError> {
        let mut shared = Self::of(configuration, request_limits);
        let damaged = |what: &str| state_file.error(StateProblem::Damaged(what.to_owned()));
        *shared.clock_offset_millis.get_mut() = kept.clock_offset_millis;
        let state = State::restored(&kept.pools, &shared.initial.seed, shared.now_millis()).map_err(damaged)?;
        *shared.state.get_mut() = state;
        for (id, pool) in &kept.pools {
            if let Some(keys) = &pool.keys {
                shared.keys.keep(id, keys).map_err(damaged)?;
            }
        }
        // Now, so that a folder that cannot be written is told at the start.
        state_file.write(|| shared.kept()).map_err(|error| state_file.error(StateProblem::Unwritable(error)))?;
        shared.state_file = Some(state_file);
        Ok(shared)
    }

    fn kept(&self) -> Kept {
        let state = self.state();
        let offset = self.clock_offset_millis.load(Ordering::Relaxed);
        Kept::of(&state, &self.configuration().seed, &self.keys, offset)
    }

    pub fn state_file(&self) -> Option<&StateFile> {
        self.state_file.as_ref()
    }

    /// Something may have changed that is to be kept.
    pub fn changed(&self) {
        if let Some(file) = &self.state_file {
            file.changes.tell();
        }
    }

    /// Writes what is to be kept, unless it is written.
    pub fn save(&self) -> io::Result<()> {
        self.state_file.as_ref().map_or(Ok(()), |file| file.write(|| self.kept()))
    }

    /// What the pool runs with now. It may change: who needs more than one look at it keeps what was given.
    pub fn configuration(&self) -> Arc<Configuration> {
        Arc::clone(&self.configuration.lock())
    }

    /// Changes what the pool runs with, by a patch of the file that would say it. Operations that are under way go on as they began.
    /// Users of whom the settings say something else than before begin anew; others stay, but for those whose pool is gone.
    ///
    /// # Errors
    /// What is wrong with the settings that would come of it; then nothing changes.
    pub fn reconfigure(&self, patch: Tree) -> Result<(), ConfigError> {
        let mut state = self.state();
        let before = self.configuration();
        let mut tree = config_file::write(&before);
        tree.merge(patch);
        let after = config_file::read(&tree, before.settings.clone(), Some(&before.seed))?;
        state.reseed(&before.seed, &after.seed);
        *self.configuration.lock() = Arc::new(after);
        self.changed();
        Ok(())
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        // Every operation leaves the state whole at each step, so a panic elsewhere does no harm here.
        self.state.lock()
    }

    /// Runs a trigger, and gives the state to everybody else meanwhile: what was read of it before may be out of date after.
    ///
    /// # Errors
    /// The trigger's; and an internal error where the pool was reset meanwhile, since the sign-in was one of before.
    pub fn trigger<T>(
        &self,
        state: &mut MutexGuard<'_, State>,
        run: impl FnOnce(&Functions) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let resets = state.resets;
        // What came before the trigger is as good as what comes after it.
        self.changed();
        let answer = MutexGuard::unlocked(state, || run(&self.functions));
        if state.resets != resets {
            return Err(ApiError::internal());
        }
        answer
    }

    /// Where the pool is served; the first call counts.
    pub fn serve_at(&self, base_url: String) {
        self.base_url.get_or_init(|| base_url);
    }

    pub fn base_url(&self) -> String {
        let configured = self.initial.settings.issuer_base.as_ref().or_else(|| self.base_url.get());
        configured.map_or_else(|| format!("http://{DEFAULT_ADDRESS}"), |base| base.trim_end_matches('/').to_owned())
    }

    pub fn issuer(&self, user_pool_id: &str) -> String {
        format!("{}/{user_pool_id}", self.base_url())
    }

    /// Has a lock of its own, so that a mail can arrive, and be read, while an operation runs.
    pub fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock()
    }

    pub fn now_millis(&self) -> i64 {
        let started = self
            .initial
            .settings
            .frozen_at_millis
            .unwrap_or_else(|| millis(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()));
        started.saturating_add(self.clock_offset_millis.load(Ordering::Relaxed))
    }

    pub fn advance_clock(&self, by: Duration) {
        let by = millis(by);
        // The closure always gives a value, so this cannot fail.
        let advance = |present: i64| Some(present.saturating_add(by));
        let _ = self.clock_offset_millis.fetch_update(Ordering::Relaxed, Ordering::Relaxed, advance);
        self.changed();
    }

    /// Back to the seed, the clock included. What waits for a trigger now fails when it comes back.
    pub fn reset(&self) {
        let mut state = self.state();
        *state = State { resets: state.resets.wrapping_add(1), ..State::of(&self.initial.seed) };
        *self.configuration.lock() = Arc::clone(&self.initial);
        self.inbox().clear();
        self.functions.reset();
        self.clock_offset_millis.store(0, Ordering::Relaxed);
        drop(state);
        self.changed();
    }
}

impl Drop for Shared {
    /// What changed last is kept as well.
    fn drop(&mut self) {
        if let Some(file) = &self.state_file {
            file.changes.end();
            // Whoever wants to know that it failed saves before.
            let _ = self.save();
        }
    }
}
