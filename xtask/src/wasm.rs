//! The WebAssembly of the widget: built by cargo, made loadable by wasm-bindgen.
//!
//! wasm-bindgen is a library here and not a program that somebody has to install: its version is in Cargo.lock,
//! beside that of the crate which it must match.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{self, say};
use crate::workspace::Workspace;

/// The target that browsers run.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The file that a page fetches.
pub const WASM: &str = "cognito-login_bg.wasm";

/// The module that wasm-bindgen writes; `src/element/cognito-login.js` imports it by this name.
const GLUE: &str = "cognito-login_glue";

/// Adds the WebAssembly target to the toolchain where it is missing.
pub fn ensure_target() -> Result<()> {
    if has_target() {
        return Ok(());
    }
    say("Adding the WebAssembly target to the Rust toolchain");
    if process::find("rustup").is_none() {
        bail!(
            "this Rust toolchain has no target {TARGET}, and there is no rustup to add it: \
             install that target the way Rust was installed, then run this command again"
        );
    }
    process::run(std::process::Command::new("rustup").args(["target", "add", TARGET]))
}

fn has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut ask = std::process::Command::new(rustc);
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    process::output(&mut ask).is_ok_and(|folder| Path::new(folder.trim()).exists())
}

/// Builds the widget for release and writes `cognito-login_glue.js` and `cognito-login_bg.wasm` into a folder.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<()> {
    ensure_target()?;
    say("Compiling the widget to WebAssembly (a few minutes the first time)");
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--locked", "--package=cognito-login-wasm", "--target", TARGET]);
    if std::env::var_os("RUSTFLAGS").is_none() && std::env::var_os("CARGO_ENCODED_RUSTFLAGS").is_none() {
        cargo.env("CARGO_ENCODED_RUSTFLAGS", portable_paths(workspace));
    }
    process::run(&mut cargo)?;
    say("Writing the JavaScript that loads it");
    bind(&built(workspace), folder)
}

/// Flags that keep the folders of this machine out of what pages download, where panics name their source files.
fn portable_paths(workspace: &Workspace) -> String {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let mut folders = vec![workspace.root.clone()];
    let sources = cargo_home.map(|home| home.join("registry/src")).and_then(|sources| std::fs::read_dir(sources).ok());
    folders.extend(sources.into_iter().flatten().flatten().map(|entry| entry.path()));
    let flags: Vec<String> = folders.iter().map(|folder| format!("--remap-path-prefix={}=.", folder.display())).collect();
    // What separates them is cargo's choice: paths may hold spaces.
    flags.join("\u{1f}")
}

fn built(workspace: &Workspace) -> PathBuf {
    let release = workspace.target.join(TARGET).join("release");
    release.join("cognito_login_wasm.wasm")
}

fn bind(input: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(input)
        .out_name(GLUE)
        .web(true)?
        // The entry module says where the file is, once, for bundlers to follow.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot read {}", input.display()))?;
    let written = folder.join(format!("{GLUE}_bg.wasm"));
    std::fs::rename(&written, folder.join(WASM)).with_context(|| format!("cannot rename {}", written.display()))
}
