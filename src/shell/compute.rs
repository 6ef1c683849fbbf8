//! Runs the machine's jobs, between what the browser has to do.

use std::{
    ops::ControlFlow,
    rc::{Rc, Weak},
};

use cognito_protocol::flow::{Event, Job, Outcome, Progress};

use super::task;

/// What a job is run for.
struct Order {
    id: u32,
    feed: Rc<dyn Fn(Event)>,
    asker: Weak<()>,
}

/// Runs `job` slice by slice, each in a task of its own: the browser paints and takes what is typed in between. Feeds back what came of it;
/// once `asker` is gone, what there is of it is dropped. Randomness is the platform's CSPRNG.
pub(crate) fn run(id: u32, job: Job, feed: Rc<dyn Fn(Event)>, asker: Weak<()>) {
    let order = Box::new(Order { id, feed, asker });
    task::next(Box::new(move || go_on(order, job.begin(fill_random))));
}

fn go_on(order: Box<Order>, progress: Progress) {
    match progress {
        ControlFlow::Break(derived) => (order.feed)(Outcome::Derived { id: order.id, derived }.into()),
        ControlFlow::Continue(running) => task::next(Box::new(move || {
            if order.asker.strong_count() > 0 {
                go_on(order, running.step());
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
