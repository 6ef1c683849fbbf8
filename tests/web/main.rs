//! Manners of the widget that need a real document and no pool: what it draws, where, and what it tells the page.
//!
//! The element's JavaScript class is not here: `tests/package` has it, and `tests/e2e` has all of it together.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod mounted;
mod page_manners;
mod screens;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
