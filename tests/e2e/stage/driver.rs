//! The programs that drive the browsers, and the screens of those that have one, for as long as this process lives.

use std::{
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread::sleep,
    time::{Duration, Instant},
};

use super::{
    PATIENCE,
    engine::{Engine, Port, Program},
};

/// Starts a program and waits for its standard input to end, which it does however this process ends: by itself, by a signal, by
/// Ctrl-C. Then everything in this process group goes, which is the driver and its browsers, and their profiles too. The program alone
/// holds the output, so that its end is seen there.
const KEEPER: &str =
    r#"profiles=$1; shift; "$@" & exec >/dev/null; trap "" TERM; cat; kill -TERM 0; wait; sleep 1; rm -rf "$profiles""#;

#[derive(Debug)]
pub(super) struct Driver {
    pub url: String,
    /// Every browser keeps its profile in a new folder in here.
    pub profiles: PathBuf,
    _driver: Kept,
    _screen: Option<Kept>,
}

impl Driver {
    pub fn start(engine: Engine) -> Result<Self, String> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let Program { variable, name, port, has_screen, .. } = engine.program();
        let program = std::env::var(variable).unwrap_or_else(|_| name.to_owned());
        let none = || format!("cannot start {program}; put {name} on PATH or its file into the variable {variable}");
        let folder = format!("e2e-profiles-{}-{}", std::process::id(), LAST.fetch_add(1, Ordering::Relaxed));
        let profiles = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        std::fs::create_dir_all(&profiles).map_err(|error| format!("cannot make {}: {error}", profiles.display()))?;
        let screen = if has_screen { Some(screen(&profiles)?) } else { None };
        let given = match port {
            Port::SaidAfter(_) => 0,
            Port::Given => free_port(),
        };
        let mut command = vec![program.clone(), format!("--port={given}")];
        command.extend(engine.arguments(&profiles));
        let mut driver = Kept::start(&command, &profiles, screen.as_ref().map(|(_, display)| display.as_str()))?;
        let port = match port {
            Port::SaidAfter(before) => {
                let port = |line: &str| Some(line.split_once(before)?.1.trim().trim_end_matches('.').to_owned());
                driver.said(port).ok_or_else(none)?
            }
            Port::Given => answering(given).ok_or_else(none)?.to_string(),
        };
        let url = format!("http://127.0.0.1:{port}");
        Ok(Self { url, profiles, _driver: driver, _screen: screen.map(|(screen, _)| screen) })
    }
}

/// A screen in memory, and its name.
fn screen(profiles: &Path) -> Result<(Kept, String), String> {
    let command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"].map(str::to_owned);
    let mut screen = Kept::start(&command, &profiles.join("screen"), None)?;
    let number = screen.said(|line| line.trim().parse::<u32>().ok()).ok_or("cannot start Xvfb; put it on PATH")?;
    Ok((screen, format!(":{number}")))
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// The port, once somebody listens there.
fn answering(port: u16) -> Option<u16> {
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if Instant::now() > end {
            return None;
        }
        sleep(Duration::from_millis(20));
    }
    Some(port)
}

/// A program with everything that it starts.
#[derive(Debug)]
struct Kept {
    /// Held: with its input open the program lives.
    _keeper: Child,
    /// Held: it must be able to write.
    output: BufReader<ChildStdout>,
}

impl Kept {
    fn start(command: &[String], profiles: &Path, display: Option<&str>) -> Result<Self, String> {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(profiles).args(command);
        if let Some(display) = display {
            keeper.env("DISPLAY", display);
        }
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut keeper = keeper.spawn().map_err(|error| format!("cannot start sh: {error}"))?;
        let output = BufReader::new(keeper.stdout.take().unwrap());
        Ok(Self { _keeper: keeper, output })
    }

    /// Reads lines until something is found in one; nothing when the program has ended.
    fn said<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.output.read_line(&mut line).unwrap_or(0) == 0 {
                return None;
            }
            if let Some(found) = find(&line) {
                return Some(found);
            }
        }
    }
}
