//! People signing in: a real browser over WebDriver, the package of `cargo xtask package`, and the local pool in this process.
//!
//! Every test has a pool, a site and so an origin of its own, on free ports; browsers are shared, two at a time. The pages that are
//! served carry a strict content security policy, and every test ends with looking for console errors, policy violations, and
//! secrets in events. What a test reached of the public contract is seen as well, see [`contract`].
//!
//! | variable | |
//! |---|---|
//! | `E2E_BROWSER` | `firefox` or `webkit` instead of `chromium`; some tests need what their drivers have not, see `xtask/src/suites.rs` |
//! | `CHROMEDRIVER`, `CHROME`, `GECKODRIVER`, `FIREFOX`, `WEBKITDRIVER`, `WEBKIT` | the driver and the browser, where they are not on `PATH` |
//! | `E2E_DIST` | the package to test, instead of `dist/` |
//! | `E2E_SCREENSHOTS` | a folder for a picture of every screen, for people to look at |
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod contract;
mod pages;
mod scenarios;
mod stage;
