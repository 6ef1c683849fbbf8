//! The program under test and its command line.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use local_pool::seed::{CLIENT, LOCAL_POOL};

use super::{AtTerminal, Piped, pool_url};

/// A program that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// `sign_in` with its options.
#[derive(Clone)]
pub struct Program {
    options: Vec<(String, Option<String>)>,
}

/// What is left of a program.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub stdout: String,
    /// What stood on standard error, or on the terminal.
    pub shown: String,
}

impl Program {
    /// Signs in to the local pool.
    pub fn of(username: &str) -> Self {
        let program = Self { options: Vec::new() };
        program.with(&["--pool-id", LOCAL_POOL, "--client-id", CLIENT, "--endpoint", pool_url(), "--username", username])
    }

    /// With these options as well, or instead: `--name value` or `--flag`.
    pub fn with(mut self, options: &[&str]) -> Self {
        let mut words = options.iter().peekable();
        while let Some(name) = words.next() {
            let value = words.next_if(|word| !word.starts_with("--")).map(|word| (*word).to_owned());
            self.options.retain(|(present, _)| present != name);
            self.options.push(((*name).to_owned(), value));
        }
        self
    }

    pub fn without(mut self, option: &str) -> Self {
        self.options.retain(|(present, _)| present != option);
        self
    }

    /// Runs between pipes.
    pub fn start(&self) -> Piped {
        let mut command = Command::new(executable());
        command.args(self.arguments()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Piped::of(command.spawn().unwrap(), self.prints_tokens())
    }

    /// Runs in a terminal of its own. Standard output is piped, to see what goes there.
    pub fn start_at_terminal(&self) -> AtTerminal {
        let command = pty_process::blocking::Command::new(executable()).args(self.arguments()).stdout(Stdio::piped());
        AtTerminal::of(command)
    }

    /// Runs in a terminal of its own, and after it `stty`, which tells what became of the terminal.
    pub fn start_before_stty(&self) -> AtTerminal {
        let shell = pty_process::blocking::Command::new("sh").args(["-c", r#""$@"; code=$?; stty -a; exit $code"#, "sh"]);
        AtTerminal::of(shell.arg(executable()).args(self.arguments()))
    }

    fn arguments(&self) -> impl Iterator<Item = &str> {
        self.options.iter().flat_map(|(name, value)| std::iter::once(name.as_str()).chain(value.as_deref()))
    }

    fn prints_tokens(&self) -> bool {
        self.arguments().any(|argument| argument == "--print-tokens")
    }
}

impl Outcome {
    /// What a program may never say, whatever became of it.
    pub fn keeps_secrets(self, typed: &[String], prints_tokens: bool) -> Self {
        let said = [self.stdout.as_str(), self.shown.as_str()];
        for secret in typed.iter().filter(|typed| typed.len() >= 4) {
            assert!(!said.iter().any(|said| said.contains(secret.as_str())), "{secret:?} in {self:?}");
        }
        // How every JWT begins.
        assert!(!self.shown.contains("eyJ"), "{self:?}");
        assert!(prints_tokens || !self.stdout.contains("eyJ"), "{self:?}");
        self
    }

    /// Refused with these words, and nothing on standard output.
    pub fn failed(&self, code: i32, last_words: &str) {
        let last = self.shown.trim_end().lines().last().unwrap_or_default();
        assert_eq!((self.code, last, self.stdout.as_str()), (Some(code), last_words, ""), "{}", self.shown);
    }

    /// Signed in, in one line.
    pub fn signed_in_as(&self, username: &str) {
        assert_eq!(self.code, Some(0), "{self:?}");
        let line = self.stdout.strip_suffix('\n').unwrap();
        assert!(line.starts_with(&format!("Signed in as {username} (username ")), "{line}");
        assert!(line.contains(") until ") && !line.contains('\n'), "{line}");
    }
}

/// Kills a program that hangs, until the sender is dropped.
pub fn watch(child: &Arc<Mutex<Child>>) -> mpsc::Sender<()> {
    let (ended, end) = mpsc::channel();
    let child = Arc::clone(child);
    std::thread::spawn(move || {
        if end.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            child.lock().unwrap().kill().unwrap();
        }
    });
    ended
}

/// Where cargo puts examples: beside the folder of the test programs. `cargo test` builds them, `cargo test --test` does not.
fn executable() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let built = program.parent().and_then(Path::parent).unwrap().join("examples/sign_in");
    let when = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/sign_in");
    let newest = std::fs::read_dir(sources).unwrap().filter_map(|entry| when(&entry.unwrap().path())).max();
    assert!(when(&built) >= newest, "{} is not there or old; first: cargo build --example sign_in", built.display());
    built
}
