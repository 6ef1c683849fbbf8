//! `cargo xtask bench`: measurements, with peers beside us in one run. They are printed and not asserted: machines are noisy.

pub mod constant_time;

use std::process::Command;

use anyhow::{Context, Result};
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::process::{self, say};
use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{node, package, python, tools};

/// A measurement that can be made alone.
struct Benchmark {
    /// What a person types.
    name: &'static str,
    /// What it measures.
    about: &'static str,
    /// Makes it.
    run: fn(&Workspace, &BrowserOptions) -> Result<()>,
}

static BENCHMARKS: [Benchmark; 5] = [
    Benchmark {
        name: "widget",
        about: "the packaged page beside peers: bytes, time to the first field, work, memory",
        run: widget,
    },
    Benchmark { name: "sign-in", about: "a whole sign-in beside peers, against the local pool: time and work", run: sign_in },
    Benchmark { name: "triggers", about: "the create trigger beside one in Python: cold start and memory", run: triggers },
    Benchmark { name: "pool", about: "the local pool beside two emulators: sign-ins a second over one core, memory", run: pool },
    Benchmark {
        name: "constant-time",
        about: "whether secrets show in the time of SRP's arithmetic, natively and in the browser",
        run: |workspace, options| constant_time::run(workspace, options.runs),
    },
];

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The benchmarks to run; all of them where none is named
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(BENCHMARKS.iter().map(named)))]
    benchmarks: Vec<String>,

    #[command(flatten)]
    browser: BrowserOptions,
}

/// What `widget` and `sign-in` take, and of which `constant-time` takes the number of runs.
#[derive(Debug, clap::Args)]
struct BrowserOptions {
    /// Of `widget` and `sign-in`: how often each page is measured, in turns (7 unless named); of `constant-time`: how many pairs of runs
    /// each computation has (1,000 unless named)
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    runs: Option<u32>,

    /// Of `widget` and `sign-in`: without throttling, or with 9 Mbit/s, 60 ms and a quarter of the processor; both unless one is named
    #[arg(long, value_name = "PROFILE", value_delimiter = ',', value_parser = ["none", "slow"])]
    profile: Vec<String>,

    /// Of `widget` and `sign-in`: the pages to measure, by the names in bench/widget/pages.mjs; all unless some are named
    #[arg(long, value_name = "PAGE", value_delimiter = ',')]
    only: Vec<String>,
}

fn named(benchmark: &Benchmark) -> PossibleValue {
    PossibleValue::new(benchmark.name).help(benchmark.about)
}

/// Runs the benchmarks named, or all of them.
pub fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::find()?;
    let names = &arguments.benchmarks;
    let is_chosen = |one: &&Benchmark| names.is_empty() || names.iter().any(|name| name == one.name);
    let chosen: Vec<&Benchmark> = BENCHMARKS.iter().filter(is_chosen).collect();
    let mut progress = Progress::of(chosen.len());
    for benchmark in chosen {
        progress.step(format!("`{}`: {}", benchmark.name, benchmark.about));
        (benchmark.run)(&workspace, &arguments.browser)?;
    }
    Ok(())
}

fn widget(workspace: &Workspace, options: &BrowserOptions) -> Result<()> {
    in_browser(workspace, options, "widget")
}

fn sign_in(workspace: &Workspace, options: &BrowserOptions) -> Result<()> {
    say("Building the local pool");
    process::run(workspace.cargo().args(["build", "--locked", "--package=local-pool"]))?;
    in_browser(workspace, options, "sign-in")
}

/// The package as it ships, beside peers that are built as their authors would.
fn in_browser(workspace: &Workspace, options: &BrowserOptions, name: &str) -> Result<()> {
    let browser = tools::browser()?;
    let folder = workspace.root.join("bench/widget");
    node::install_in(&folder)?;
    package::build_once(workspace)?;
    say("Measuring");
    let pool = workspace.target.join("debug").join(format!("local-pool{}", std::env::consts::EXE_SUFFIX));
    let mut bench = Command::new("node");
    bench.arg(folder.join("run.mjs")).arg(name).arg("--built").arg(workspace.target.join("bench-pages"));
    bench.arg(format!("--only={}", options.only.join(",")));
    if let Some(runs) = options.runs {
        bench.arg(format!("--runs={runs}"));
    }
    if !options.profile.is_empty() {
        bench.arg(format!("--profile={}", options.profile.join(",")));
    }
    process::run(bench.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver).env("LOCAL_POOL", pool))
}

/// Cold start and memory of our create trigger and of one in Python with boto3.
fn triggers(workspace: &Workspace, _: &BrowserOptions) -> Result<()> {
    let folder = workspace.root.join("bench/triggers");
    let python = python::environment(workspace, "bench", &folder.join("requirements.txt"))?;
    say("Compiling the create trigger as it is deployed (some minutes the first time)");
    process::run(workspace.cargo().args([
        "build",
        "--locked",
        "--release",
        "--package=triggers",
        "--bin=create-auth-challenge",
    ]))?;
    process::run(workspace.cargo().args(["build", "--locked", "--package=bench"]))?;
    say("Measuring");
    let trigger = workspace.target.join("release/create-auth-challenge");
    let trigger = trigger.canonicalize().with_context(|| format!("cargo did not build {}", trigger.display()))?;
    let mut bench = Command::new(workspace.target.join("debug/bench"));
    process::run(bench.arg("triggers").arg(trigger).arg(python).arg(folder))
}

/// Sign-ins a second and memory of the local pool and of two emulators of the same API.
fn pool(workspace: &Workspace, _: &BrowserOptions) -> Result<()> {
    let python = python::environment(workspace, "bench-pool", &workspace.root.join("bench/pool/requirements.txt"))?;
    say("Building the local pool");
    process::run(workspace.cargo().args(["build", "--locked", "--package=local-pool"]))?;
    process::run(workspace.cargo().args(["build", "--locked", "--package=bench"]))?;
    say("Measuring (some minutes: the emulators make their users one by one)");
    let pool = workspace.target.join("debug").join(format!("local-pool{}", std::env::consts::EXE_SUFFIX));
    process::run(Command::new(workspace.target.join("debug/bench")).arg("pool").arg(pool).arg(python))
}
