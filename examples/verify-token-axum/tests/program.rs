//! The program as a shell starts it. What tokens it refuses, tests/frameworks/back-ends.test.mjs sees beside the back end in Node.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Ends the program with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn nobody_is_let_in_without_a_token() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_verify-token-axum"));
    let mut running = Running(program.env("PORT", "0").stdout(Stdio::piped()).spawn().unwrap());
    let mut url = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
    let status = |path: &str| agent.get(format!("{}{path}", url.trim_end())).call().unwrap().status();
    assert_eq!(status("api/me"), 401);
    assert_eq!(status(""), 404);
}
