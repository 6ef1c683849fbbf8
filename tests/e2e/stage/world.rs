//! What all tests share: the driver, the browsers that wait for the next test, and the package.

use std::{
    path::PathBuf,
    sync::{Mutex, OnceLock},
};

use tokio::{runtime::Runtime, sync::Semaphore};

use super::{Browser, driver::Driver};

/// So many tests run at a time, however many processors there are: more browsers only slow each other down.
const PLACES: usize = 2;

pub(super) struct World {
    pub runtime: Runtime,
    pub places: Semaphore,
    pub dist: PathBuf,
    driver: Driver,
    idle: Mutex<Vec<Browser>>,
}

impl World {
    pub fn get() -> &'static Self {
        static WORLD: OnceLock<Result<World, String>> = OnceLock::new();
        match WORLD.get_or_init(World::new) {
            Ok(world) => world,
            Err(error) => panic!("{error}"),
        }
    }

    fn new() -> Result<Self, String> {
        let dist = dist();
        for name in ["cognito-login.js", "cognito-login_bg.wasm"] {
            if !dist.join(name).exists() {
                return Err(format!("{} is missing: run `cargo xtask package` first", dist.join(name).display()));
            }
        }
        let runtime = Runtime::new().map_err(|error| format!("cannot start the async runtime: {error}"))?;
        let driver = Driver::start()?;
        Ok(Self { runtime, places: Semaphore::new(PLACES), dist, driver, idle: Mutex::default() })
    }

    /// A browser that nobody uses.
    pub async fn browser(&self) -> Browser {
        let idle = self.idle.lock().unwrap().pop();
        match idle {
            Some(browser) => browser,
            None => Browser::open(&self.driver.url, &self.driver.profiles).await,
        }
    }

    pub fn give_back(&self, browser: Browser) {
        self.idle.lock().unwrap().push(browser);
    }
}

fn dist() -> PathBuf {
    if let Some(dist) = std::env::var_os("E2E_DIST") {
        return dist.into();
    }
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(root).join("dist")
}
