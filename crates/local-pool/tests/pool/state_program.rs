//! The program with a file of state: how it ends, and how it begins again.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use local_pool::seed;
use serde_json::json;

use crate::state_file::folder;

struct Program {
    child: Child,
    url: String,
    banner: String,
}

impl Program {
    fn start(file: &Path) -> Self {
        let mut child = Self::command(file).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut banner = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // An empty line after the last one, which speaks of SES.
        while !banner.contains("AWS_ACCESS_KEY_ID") {
            banner.push_str(&lines.next().expect("a banner").unwrap());
            banner.push('\n');
        }
        let url = banner.split(' ').find(|word| word.starts_with("http://")).expect("an address").trim().to_owned();
        Self { child, url, banner }
    }

    fn command(file: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_local-pool"));
        command.args(["--port", "0", "--state"]).arg(file);
        command
    }

    fn signal(&mut self, signal: &str) -> bool {
        Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Signs somebody up: `Some(true)`, or `Some(false)` where the name is taken; `None` where nobody answers any more.
fn sign_up(url: &str, name: &str) -> Option<bool> {
    let body = json!({"ClientId": seed::CLIENT, "Username": name, "Password": seed::PASSWORD}).to_string();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent
        .post(url)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", "AWSCognitoIdentityProviderService.SignUp");
    let mut response = request.send(body).ok()?;
    let text = response.body_mut().read_to_string().ok()?;
    match response.status().as_u16() {
        200 => Some(true),
        400 if text.contains("UsernameExistsException") => Some(false),
        other => panic!("{other} {text}"),
    }
}

/// Which users the file holds, of those whom this test signs up.
fn kept(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let state: serde_json::Value = serde_json::from_str(&text).expect("a whole file");
    let users = state["pools"][seed::LOCAL_POOL]["users"].as_array().unwrap();
    let names = users.iter().filter_map(|user| user["attributes"]["email"].as_str());
    names.filter(|name| name.starts_with("killed-")).map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn a_kill_in_the_middle_of_writing_loses_nothing_that_was_written() {
    let file = folder("killed").join("state.json");
    let half = PathBuf::from(format!("{}.new", file.display()));
    let deadline = Instant::now() + Duration::from_secs(120);
    let mut interrupted = 0;
    for round in 0..8 {
        let mut program = Program::start(&file);
        let before = if round == 0 { Vec::new() } else { kept(&file) };
        for name in &before {
            assert_eq!(sign_up(&program.url, name), Some(false), "{name} is gone");
        }
        let (sender, signed_up) = mpsc::channel();
        let url = program.url.clone();
        let people = thread::spawn(move || {
            let mut number = 0;
            while let Some(is_new) = sign_up(&url, &format!("killed-{round}-{number}@example.com")) {
                assert!(is_new);
                number += 1;
                let _ = sender.send(number);
            }
        });
        // Some are written; then it ends while it writes others.
        while signed_up.recv_timeout(Duration::from_secs(60)).unwrap() < 5 + round {}
        while kept(&file).len() <= before.len() {
            assert!(Instant::now() < deadline, "nothing was written");
        }
        while !half.exists() {
            assert!(Instant::now() < deadline, "nothing more was written");
        }
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        interrupted += u32::from(half.exists());
        people.join().unwrap();
        assert!(kept(&file).len() > before.len());
        // Those of before, every one, in the file as well.
        let after = kept(&file);
        assert!(before.iter().all(|name| after.contains(name)));
    }
    assert!(interrupted > 0, "no kill came in the middle");
    // What the last one left is no obstacle, and is cleared away.
    drop(Program::start(&file));
    assert!(!half.exists());
}

#[cfg(unix)]
#[test]
fn what_changed_last_is_kept_when_it_is_told_to_stop() {
    for signal in ["-INT", "-TERM"] {
        let file = folder(&format!("stopped{signal}")).join("state.json");
        let mut program = Program::start(&file);
        let told = "state.json, with passwords and secrets as they are: test users alone";
        assert!(program.banner.contains(told), "{}", program.banner);
        assert_eq!(sign_up(&program.url, "killed-last@example.com"), Some(true));
        assert!(program.signal(signal));
        assert_eq!(kept(&file), ["killed-last@example.com"]);
    }
}

#[test]
fn a_file_that_cannot_be_used_ends_the_start() {
    let file = folder("refused").join("state.json");
    fs::write(&file, "{\"format\": \"state of a local pool\"").unwrap();
    let output = Program::command(&file).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{told}");
    assert!(told.starts_with("local-pool: ") && told.contains("is damaged: it breaks off at line 1"), "{told}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\"format\": \"state of a local pool\"");

    let file = folder("refused-in-use").join("state.json");
    let _one = Program::start(&file);
    let output = Program::command(&file).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("is in use by another local pool"), "{told}");
}
