//! What all tests share: the driver, the browsers that wait for the next test, and the package.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock},
};

use tokio::{runtime::Runtime, sync::Semaphore};

use super::{Browser, driver::Driver, engine::Engine};

/// So many tests run at a time, however many processors there are: more browsers only slow each other down.
const PLACES: usize = 2;

pub(super) struct World {
    pub runtime: Runtime,
    pub places: Semaphore,
    pub dist: PathBuf,
    engine: Engine,
    /// For all browsers, or for the next one.
    driver: Mutex<Option<Arc<Driver>>>,
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
        let engine = Engine::chosen();
        // The first one tells at once whether there is any.
        let driver = Mutex::new(Some(Arc::new(Driver::start(engine)?)));
        Ok(Self { runtime, places: Semaphore::new(PLACES), dist, engine, driver, idle: Mutex::default() })
    }

    /// A browser that nobody uses.
    pub async fn browser(&self) -> Browser {
        let idle = self.idle.lock().unwrap().pop();
        match idle {
            Some(browser) => browser,
            None => Browser::open(self.engine, self.driver()).await,
        }
    }

    fn driver(&self) -> Arc<Driver> {
        let mut kept = self.driver.lock().unwrap();
        let driver = kept.take().unwrap_or_else(|| Arc::new(Driver::start(self.engine).unwrap()));
        if !self.engine.program().is_for_one {
            *kept = Some(driver.clone());
        }
        driver
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
