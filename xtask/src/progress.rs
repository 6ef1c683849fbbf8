//! How far a command is that takes many steps: a bar at a terminal, a line elsewhere, such as in CI's log.

use std::fmt::Display;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Characters of a bar.
const WIDTH: usize = 24;

/// The steps of a command, which are counted before the first begins.
pub struct Progress {
    steps: usize,
    begun: usize,
    start: Instant,
}

impl Progress {
    /// So many steps are to come.
    pub fn of(steps: usize) -> Self {
        Self { steps, begun: 0, start: Instant::now() }
    }

    /// Says that the next one begins, and how far that is.
    pub fn step(&mut self, what: impl Display) {
        let done = self.begun;
        self.begun += 1;
        println!("\n{}", heading(done, self.steps, self.start.elapsed(), std::io::stdout().is_terminal(), &what));
    }
}

fn heading(done: usize, steps: usize, elapsed: Duration, is_terminal: bool, what: &dyn Display) -> String {
    let step = done + 1;
    let time = in_words(elapsed);
    if !is_terminal {
        return format!("==> Step {step} of {steps}, after {time}: {what}");
    }
    let full = (done * WIDTH).checked_div(steps).unwrap_or_default().min(WIDTH);
    format!("==> [{}{}] {step}/{steps}  {what}  ({time} so far)", "#".repeat(full), "·".repeat(WIDTH - full))
}

/// Minutes and seconds.
pub fn in_words(time: Duration) -> String {
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_shows_a_bar_and_a_log_a_line() {
        let elapsed = Duration::from_secs(362);
        assert_eq!(heading(3, 12, elapsed, false, &"Suite `web`"), "==> Step 4 of 12, after 6 min 02 s: Suite `web`");
        let bar = "==> [######··················] 4/12  Suite `web`  (6 min 02 s so far)";
        assert_eq!(heading(3, 12, elapsed, true, &"Suite `web`"), bar);
    }

    #[test]
    fn the_bar_stays_in_its_frame() {
        assert!(heading(0, 0, Duration::ZERO, true, &"").contains("[························]"));
        assert!(heading(9, 3, Duration::ZERO, true, &"").contains("[########################]"));
    }
}
