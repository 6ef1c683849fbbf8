//! `cargo xtask bench`: measurements, with peers beside us in one run. They are printed and not asserted: machines are noisy.

use anyhow::{Context, Result};
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::process::{self, say};
use crate::python;
use crate::workspace::Workspace;

/// A measurement that can be made alone.
struct Benchmark {
    /// What a person types.
    name: &'static str,
    /// What it measures.
    about: &'static str,
    /// Makes it.
    run: fn(&Workspace) -> Result<()>,
}

static BENCHMARKS: [Benchmark; 1] =
    [Benchmark { name: "triggers", about: "the create trigger beside one in Python: cold start and memory", run: triggers }];

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The benchmarks to run; all of them where none is named
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(BENCHMARKS.iter().map(named)))]
    benchmarks: Vec<String>,
}

fn named(benchmark: &Benchmark) -> PossibleValue {
    PossibleValue::new(benchmark.name).help(benchmark.about)
}

/// Runs the benchmarks named, or all of them.
pub fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::find()?;
    let names = &arguments.benchmarks;
    let chosen = BENCHMARKS.iter().filter(|one| names.is_empty() || names.iter().any(|name| name == one.name));
    for benchmark in chosen {
        (benchmark.run)(&workspace)?;
    }
    Ok(())
}

/// Cold start and memory of our create trigger and of one in Python with boto3.
fn triggers(workspace: &Workspace) -> Result<()> {
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
    let mut bench = std::process::Command::new(workspace.target.join("debug/bench"));
    process::run(bench.arg(trigger).arg(python).arg(folder))
}
