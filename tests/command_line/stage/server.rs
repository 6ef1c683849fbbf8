//! A program of the project that serves until it is told to stop.

use std::{
    io::{BufRead, BufReader, Read},
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// Runs until it is dropped.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    /// Where cargo puts a program of the workspace.
    pub fn program(name: &str) -> PathBuf {
        let test = std::env::current_exe().unwrap();
        let program = test.parent().unwrap().parent().unwrap().join(name);
        assert!(program.exists(), "{} is missing: run `cargo build --workspace --bin {name}` first", program.display());
        program
    }

    /// Starts a program, and waits until it says where it listens: an address behind `place` on a line of its output.
    pub fn start(name: &str, arguments: impl Iterator<Item = String>, place: &str) -> Self {
        let mut command = Command::new(Self::program(name));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let url = loop {
            let before = said.len();
            assert!(output.read_line(&mut said).unwrap() > 0, "{name} ended: {said}");
            if let Some((_, rest)) = said[before..].split_once(place) {
                break rest.split_whitespace().next().unwrap().to_owned();
            }
        };
        // It must not come to a full pipe.
        std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
        Self { child, url }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // In order, so that it ends its own processes.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on at the moment.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}
