//! `cargo xtask package`: the npm package, in `dist/`.

use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::process;
use crate::progress::Progress;
use crate::small_std::SmallStd;
use crate::workspace::{Workspace, copy, empty_folder};
use crate::{bytes, integrity, languages, node, rustc, sbom, short_names, small_std, wasm};

/// What a page loads, in the order in which it does.
const LOADED: [&str; 3] = [SCRIPT, PROGRAM, wasm::WASM];

/// The package's entry, with which a page shows the form.
const SCRIPT: &str = "cognito-login.js";

/// What is loaded beside the WebAssembly.
const PROGRAM: &str = "program.js";

/// What a page loads besides: where it asks for a phone number or a passkey, has a store of its own, or is in a browser without Web Locks.
const RARELY_LOADED: [&str; 4] = ["calling-codes.js", "passkeys.js", "storage-mirror.js", "lease.js"];

/// The features that every browser of the last years has, one by one: `--all-features` makes a module that browsers
/// refuse ("compact imports" need a flag in Chromium).
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What shrinks the module as it is sent, compressed, which is not what shrinks it most: inlining and reused values make code that
/// compresses worse. `--traps-never-happen` is not for us: a check of bounds is a trap.
const OPTIMISATIONS: [&str; 4] = ["-O3", "--converge", "--skip-pass=inlining-optimizing", "--skip-pass=local-cse"];

/// What the standard library that comes with Rust weighs more than one compiled for size, compressed.
const PLAIN_STD_KB: u32 = 12;

/// Writes `dist/` and prints what it costs.
pub fn run() -> Result<()> {
    build(&Workspace::find()?)
}

/// The same once in a run, however many need it.
pub fn build_once(workspace: &Workspace) -> Result<()> {
    static BUILT: OnceLock<()> = OnceLock::new();
    if BUILT.get().is_none() {
        build(workspace)?;
        let _ = BUILT.set(());
    }
    Ok(())
}

/// Writes `dist/` and prints what it costs.
pub fn build(workspace: &Workspace) -> Result<()> {
    let mut progress = Progress::of(5);
    progress.step("The widget as WebAssembly");
    node::install(workspace)?;
    let parts = workspace.target.join("package");
    empty_folder(&parts)?;
    let small = small_std::find();
    match &small {
        Ok(std) => wasm::build_small(workspace, &parts, std)?,
        Err(_) => wasm::build(workspace, &parts)?,
    }
    short_names::shorten(&parts)?;
    languages::copy_element(workspace, &parts)?;
    languages::write_styles(workspace, &parts, |css| small_css(workspace, &parts, &css))?;

    let dist = workspace.dist();
    empty_folder(&dist)?;
    progress.step("Shrinking the WebAssembly");
    shrink(workspace, &parts.join(wasm::WASM), &dist.join(wasm::WASM))?;
    progress.step("Bundling the JavaScript");
    bundle(workspace, &parts, &dist)?;
    progress.step("Adding the types, the manifest and the texts");
    languages::write(workspace, &dist)?;
    add_texts(workspace, &dist)?;
    progress.step("Adding the bill of materials and the hashes");
    let rust = sbom::rust_version(&mut small.as_ref().map_or_else(|_| rustc::in_use(), SmallStd::rustc))?;
    sbom::write(workspace, &dist, &rust)?;
    integrity::write(&dist)?;
    bytes::print_table(&dist, &LOADED, &RARELY_LOADED)?;
    match small {
        Ok(_) => println!("\nThe standard library in it was compiled for size."),
        Err(why) => {
            println!("\nThe standard library in it is the one that came with Rust, which costs about {PLAIN_STD_KB} kB: {why:#}")
        }
    }
    println!("The npm package is in {}", dist.display());
    Ok(())
}

/// Optimises a WebAssembly as the one that ships.
pub fn shrink(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    process::run(
        node::program(workspace, "wasm-opt")
            .args(WASM_FEATURES)
            .args(OPTIMISATIONS)
            .args(["--strip-debug", "--strip-producers"])
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}

/// A style sheet without what people need to read it.
fn small_css(workspace: &Workspace, parts: &Path, css: &str) -> Result<String> {
    let (from, to) = (parts.join("styles.css"), parts.join("small.css"));
    std::fs::write(&from, css)?;
    let mut esbuild = node::program(workspace, "esbuild");
    process::run(esbuild.arg(&from).args(["--minify", "--log-level=warning"]).arg(format!("--outfile={}", to.display())))?;
    // Spaces that esbuild leaves in custom properties. No text and no address in our style sheets has such a pair.
    Ok(std::fs::read_to_string(&to)?.replace(": ", ":").replace(", ", ","))
}

/// Two modules out of all, for pages without a bundler: the entry, and what comes with the WebAssembly. Besides there are the languages,
/// which are loaded when they are spoken, and what few pages need. The URL of the WebAssembly stays as it was written, which is what
/// bundlers look for.
fn bundle(workspace: &Workspace, parts: &Path, dist: &Path) -> Result<()> {
    for name in [SCRIPT, PROGRAM].into_iter().chain(RARELY_LOADED) {
        esbuild(workspace, &parts.join(name), &dist.join(name))?;
    }
    let text = std::fs::read_to_string(dist.join(SCRIPT))?;
    let must = format!("new URL(\"./{}\",import.meta.url)", wasm::WASM);
    if !text.contains(&must) {
        bail!("the bundle has lost {must}, so bundlers would not find the WebAssembly");
    }
    for name in [SCRIPT, PROGRAM] {
        let text = std::fs::read_to_string(dist.join(name))?;
        for forbidden in ["eval(", "new Function"] {
            if text.contains(forbidden) {
                bail!("{name} contains `{forbidden}`, which a strict page's policy refuses");
            }
        }
    }
    Ok(())
}

/// One module out of another and of what it imports.
fn esbuild(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    process::run(
        node::program(workspace, "esbuild")
            .arg(from)
            .args([
                "--bundle",
                "--external:./lang/*",
                "--minify",
                "--format=esm",
                "--target=es2022",
                "--charset=utf8",
                "--legal-comments=none",
                "--log-level=warning",
            ])
            .args([PROGRAM].into_iter().chain(RARELY_LOADED).map(|name| format!("--external:./{name}")))
            .arg(format!("--banner:js={}", banner(workspace)))
            .arg(format!("--outfile={}", to.display())),
    )
}

fn banner(workspace: &Workspace) -> String {
    format!("/*! cognito-login {} | MIT OR Apache-2.0 */", workspace.version)
}

fn add_texts(workspace: &Workspace, dist: &Path) -> Result<()> {
    let npm = workspace.root.join("npm");
    for name in ["cognito-login.d.ts", "custom-elements.json", "README.md", "TEXTS.md"] {
        copy(&npm.join(name), &dist.join(name))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&workspace.root.join(name), &dist.join(name))?;
    }
    let template = std::fs::read_to_string(npm.join("package.json"))?;
    // As text: the order of the entries in `exports` has a meaning, which a map would lose.
    let unset = "\"version\": \"0.0.0\"";
    if !template.contains(unset) {
        bail!("npm/package.json has no {unset} for the version of the package");
    }
    let text = template.replace(unset, &format!("\"version\": \"{}\"", workspace.version));
    std::fs::write(dist.join("package.json"), text)?;
    Ok(())
}
