//! Known weaknesses of the dependencies, by cargo-deny and the database that it downloads.

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Fails on an advisory. Where the check cannot be made it says so plainly and does not fail: a machine without a way
/// to the database is not a weakness of ours.
pub fn check(workspace: &Workspace) -> Result<()> {
    if crate::process::find("cargo-deny").is_none() {
        println!(
            "NOT RUN: cargo-deny is not installed. To make this check: cargo install --locked cargo-deny, \
             then cargo deny check advisories"
        );
        return Ok(());
    }
    let output =
        workspace.cargo().args(["deny", "--color=never", "check", "advisories"]).output().context("cannot start cargo deny")?;
    let text = String::from_utf8_lossy(&output.stderr);
    print!("{}{text}", String::from_utf8_lossy(&output.stdout));
    if output.status.success() {
        return Ok(());
    }
    if text.contains("failed to fetch advisory database") {
        println!(
            "NOT RUN: the advisory database cannot be fetched from here. On a machine with a way to it: \
             cargo deny check advisories"
        );
        return Ok(());
    }
    bail!("cargo deny check advisories failed")
}
