//! The WebAssembly that a page downloads: the widget, and what only a final program may decide.
//!
//! An allocator holds for a whole program. The library `cognito-login` leaves it to the Yew application that uses it; here, where the
//! program is ours, it is chosen for size, and to leave no secrets behind. That this crate is nothing but a `cdylib` is what lets cargo optimise at link time: it
//! does not for a crate that is a library as well. What JavaScript calls is exported by [`cognito_login::element`].

#[cfg(target_arch = "wasm32")]
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};
#[cfg(target_arch = "wasm32")]
use zeroizing_alloc::ZeroAlloc;

pub use cognito_login::element::{WidgetHandle, mount};

/// Smaller than the allocator of the standard library, and everything that is freed is overwritten: also what a text leaves behind when it
/// moves to grow, and what crosses the border to JavaScript as a copy.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(new_wasm_dynamic_allocator());
