//! Running other programs.

use std::ffi::OsStr;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Says a step that may take a while, so that nobody waits in front of silence.
pub fn say(what: impl std::fmt::Display) {
    println!("\n==> {what}");
}

/// Runs a program to its end, its output going where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    println!("    $ {}", shown(command));
    let status = command.status().with_context(|| format!("cannot start {}", program(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Whether a program that writes to us and to no terminal is to colour its output all the same, because we write to one.
pub fn in_colours() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Runs a program as [`run`] does, and hands over each line of its standard output, which is copied to `copy` at once.
pub fn run_reading(command: &mut Command, copy: impl Write + Send + 'static, mut read: impl FnMut(&str)) -> Result<()> {
    println!("    $ {}", shown(command));
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", program(command)))?;
    let lines = lines_of(&mut child, copy)?;
    let status = child.wait()?;
    // All that it wrote is on its way. Not to the end of the output: a process that it left behind may hold that open.
    let rest = std::iter::from_fn(|| lines.recv_timeout(Duration::from_secs(5)).ok());
    rest.for_each(|line| read(&line));
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

fn lines_of(child: &mut Child, mut copy: impl Write + Send + 'static) -> Result<mpsc::Receiver<String>> {
    let mut output = child.stdout.take().context("its standard output is not ours")?;
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = Vec::new();
        let mut piece = [0; 8192];
        while let Ok(length @ 1..) = output.read(&mut piece) {
            let Some(piece) = piece.get(..length) else { return };
            // In pieces and not in lines: some runners say a test's name before they run it.
            if copy.write_all(piece).and_then(|()| copy.flush()).is_err() {
                return;
            }
            for byte in piece {
                if *byte == b'\n' { send(&sender, &mut line) } else { line.push(*byte) }
            }
        }
        send(&sender, &mut line);
    });
    Ok(lines)
}

fn send(sender: &Sender<String>, line: &mut Vec<u8>) {
    // Nobody hears it where the program has ended and this is a process that it left behind.
    let _ = sender.send(String::from_utf8_lossy(line).into_owned());
    line.clear();
}

/// Runs a program and returns what it wrote to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", program(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote something that is not UTF-8", program(command)))
}

/// Whether a program starts and ends well; what it prints is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The first program of that name on PATH.
pub fn find(name: impl AsRef<Path>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name.as_ref())).find(|file| is_executable(file))
}

/// PATH with some folders before everything else.
pub fn path_with(folders: &[&Path]) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let before = folders.iter().map(|folder| folder.to_path_buf());
    Ok(std::env::join_paths(before.chain(std::env::split_paths(&path)))?)
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

/// Cargo, freed of what `cargo run` told us about xtask: build scripts watch some of those variables, and a change
/// of them would build the same crates again.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsStr::new("cargo").into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|prefix| text.starts_with(prefix));
        if ours || text == "OUT_DIR" || text == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(&name);
        }
    }
    command
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
