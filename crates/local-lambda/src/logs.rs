//! What a function's processes wrote, line by line, as a terminal shows it: see [`terminal_line`].

use std::{
    collections::VecDeque,
    io::Write,
    sync::{Mutex, PoisonError},
};

use terminal_line::one_line;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// A program that runs for days should not grow.
const MAX_LINES: usize = 10_000;

pub(crate) struct Logs {
    lines: Mutex<VecDeque<String>>,
    /// The name in front of the lines, where they are printed too.
    printed_as: Option<String>,
}

impl Logs {
    pub(crate) fn new(printed_as: Option<String>) -> Self {
        Self { lines: Mutex::default(), printed_as }
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Keeps a pipe's lines until its end. What is not UTF-8 is replaced.
    pub(crate) async fn keep(&self, pipe: impl AsyncRead + Unpin) {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while let Ok(1..) = pipe.read_until(b'\n', &mut line).await {
            let text = one_line(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']));
            self.print(&text);
            let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            if lines.len() == MAX_LINES {
                lines.pop_front();
            }
            lines.push_back(text);
            drop(lines);
            line.clear();
        }
    }

    /// Prints a line, where lines are printed, and does not keep it.
    pub(crate) fn print(&self, line: &str) {
        if let Some(name) = &self.printed_as {
            // Nobody reads: no reason to stop the functions.
            let _ = writeln!(std::io::stdout().lock(), "{name} | {}", one_line(line));
        }
    }
}
