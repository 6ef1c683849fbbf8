//! The Rust compiler, and what it tells of itself.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler in use.
pub fn in_use() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// What a compiler says about itself, if there is one.
pub fn answer(rustc: &mut Command) -> Option<String> {
    let output = rustc.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

/// Where a compiler has, or would have, the sources of its standard library.
pub fn sources_of_std(rustc: &mut Command) -> Option<PathBuf> {
    let sysroot = answer(rustc.args(["--print", "sysroot"]))?;
    Some(Path::new(&sysroot).join("lib/rustlib/src/rust"))
}
