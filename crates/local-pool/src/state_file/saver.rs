//! When the file is written.

use std::{io, sync::Arc, thread, time::Duration};

use parking_lot::{Condvar, Mutex};
use terminal_line::one_line;

/// How long a change waits for others, so that a burst is written once.
const TOGETHER: Duration = Duration::from_millis(30);
/// How long to wait where the file could not be written.
const AGAIN: Duration = Duration::from_secs(1);

/// Tells the thread that writes.
#[derive(Clone, Default)]
pub(crate) struct Changes(Arc<(Mutex<Told>, Condvar)>);

#[derive(Default)]
struct Told {
    has_changed: bool,
    is_over: bool,
}

impl Changes {
    /// Something may have changed.
    pub fn tell(&self) {
        let (told, condvar) = &*self.0;
        told.lock().has_changed = true;
        condvar.notify_one();
    }

    /// Nothing will change any more.
    pub fn end(&self) {
        let (told, condvar) = &*self.0;
        told.lock().is_over = true;
        condvar.notify_one();
    }

    /// Waits for a change; `false` when it is over.
    fn wait(&self) -> bool {
        let (told, condvar) = &*self.0;
        let mut told = told.lock();
        condvar.wait_while(&mut told, |told| !told.has_changed && !told.is_over);
        !told.is_over
    }

    /// Waits until it is over, but not longer than this.
    fn wait_for_the_end(&self, at_most: Duration) {
        let (told, condvar) = &*self.0;
        let mut told = told.lock();
        condvar.wait_while_for(&mut told, |told| !told.is_over, at_most);
    }

    /// What changes from here on is another change.
    fn take(&self) {
        self.0.0.lock().has_changed = false;
    }
}

/// Writes what changes by `save`, on a thread that ends with the pool: `save` then gives `None`. What it says of a failure it says once.
pub(crate) fn save_until_the_end(changes: Changes, save: impl Fn() -> Option<io::Result<()>> + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("state file".to_owned()).spawn(move || run(&changes, save)).map(drop)
}

fn run(changes: &Changes, save: impl Fn() -> Option<io::Result<()>>) {
    let mut complaint = None;
    while changes.wait() {
        changes.wait_for_the_end(TOGETHER);
        changes.take();
        match save() {
            None => return,
            Some(Ok(())) => complaint = None,
            Some(Err(error)) => {
                // It has still to be written.
                changes.tell();
                let text = format!("local-pool: the state could not be kept: {error}. It is tried again every second.");
                if complaint.as_ref() != Some(&text) {
                    eprintln!("{}", one_line(&text));
                    complaint = Some(text);
                }
                changes.wait_for_the_end(AGAIN);
            }
        }
    }
}
