//! The WebAssembly of the widget, and of what is measured as the widget's: built by cargo, made loadable by wasm-bindgen.
//!
//! wasm-bindgen is a library here and not a program that somebody has to install: its version is in Cargo.lock,
//! beside that of the crate which it must match.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::draw_over;
use crate::process::{self, say};
use crate::rustc;
use crate::small_std::{self, SmallStd};
use crate::workspace::Workspace;

/// The target that browsers run.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The file that a page fetches.
pub const WASM: &str = "cognito-login_bg.wasm";

/// The module that wasm-bindgen writes; `src/element/program.js` imports it by this name.
pub const GLUE: &str = "cognito-login_glue.js";

/// For the compiler, whichever it is. A loop in the place of 64 rounds written out: what a page hashes is short.
const RUSTC: [&str; 1] = ["--cfg=sha2_backend_soft=\"compact\""];

/// A program that is built for pages.
pub struct Program {
    /// The package of it.
    pub package: &'static str,
    /// The file that cargo writes.
    pub built: &'static str,
    /// The module that wasm-bindgen writes. The WebAssembly beside it is called like it, with `_bg.wasm` at the end.
    pub script: &'static str,
}

/// What pages download.
const WIDGET: Program = Program { package: "cognito-login-wasm", built: "cognito_login_wasm.wasm", script: GLUE };

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
    process::run(Command::new("rustup").args(["target", "add", TARGET]))
}

fn has_target() -> bool {
    let folder = rustc::answer(rustc::in_use().args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| Path::new(&folder).exists())
}

/// Builds the widget with the Rust in use and writes `cognito-login_glue.js` and `cognito-login_bg.wasm` into a folder.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<()> {
    say("Compiling the widget to WebAssembly (a few minutes the first time)");
    build_program(workspace, &WIDGET, folder, None)?;
    finish(folder)
}

/// Does the same with a standard library compiled for size.
pub fn build_small(workspace: &Workspace, folder: &Path, std: &SmallStd) -> Result<()> {
    say("Compiling the widget to WebAssembly (a few minutes the first time)");
    build_program(workspace, &WIDGET, folder, Some(std))?;
    finish(folder)
}

/// Builds a program as the widget is, with a standard library compiled for size where there is one, and writes its module and its
/// WebAssembly into a folder.
pub fn build_program(workspace: &Workspace, program: &Program, folder: &Path, std: Option<&SmallStd>) -> Result<()> {
    let Some(std) = std else {
        ensure_target()?;
        let mut cargo = workspace.cargo();
        compile(workspace, program, cargo.arg("build"), &mut rustc::in_use(), &[], &workspace.target)?;
        return bind(program, &workspace.target, folder);
    };
    // A folder of its own: build scripts watch whether unstable options are allowed, and each change would build all again.
    let target = workspace.target.join("small-std");
    compile(workspace, program, &mut std.cargo_build(workspace), &mut std.rustc(), &small_std::RUSTC, &target)?;
    bind(program, &target, folder)
}

/// Builds an application as its authors do while they work on it, with nothing of how the widget is made small, and writes `app.js` and
/// `app_bg.wasm` into a folder.
pub fn build_application(workspace: &Workspace, package: &str, folder: &Path) -> Result<()> {
    ensure_target()?;
    process::run(workspace.cargo().args(["build", "--locked", "--package", package, "--target", TARGET]))?;
    let input = workspace.target.join(TARGET).join("debug").join(format!("{package}.wasm"));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&input).out_name("app").web(true)?.omit_default_module_path(false).typescript(false);
    bindgen.generate(folder).with_context(|| format!("wasm-bindgen cannot read {}", input.display()))
}

fn compile(
    workspace: &Workspace,
    program: &Program,
    build: &mut Command,
    rustc: &mut Command,
    flags: &[&str],
    target: &Path,
) -> Result<()> {
    let flags = RUSTC.iter().chain(flags).map(|flag| (*flag).to_owned());
    let flags: Vec<String> = given_flags().into_iter().chain(flags).chain(portable_paths(workspace, rustc)).collect();
    build.args(["--release", "--locked", "--package", program.package, "--target", TARGET, "--target-dir"]).arg(target);
    // What separates them is cargo's choice: paths may hold spaces.
    process::run(build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))
}

/// What the person wants the compiler to be told, which ours would otherwise replace.
fn given_flags() -> Vec<String> {
    let (name, separator) = match std::env::var_os("CARGO_ENCODED_RUSTFLAGS") {
        Some(_) => ("CARGO_ENCODED_RUSTFLAGS", '\u{1f}'),
        None => ("RUSTFLAGS", ' '),
    };
    let flags = std::env::var(name).unwrap_or_default();
    flags.split(separator).filter(|flag| !flag.is_empty()).map(str::to_owned).collect()
}

/// Flags that keep the folders of this machine out of what pages download, where panics name their source files.
fn portable_paths(workspace: &Workspace, rustc: &mut Command) -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let mut folders = vec![workspace.root.clone()];
    let registries = cargo_home.map(|home| home.join("registry/src")).and_then(|sources| std::fs::read_dir(sources).ok());
    folders.extend(registries.into_iter().flatten().flatten().map(|entry| entry.path()));
    folders.extend(rustc::sources_of_std(rustc));
    folders.iter().map(|folder| format!("--remap-path-prefix={}=.", folder.display())).collect()
}

fn bind(program: &Program, target: &Path, folder: &Path) -> Result<()> {
    say("Writing the JavaScript that loads it");
    let input = target.join(TARGET).join("release").join(program.built);
    Bindgen::new()
        .input_path(&input)
        .out_name(stem(program))
        .web(true)?
        // The entry module says where the file is, once, for bundlers to follow.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen cannot read {}", input.display()))
}

fn stem(program: &Program) -> &str {
    program.script.trim_end_matches(".js")
}

/// What is the widget's alone.
fn finish(folder: &Path) -> Result<()> {
    let written = folder.join(format!("{}_bg.wasm", stem(&WIDGET)));
    std::fs::rename(&written, folder.join(WASM)).with_context(|| format!("cannot rename {}", written.display()))?;
    draw_over::hook(folder)
}
