//! `sbom.cdx.json`: what the WebAssembly is compiled from, as a CycloneDX software bill of materials.
//!
//! Cargo says it all: the tree which crates are linked in (no build scripts, no procedural macros, no other platform's), the metadata
//! under which licences, the lock file from which archive. No time of day and no random number is in it, so that whoever builds the
//! same commit gets the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::process;
use crate::wasm;
use crate::workspace::Workspace;

/// The file in the package.
const FILE: &str = "sbom.cdx.json";

/// The package that the module is compiled from.
const ROOT: &str = "cognito-login-wasm";

/// What a crate is known by: `name@version`.
type Crate = String;

/// Writes the file; `rust` is the version of the standard library that was linked in.
pub fn write(workspace: &Workspace, dist: &Path, rust: &str) -> Result<()> {
    let tree = process::output(workspace.cargo().args([
        "tree",
        "--locked",
        "--package",
        ROOT,
        "--target",
        wasm::TARGET,
        "--edges=normal,no-proc-macro",
        "--prefix=depth",
        "--format={p}",
        "--charset=ascii",
    ]))?;
    // Of this platform alone: those of the others would be downloaded first.
    let platform = format!("--filter-platform={}", wasm::TARGET);
    let metadata = process::output(workspace.cargo().args(["metadata", "--format-version=1", "--locked", &platform]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let lock = std::fs::read_to_string(workspace.root.join("Cargo.lock"))?;
    let document = document(&edges(&tree)?, &licences(&metadata), &checksums(&lock), &workspace.version, rust)?;
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    std::fs::write(dist.join(FILE), text)?;
    println!("{FILE}: {} components", document["components"].as_array().map_or(0, Vec::len));
    Ok(())
}

/// The version in what `rustc --version` answers.
pub fn rust_version(rustc: &mut Command) -> Result<String> {
    let answer = process::output(rustc.arg("--version"))?;
    let version = answer.split_whitespace().nth(1);
    version.map(str::to_owned).with_context(|| format!("`{}` names no version of Rust", answer.trim()))
}

/// Who depends on whom. A crate that was printed before comes without its own dependencies, which the first time has.
fn edges(tree: &str) -> Result<BTreeMap<Crate, BTreeSet<Crate>>> {
    let mut edges = BTreeMap::<Crate, BTreeSet<Crate>>::new();
    let mut path: Vec<Crate> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let name = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let depth: usize = line[..line.len() - name.len()].parse().with_context(|| format!("cargo tree says `{line}`"))?;
        let mut words = name.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next().and_then(|word| word.strip_prefix('v'))) else {
            bail!("cargo tree says `{line}`");
        };
        let found = format!("{name}@{version}");
        path.truncate(depth);
        if let Some(parent) = path.last() {
            edges.entry(parent.clone()).or_default().insert(found.clone());
        }
        edges.entry(found.clone()).or_default();
        path.push(found);
    }
    Ok(edges)
}

fn licences(metadata: &Value) -> BTreeMap<Crate, String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let licence = |package: &Value| {
        let known = format!("{}@{}", package["name"].as_str()?, package["version"].as_str()?);
        // Older packages write `MIT/Apache-2.0`.
        Some((known, package["license"].as_str()?.replace('/', " OR ")))
    };
    packages.iter().filter_map(licence).collect()
}

/// The SHA-256 of each archive in Cargo.lock. Crates of the repository itself have none.
fn checksums(lock: &str) -> BTreeMap<Crate, String> {
    let packages = lock.split("[[package]]").filter_map(|package| {
        let value = |key: &str| package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        Some((format!("{}@{}", value("name")?, value("version")?), value("checksum")?.to_owned()))
    });
    packages.collect()
}

fn document(
    edges: &BTreeMap<Crate, BTreeSet<Crate>>,
    licences: &BTreeMap<Crate, String>,
    checksums: &BTreeMap<Crate, String>,
    version: &str,
    rust: &str,
) -> Result<Value> {
    let package = format!("pkg:npm/cognito-login@{version}");
    let std = format!("std@{rust}");
    let root = format!("{ROOT}@{version}");
    if !edges.contains_key(&root) {
        bail!("cargo tree does not begin with {root}");
    }
    let mut components = Vec::new();
    for known in edges.keys() {
        let licence = licences.get(known).with_context(|| format!("{known} names no licence"))?;
        components.push(component(known, licence, checksums.get(known)));
    }
    components.push(json!({
        "type": "library",
        "bom-ref": std,
        "name": "std",
        "version": rust,
        "description": "The standard library of Rust, compiled with the widget or taken from the compiler",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    }));
    let mut dependencies = vec![json!({ "ref": package, "dependsOn": [root, std] })];
    dependencies.extend(edges.iter().map(|(known, needs)| json!({ "ref": known, "dependsOn": needs })));
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": package,
                "name": "cognito-login",
                "version": version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
                "purl": package,
            },
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

fn component(known: &Crate, licence: &str, checksum: Option<&String>) -> Value {
    let (name, version) = known.split_once('@').unwrap_or((known, ""));
    let mut component = json!({
        "type": "library",
        "bom-ref": known,
        "name": name,
        "version": version,
        "licenses": [{ "expression": licence }],
    });
    // Without a checksum it is a crate of the repository, which no registry has.
    if let Some(checksum) = checksum {
        component["purl"] = format!("pkg:cargo/{name}@{version}").into();
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

#[cfg(test)]
mod tests {
    use cyclonedx_bom::prelude::*;

    use super::*;

    const TREE: &str = "\
0cognito-login-wasm v0.1.0 (/somewhere)
1a v1.0.0
2b v2.0.0+build
3c v0.3.0
1d v1.0.0
2b v2.0.0+build (*)
";

    fn example() -> Value {
        let edges = edges(TREE).unwrap();
        let licences = edges.keys().map(|known| (known.clone(), "MIT OR Apache-2.0".to_owned())).collect();
        let checksums = ["a@1.0.0", "b@2.0.0+build", "c@0.3.0", "d@1.0.0"].map(|known| (known.to_owned(), "ab".repeat(32)));
        document(&edges, &licences, &checksums.into(), "0.1.0", "1.95.0").unwrap()
    }

    #[test]
    fn the_tree_says_who_depends_on_whom() {
        let edges = edges(TREE).unwrap();
        let of = |known: &str| edges[known].iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(of("cognito-login-wasm@0.1.0"), ["a@1.0.0", "d@1.0.0"]);
        assert_eq!(of("b@2.0.0+build"), ["c@0.3.0"]);
        assert_eq!(of("d@1.0.0"), ["b@2.0.0+build"]);
        assert!(edges["c@0.3.0"].is_empty());
    }

    #[test]
    fn what_cargo_does_not_say_is_an_error() {
        assert!(super::edges("cognito-login-wasm v0.1.0").is_err());
        assert!(super::edges("0cognito-login-wasm").is_err());
        let edges = super::edges(TREE).unwrap();
        let error = document(&edges, &BTreeMap::new(), &BTreeMap::new(), "0.1.0", "1.95.0").unwrap_err();
        assert!(error.to_string().contains("names no licence"), "{error}");
    }

    #[test]
    fn the_lock_file_knows_the_archives_and_not_our_own_crates() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry\"\nchecksum = \"00ff\"\n\n\
            [[package]]\nname = \"ours\"\nversion = \"0.1.0\"\ndependencies = [\n \"a\",\n]\n";
        assert_eq!(checksums(lock), BTreeMap::from([("a@1.0.0".to_owned(), "00ff".to_owned())]));
    }

    #[test]
    fn the_makers_of_the_format_can_read_it() {
        let document = example();
        let bom = Bom::parse_from_json_v1_5(document.to_string().as_bytes()).unwrap();
        let verdict = bom.validate_version(SpecVersion::V1_5);
        assert!(verdict.passed(), "{verdict:?}");
        assert_eq!(bom.components.unwrap().0.len(), 6);
    }

    #[test]
    fn nothing_in_it_depends_on_when_or_by_whom_it_was_made() {
        let document = example();
        assert_eq!(document.to_string(), example().to_string());
        assert!(document["serialNumber"].is_null() && document["metadata"]["timestamp"].is_null());
        assert!(!document.to_string().contains("somewhere"));
    }

    #[test]
    fn only_what_a_registry_has_is_given_an_address_there() {
        let document = example();
        let addresses =
            document["components"].as_array().unwrap().iter().map(|one| (one["name"].as_str().unwrap(), &one["purl"]));
        let without: Vec<_> = addresses.filter(|(_, address)| address.is_null()).map(|(name, _)| name).collect();
        assert_eq!(without, ["cognito-login-wasm", "std"]);
    }
}
