//! Known weaknesses of what others wrote, by the tools of each registry and the databases that those ask.
//!
//! Where a database cannot be asked nothing is known, which is neither a weakness of ours nor a check that holds.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process;
use crate::python;
use crate::verdict::Verdict;
use crate::workspace::Workspace;

/// Of the crates in Cargo.lock, by cargo-deny.
pub fn crates(workspace: &Workspace) -> Result<Verdict> {
    if process::find("cargo-deny").is_none() {
        return not_checked("cargo-deny is not installed (cargo install --locked cargo-deny)");
    }
    let output =
        workspace.cargo().args(["deny", "--color=never", "check", "advisories"]).output().context("cannot start cargo deny")?;
    let text = String::from_utf8_lossy(&output.stderr);
    print!("{}{text}", String::from_utf8_lossy(&output.stdout));
    if output.status.success() {
        return Ok(Verdict::Holds);
    }
    if text.contains("failed to fetch advisory database") {
        return not_checked("cargo-deny cannot fetch its database from here");
    }
    bail!("cargo deny check advisories failed")
}

/// Of the Node packages in package-lock.json, by npm. They build and test; none is in the package.
pub fn node(workspace: &Workspace) -> Result<Verdict> {
    if process::find("npm").is_none() {
        return not_checked("npm is not on PATH");
    }
    let mut npm = Command::new("npm");
    npm.args(["audit", "--package-lock-only", "--json"]).current_dir(&workspace.root);
    of_npm(&npm.output().context("cannot start npm")?.stdout)
}

fn of_npm(output: &[u8]) -> Result<Verdict> {
    let report: Value = serde_json::from_slice(output).unwrap_or_default();
    let Some(found) = report["vulnerabilities"].as_object() else {
        return not_checked("npm's registry does not answer `npm audit` from here");
    };
    let affected: Vec<String> = found.iter().map(|(name, one)| format!("{name} ({})", one["severity"])).collect();
    if affected.is_empty() {
        return Ok(Verdict::Holds);
    }
    bail!("npm audit: {}", affected.join(", ").replace('"', ""))
}

/// Of the Python packages in the files of requirements, by pip-audit. They deploy and test; none is in the package.
pub fn python(workspace: &Workspace) -> Result<Verdict> {
    if process::find("pip-audit").is_none() {
        return not_checked("pip-audit is not installed (pip install pip-audit)");
    }
    let mut doubts = Vec::new();
    for file in python::requirements(&workspace.root)? {
        let verdict = of_pip(&audit(&file)?)?;
        if let Verdict::NotChecked(why) = verdict {
            doubts.push(format!("{}: {why}", file.strip_prefix(&workspace.root).unwrap_or(&file).display()));
        }
    }
    if doubts.is_empty() { Ok(Verdict::Holds) } else { not_checked(&doubts.join("; ")) }
}

fn audit(requirements: &Path) -> Result<Output> {
    let mut pip = Command::new("pip-audit");
    pip.args(["--format=json", "--progress-spinner=off", "--disable-pip", "--require-hashes", "--requirement"]);
    pip.arg(requirements).output().context("cannot start pip-audit")
}

fn of_pip(output: &Output) -> Result<Verdict> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let Some(packages) = report["dependencies"].as_array() else {
        return not_checked("pip-audit has no report");
    };
    let named = |package: &Value| format!("{} {}", package["name"], package["version"]).replace('"', "");
    let is_affected = |package: &&Value| package["vulns"].as_array().is_some_and(|found| !found.is_empty());
    let affected: Vec<String> = packages.iter().filter(is_affected).map(named).collect();
    if !affected.is_empty() {
        bail!("pip-audit: {}", affected.join(", "));
    }
    let unknown = packages.iter().filter(|package| !package["vulns"].is_array()).count();
    if unknown > 0 || packages.is_empty() {
        return not_checked(&format!("the index says nothing of {unknown} of {} packages", packages.len()));
    }
    Ok(Verdict::Holds)
}

fn not_checked(why: &str) -> Result<Verdict> {
    Ok(Verdict::NotChecked(why.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pip(report: &str) -> Result<Verdict> {
        of_pip(&Output { status: Default::default(), stdout: report.as_bytes().to_vec(), stderr: Vec::new() })
    }

    #[test]
    fn npm_without_an_answer_has_checked_nothing() {
        for silent in ["", "audit endpoint returned an error", r#"{ "message": "405 Method Not Allowed", "error": {} }"#] {
            assert!(matches!(of_npm(silent.as_bytes()), Ok(Verdict::NotChecked(_))), "{silent}");
        }
    }

    #[test]
    fn npm_with_an_answer_holds_or_names_what_does_not() {
        assert!(matches!(of_npm(br#"{ "auditReportVersion": 2, "vulnerabilities": {} }"#), Ok(Verdict::Holds)));
        let error = of_npm(br#"{ "vulnerabilities": { "left-pad": { "severity": "high" } } }"#).unwrap_err();
        assert_eq!(error.to_string(), "npm audit: left-pad (high)");
    }

    #[test]
    fn pip_without_an_answer_has_checked_nothing() {
        let skipped =
            r#"{ "dependencies": [{ "name": "a", "version": "1", "vulns": [] }, { "name": "b", "skip_reason": "not found" }] }"#;
        for silent in ["", r#"{ "dependencies": [] }"#, skipped] {
            assert!(matches!(pip(silent), Ok(Verdict::NotChecked(_))), "{silent}");
        }
    }

    #[test]
    fn pip_with_an_answer_holds_or_names_what_does_not() {
        assert!(matches!(pip(r#"{ "dependencies": [{ "name": "a", "version": "1", "vulns": [] }] }"#), Ok(Verdict::Holds)));
        let affected = r#"{ "dependencies": [{ "name": "a", "version": "1", "vulns": [{ "id": "PYSEC-1" }] }, { "name": "b", "skip_reason": "" }] }"#;
        assert_eq!(pip(affected).unwrap_err().to_string(), "pip-audit: a 1");
    }
}
