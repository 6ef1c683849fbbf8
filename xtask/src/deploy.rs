//! The suite `deploy`: the SAM template, read by the tools that deploy it, and checked as CloudFormation gets it.
//!
//! Nothing is deployed: there is no AWS account here, and no request leaves the machine once the tools are installed.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, say};
use crate::python;
use crate::workspace::Workspace;

/// Installs the tools and runs all of them, whatever became of the first.
pub fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("crates/triggers");
    let python = python::environment(workspace, "deploy", &folder.join("tests/template/requirements.txt"))?;
    let programs = python.parent().context("a Python lies in a folder")?;
    say("Checking the template");
    let checks: [(&Path, &[&str]); 3] = [
        (&programs.join("cfn-lint"), &["template.yaml"]),
        (&programs.join("sam"), &["validate", "--lint", "--template", "template.yaml"]),
        (&python, &["-m", "pytest", "tests/template"]),
    ];
    let results = checks.map(|(program, arguments)| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder);
        process::run(alone(&mut command, workspace))
    });
    results.into_iter().collect()
}

/// Without whatever AWS account this machine knows, and without a way out of it.
fn alone<'a>(command: &'a mut Command, workspace: &Workspace) -> &'a mut Command {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("AWS_") || text.starts_with("SAM_CLI_") {
            command.env_remove(&name);
        }
    }
    // Nobody listens on the discard port. SAM looks for news of itself at the end, and does not mind when there is none.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] {
        command.env(name, "http://127.0.0.1:9");
    }
    for name in ["NO_PROXY", "no_proxy"] {
        command.env_remove(name);
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
