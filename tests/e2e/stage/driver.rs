//! The program that drives the browsers, for as long as this process lives.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use super::engine::{Engine, Program};

/// Starts the driver and waits for its standard input to end, which it does however this process ends: by itself, by a signal, by
/// Ctrl-C. Then everything in this process group goes, which is the driver and its browsers, and their profiles too. The driver alone
/// holds the output, so that its end is seen there.
const KEEPER: &str =
    r#"profiles=$1; shift; "$@" & exec >/dev/null; trap "" TERM; cat; kill -TERM 0; wait; sleep 1; rm -rf "$profiles""#;

#[derive(Debug)]
pub(super) struct Driver {
    pub url: String,
    /// Every browser keeps its profile in a new folder in here.
    pub profiles: PathBuf,
    /// Held: with its input open the driver lives, and it must be able to write.
    _keeper: (Child, BufReader<ChildStdout>),
}

impl Driver {
    pub fn start(engine: Engine) -> Result<Self, String> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let Program { variable, name, before_port, .. } = engine.program();
        let program = std::env::var(variable).unwrap_or_else(|_| name.to_owned());
        let folder = format!("e2e-profiles-{}-{}", std::process::id(), LAST.fetch_add(1, Ordering::Relaxed));
        let profiles = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        std::fs::create_dir_all(&profiles).map_err(|error| format!("cannot make {}: {error}", profiles.display()))?;
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh"])
            .arg(&profiles)
            .args([&program, "--port=0"])
            .args(engine.arguments(&profiles))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| format!("cannot start sh: {error}"))?;
        let mut output = BufReader::new(keeper.stdout.take().unwrap());
        let mut line = String::new();
        loop {
            line.clear();
            if output.read_line(&mut line).unwrap_or(0) == 0 {
                return Err(format!("cannot start {program}; put {name} on PATH or its file into the variable {variable}"));
            }
            if let Some((_, port)) = line.split_once(before_port) {
                let url = format!("http://127.0.0.1:{}", port.trim().trim_end_matches('.'));
                return Ok(Self { url, profiles, _keeper: (keeper, output) });
            }
        }
    }
}
