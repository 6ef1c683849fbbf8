//! Runs the machine's jobs.

use cognito_protocol::flow::{Derived, Job};

use super::clock;

/// Long enough for the browser to paint what the screen says before the computation takes the thread.
const PAINT_MILLIS: u32 = 20;

/// Runs `job` when the browser has painted, and calls back with what came of it. Randomness is the platform's CSPRNG.
pub(crate) fn run(job: Job, done: impl FnOnce(Derived) + 'static) {
    clock::after(PAINT_MILLIS, move || done(job.run(fill_random)));
}

/// Fills `bytes` by `crypto.getRandomValues`. Where that fails the bytes stay zero, which no secret exponent accepts.
fn fill_random(bytes: &mut [u8]) {
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}
