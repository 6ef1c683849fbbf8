//! The program at a terminal, as a person runs it.

use std::{
    io::{Read, Write},
    process::Child,
    sync::{Arc, Mutex, mpsc},
};

use pty_process::blocking::{Command, Pty, open};

use super::{Outcome, program::watch};

pub struct AtTerminal {
    child: Arc<Mutex<Child>>,
    terminal: Pty,
    /// What stood on the terminal.
    shown: String,
    /// The first part of a character.
    unread: Vec<u8>,
    /// Where the last text that was waited for ends.
    read_to: usize,
    typed: Vec<String>,
    watch: mpsc::Sender<()>,
}

impl AtTerminal {
    pub fn of(command: Command) -> Self {
        let (terminal, other_side) = open().unwrap();
        let child = Arc::new(Mutex::new(command.spawn(other_side).unwrap()));
        let watch = watch(&child);
        Self { child, terminal, shown: String::new(), unread: Vec::new(), read_to: 0, typed: Vec::new(), watch }
    }

    /// Waits for a text after the last one that was waited for.
    pub fn until(mut self, text: &str) -> Self {
        loop {
            if let Some(at) = self.shown[self.read_to..].find(text) {
                self.read_to += at + text.len();
                return self;
            }
            assert!(self.read(), "no {text:?} in {}", self.shown);
        }
    }

    /// Types a line and presses Enter.
    pub fn line(mut self, line: &str) -> Self {
        self.typed.push(line.to_owned());
        self.press(&format!("{line}\r"))
    }

    /// Presses keys.
    pub fn press(mut self, keys: &str) -> Self {
        self.terminal.write_all(keys.as_bytes()).unwrap();
        self
    }

    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Waits for the program.
    pub fn end(mut self) -> Outcome {
        while self.read() {}
        let mut child = self.child.lock().unwrap();
        let mut stdout = String::new();
        if let Some(pipe) = &mut child.stdout {
            pipe.read_to_string(&mut stdout).unwrap();
        }
        let code = child.wait().unwrap().code();
        drop(self.watch);
        Outcome { code, stdout, shown: self.shown }.keeps_secrets(&self.typed, false)
    }

    /// Reads what there is; `false` when the program has gone, which Linux reports as an error.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        let Ok(length @ 1..) = self.terminal.read(&mut bytes) else { return false };
        self.unread.extend_from_slice(&bytes[..length]);
        // A character may come in two parts.
        let whole = match std::str::from_utf8(&self.unread) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text: Vec<u8> = self.unread.drain(..whole).collect();
        self.shown.push_str(&String::from_utf8(text).unwrap());
        true
    }
}
