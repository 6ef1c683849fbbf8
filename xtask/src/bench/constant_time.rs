//! `cargo xtask bench constant-time`: whether secrets show in the time of SRP's arithmetic, natively and in the browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{self, say};
use crate::wasm::{self, Program};
use crate::workspace::{Workspace, copy, empty_folder};
use crate::{node, package, small_std, tools};

/// The variable in which the page's scripts find the folder with the WebAssembly.
pub const PAGE: &str = "CONSTANT_TIME_PAGE";

/// What the page loads.
const PROGRAM: Program = Program { package: "constant-time", built: "constant-time.wasm", script: "constant-time.js" };

const WASM: &str = "constant-time_bg.wasm";

/// Prints both tables, of so many pairs of runs, or of the program's own number.
pub fn run(workspace: &Workspace, pairs: Option<u32>) -> Result<()> {
    let browser = tools::browser()?;
    say("Compiling the computations natively");
    process::run(workspace.cargo().args(["build", "--locked", "--release", "--package", PROGRAM.package]))?;
    let page = build_page(workspace)?;
    let pairs = pairs.map(|pairs| pairs.to_string());
    say("Measuring natively");
    let program = format!("{}{}", PROGRAM.package, std::env::consts::EXE_SUFFIX);
    process::run(Command::new(workspace.target.join("release").join(program)).args(&pairs))?;
    say("Measuring in the browser");
    let mut bench = Command::new("node");
    bench.arg(workspace.root.join("bench/constant-time/run.mjs")).args(&pairs).env(PAGE, page);
    process::run(bench.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver))
}

/// Compiles the computations for a page as the widget is compiled, and returns the folder with them.
pub fn build_page(workspace: &Workspace) -> Result<PathBuf> {
    node::install(workspace)?;
    say("Compiling the computations to WebAssembly as the widget is compiled (a few minutes the first time)");
    let parts = workspace.target.join("constant-time-parts");
    empty_folder(&parts)?;
    wasm::build_program(workspace, &PROGRAM, &parts, small_std::find().ok().as_ref())?;
    let page = workspace.target.join("constant-time-page");
    empty_folder(&page)?;
    copy(&parts.join(PROGRAM.script), &page.join(PROGRAM.script))?;
    // It may compile a computation without branches to one with them.
    package::shrink(workspace, &parts.join(WASM), &page.join(WASM))?;
    Ok(page)
}
