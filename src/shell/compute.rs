//! Runs the machine's jobs, between what the browser has to do.

use std::{ops::ControlFlow, rc::Weak};

use cognito_protocol::flow::{Derived, Job, Progress};

use super::task;

/// Runs `job` slice by slice, each in a task of its own: the browser paints and takes what is typed in between. Calls back with what came
/// of it; once `asker` is gone, what there is of it is dropped. Randomness is the platform's CSPRNG.
pub(crate) fn run(job: Job, asker: Weak<()>, done: impl FnOnce(Derived) + 'static) {
    task::next(Box::new(move || go_on(job.begin(fill_random), asker, Box::new(done))));
}

fn go_on(progress: Progress, asker: Weak<()>, done: Box<dyn FnOnce(Derived)>) {
    match progress {
        ControlFlow::Break(derived) => done(derived),
        ControlFlow::Continue(running) => task::next(Box::new(move || {
            if asker.strong_count() > 0 {
                go_on(running.step(), asker, done);
            }
        })),
    }
}

/// Fills `bytes` by `crypto.getRandomValues`. Where that fails the bytes stay zero, which no secret exponent accepts.
fn fill_random(bytes: &mut [u8]) {
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(bytes);
    }
}
