//! The WebAssembly that a page downloads: the widget, and what only a final program may decide.
//!
//! An allocator and the log level hold for a whole program. The library `cognito-login` leaves both to the Yew application that uses
//! it; here, where the program is ours, both are chosen for size. What JavaScript calls is exported by [`cognito_login::element`].

pub use cognito_login::element::{WidgetHandle, mount};

/// Smaller than the allocator of the standard library, and fast enough for a page that allocates a few thousand times.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

// Named so that its feature counts: nothing is logged in a release build.
#[cfg(target_arch = "wasm32")]
use tracing as _;
