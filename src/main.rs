//! The demo page's program for `trunk serve`: nothing but the library, whose exports `demo/trunk.js` hands to the elements.
//!
//! Pages get the same elements from the npm package, where they load the WebAssembly lazily. Trunk loads it at once, and wants a
//! program for that. (`cargo xtask demo` serves the page with the package's own script instead, and does not build this.)

/// Keeps the exports of the library in the program.
use cognito_login as _;

fn main() {}
