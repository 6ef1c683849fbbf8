//! The suites `deploy` and `lambda`: the SAM template, read by the tools that deploy it and checked as CloudFormation gets it, and
//! the functions, built as a deployer builds them.
//!
//! Nothing is deployed: there is no AWS account here, and no request leaves the machine once the tools are installed.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::counts::Counts;
use crate::process::{self, say};
use crate::python;
use crate::workspace::Workspace;

/// The functions of the template, by their names in it.
const FUNCTIONS: [&str; 4] = [
    "DefineAuthChallengeFunction",
    "CreateAuthChallengeFunction",
    "VerifyAuthChallengeResponseFunction",
    "CustomMessageFunction",
];

/// Installs what the deployer's README says, and builds as it says.
pub fn build(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let folder = workspace.root.join("crates/triggers");
    let python = python::environment(workspace, "lambda", &folder.join("requirements-deploy.txt"))?;
    let programs = python.parent().context("a Python lies in a folder")?;
    let built = workspace.target.join("sam-build");
    say("Building the functions for Lambda's arm64 processors (some minutes)");
    let mut sam = Command::new(programs.join("sam"));
    sam.args(["build", "--build-dir"]).arg(&built).current_dir(&folder).env("PATH", process::path_with(&[programs])?);
    process::run(without_account(&mut sam, workspace))?;
    let results = FUNCTIONS.map(|function| counts.check(function, is_for_arm64(&built.join(function).join("bootstrap"))));
    results.into_iter().collect()
}

fn is_for_arm64(program: &Path) -> Result<()> {
    let bytes = std::fs::read(program).with_context(|| format!("SAM built no {}", program.display()))?;
    // The ELF header: 64 bit, little endian, and AArch64 for the machine.
    let is_arm64 = bytes.starts_with(b"\x7fELF\x02\x01") && bytes.get(18..20) == Some(&[0xb7, 0]);
    ensure!(is_arm64, "{} is no program for arm64", program.display());
    println!("{}: {:.1} MB for arm64", program.display(), bytes.len() as f64 / 1e6);
    Ok(())
}

/// Installs the tools and runs all of them, whatever became of the first.
pub fn run(workspace: &Workspace, counts: &mut Counts) -> Result<()> {
    let folder = workspace.root.join("crates/triggers");
    let python = python::environment(workspace, "deploy", &folder.join("tests/template/requirements.txt"))?;
    let programs = python.parent().context("a Python lies in a folder")?;
    say("Checking the template");
    let command = |program: &Path, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder);
        alone(&mut command, workspace);
        command
    };
    let mut cfn_lint = command(&programs.join("cfn-lint"), &["template.yaml"]);
    let mut sam = command(&programs.join("sam"), &["validate", "--lint", "--template", "template.yaml"]);
    let mut tests = command(&python, &["-m", "pytest", "tests/template"]);
    let results = [
        counts.check("cfn-lint", process::run(&mut cfn_lint)),
        counts.check("sam validate", process::run(&mut sam)),
        counts.run(&mut tests),
    ];
    results.into_iter().collect()
}

/// Without a way out of this machine.
fn alone<'a>(command: &'a mut Command, workspace: &Workspace) -> &'a mut Command {
    // Nobody listens on the discard port. SAM looks for news of itself at the end, and does not mind when there is none.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    for name in ["NO_PROXY", "no_proxy"] {
        command.env_remove(name);
    }
    without_account(command, workspace)
}

/// Without whatever AWS account this machine knows.
fn without_account<'a>(command: &'a mut Command, workspace: &Workspace) -> &'a mut Command {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("AWS_") || text.starts_with("SAM_CLI_") {
            command.env_remove(&name);
        }
    }
    command
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        // SAM wants to know one, though nothing here depends on it.
        .env("AWS_DEFAULT_REGION", "eu-central-1")
        .env("SAM_CLI_TELEMETRY", "0")
        // Where SAM keeps its notes, in place of the home folder.
        .env("__SAM_CLI_APP_DIR", workspace.target.join("sam"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
}
