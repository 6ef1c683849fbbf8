//! The licences of everything that is linked in, against the list in deny.toml.
//!
//! cargo-deny does this and more, but it takes long to build; whoever has it reads the same deny.toml with
//! `cargo deny check licenses`. This needs nothing but what cargo has already downloaded.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::process;
use crate::workspace::Workspace;

/// Fails when a dependency's licence is not on the list.
pub fn check(workspace: &Workspace) -> Result<()> {
    let deny = std::fs::read_to_string(workspace.root.join("deny.toml"))?;
    let allowed = allowed(&deny).context("deny.toml has no list `allow`")?;
    let exceptions = exceptions(&deny);
    let text = process::output(workspace.cargo().args(["metadata", "--format-version=1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata")?;
    let packages = metadata["packages"].as_array().context("cargo metadata")?;
    let complaints: Vec<String> = packages.iter().filter_map(|package| complaint(package, &allowed, &exceptions)).collect();
    if !complaints.is_empty() {
        bail!("not allowed by deny.toml:\n  {}", complaints.join("\n  "));
    }
    println!("{} packages, all under licences of deny.toml", packages.len());
    Ok(())
}

fn complaint(package: &Value, allowed: &BTreeSet<String>, exceptions: &[(String, String)]) -> Option<String> {
    let name = format!("{} {}", package["name"], package["version"]).replace('"', "");
    let Some(licence) = package["license"].as_str() else {
        return Some(format!("{name}: names no licence"));
    };
    if exceptions.iter().any(|(excepted, its)| package["name"] == *excepted && licence == its) {
        return None;
    }
    match satisfied(licence, allowed) {
        Ok(true) => None,
        Ok(false) => Some(format!("{name}: {licence}")),
        Err(error) => Some(format!("{name}: `{licence}` cannot be read: {error}")),
    }
}

fn satisfied(licence: &str, allowed: &BTreeSet<String>) -> Result<bool> {
    // Older packages write `MIT/Apache-2.0`.
    let expression = Expression::parse_mode(licence, ParseMode::LAX).map_err(|error| anyhow::anyhow!("{}", error.reason))?;
    Ok(expression.evaluate(|requirement| allowed.contains(&requirement.to_string())))
}

/// The strings of `allow = [ … ]`. The file is ours and simple, so it takes no TOML reader.
fn allowed(deny: &str) -> Option<BTreeSet<String>> {
    let (_, list) = deny.split_once("\nallow = [")?;
    let (list, _) = list.split_once(']')?;
    let strings = list.lines().filter_map(|line| line.split('"').nth(1));
    Some(strings.map(str::to_owned).collect())
}

/// Crate and licence of each line of `exceptions = [ … ]`.
fn exceptions(deny: &str) -> Vec<(String, String)> {
    let list = deny.split_once("\nexceptions = [").and_then(|(_, rest)| rest.split_once("\n]")).map_or("", |(list, _)| list);
    let pair = |line: &str| {
        let mut strings = line.split('"').skip(1).step_by(2).map(str::to_owned);
        Some((strings.next()?, strings.next()?))
    };
    list.lines().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> BTreeSet<String> {
        let deny = "[licenses]\nallow = [\n    \"MIT\",\n    \"Apache-2.0 WITH LLVM-exception\", # why\n]\n";
        allowed(deny).unwrap()
    }

    #[test]
    fn one_allowed_side_of_an_or_is_enough() {
        assert!(satisfied("GPL-3.0-only OR MIT", &list()).unwrap());
        assert!(satisfied("MIT/Apache-2.0", &list()).unwrap());
    }

    #[test]
    fn both_sides_of_an_and_must_be_allowed() {
        assert!(!satisfied("MIT AND GPL-3.0-only", &list()).unwrap());
    }

    #[test]
    fn an_exception_belongs_to_the_name() {
        assert!(satisfied("Apache-2.0 WITH LLVM-exception", &list()).unwrap());
        assert!(!satisfied("Apache-2.0", &list()).unwrap());
    }

    #[test]
    fn a_package_without_a_licence_is_a_complaint() {
        let package = serde_json::json!({ "name": "x", "version": "1.0.0", "license": null });
        assert!(complaint(&package, &list(), &[]).unwrap().contains("x 1.0.0"));
    }

    #[test]
    fn a_crate_may_have_an_exception_for_its_own_licence() {
        let exceptions = exceptions("[licenses]\nexceptions = [\n    { crate = \"driver\", allow = [\"MPL-2.0\"] },\n]\n");
        let package = |name: &str| serde_json::json!({ "name": name, "version": "1.0.0", "license": "MPL-2.0" });
        assert!(complaint(&package("driver"), &list(), &exceptions).is_none());
        assert!(complaint(&package("other"), &list(), &exceptions).is_some());
    }
}
