//! Work that may have to wait.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Does the work once the promise is settled, however; at once where there is none.
pub(crate) fn after(promise: Option<Promise>, work: impl FnOnce() + 'static) {
    let Some(promise) = promise else { return work() };
    wait(promise, Box::new(work));
}

/// One function for all of them: each future is machinery that every visitor loads.
fn wait(promise: Promise, work: Box<dyn FnOnce()>) {
    wasm_bindgen_futures::spawn_local(async move {
        let _ = JsFuture::from(promise).await;
        work();
    });
}
