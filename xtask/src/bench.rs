//! `cargo xtask bench`: measurements, with peers beside us in one run. They are printed and not asserted: machines are noisy.

use anyhow::{Context, Result, bail};

use crate::process::{self, say};
use crate::python;
use crate::workspace::Workspace;

/// Runs one of them.
type Benchmark = fn(&Workspace) -> Result<()>;

/// What a person types, and what it runs.
const BENCHMARKS: [(&str, Benchmark); 1] = [("triggers", triggers)];

/// Runs the benchmarks named, or all of them.
pub fn run(arguments: &[String]) -> Result<()> {
    let known = BENCHMARKS.map(|(name, _)| name);
    if let Some(name) = arguments.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no benchmark `{name}`; there are: {}", known.join(", "));
    }
    let workspace = Workspace::find()?;
    let chosen = BENCHMARKS.iter().filter(|(name, _)| arguments.is_empty() || arguments.iter().any(|one| one == name));
    for (_, benchmark) in chosen {
        benchmark(&workspace)?;
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
