//! The program between pipes, as a script runs it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStderr, ChildStdin, ChildStdout},
    sync::{Arc, Mutex, mpsc},
};

use super::{Outcome, program::watch};

pub struct Piped {
    child: Arc<Mutex<Child>>,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: BufReader<ChildStderr>,
    /// What was read of standard error.
    shown: String,
    typed: Vec<String>,
    prints_tokens: bool,
    watch: mpsc::Sender<()>,
}

impl Piped {
    pub fn of(mut child: Child, prints_tokens: bool) -> Self {
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let child = Arc::new(Mutex::new(child));
        let watch = watch(&child);
        Self { child, stdin, stdout, stderr, shown: String::new(), typed: Vec::new(), prints_tokens, watch }
    }

    /// Writes a line. Whether anybody still reads it is for the outcome to tell.
    pub fn line(self, line: &str) -> Self {
        self.text(line).text("\n")
    }

    /// Writes part of a line.
    pub fn text(mut self, text: &str) -> Self {
        let _ = self.stdin.write_all(text.as_bytes());
        self.typed.push(text.trim().to_owned());
        self
    }

    /// Reads standard error up to a line that ends so.
    pub fn until(mut self, end: &str) -> Self {
        loop {
            let before = self.shown.len();
            let read = self.stderr.read_line(&mut self.shown).unwrap();
            assert!(read > 0, "no {end:?} in {}", self.shown);
            if self.shown[before..].trim_end().ends_with(end) {
                return self;
            }
        }
    }

    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Ends the input and waits for the program.
    pub fn end(mut self) -> Outcome {
        drop(self.stdin);
        self.stderr.read_to_string(&mut self.shown).unwrap();
        let mut stdout = String::new();
        self.stdout.read_to_string(&mut stdout).unwrap();
        let code = self.child.lock().unwrap().wait().unwrap().code();
        drop(self.watch);
        Outcome { code, stdout, shown: self.shown }.keeps_secrets(&self.typed, self.prints_tokens)
    }
}
