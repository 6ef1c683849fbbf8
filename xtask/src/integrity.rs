//! `integrity.json`: the hash of each file that a page loads, as Subresource Integrity writes it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha384};

/// The file in the package.
const FILE: &str = "integrity.json";

/// Writes the file. Call it last: what is changed afterwards no longer matches.
pub fn write(dist: &Path) -> Result<()> {
    let hashes = hashes(dist)?;
    let mut text = serde_json::to_string_pretty(&hashes)?;
    text.push('\n');
    std::fs::write(dist.join(FILE), text)?;
    println!("{FILE}: {} files", hashes.len());
    Ok(())
}

/// By path in the package, with slashes on every system.
fn hashes(dist: &Path) -> Result<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    for folder in ["", "lang/"] {
        let entries = std::fs::read_dir(dist.join(folder)).with_context(|| format!("the package has no folder {folder}"))?;
        for entry in entries {
            let name = format!("{folder}{}", entry?.file_name().to_string_lossy());
            if is_loaded(&name) {
                let hash = integrity(&std::fs::read(dist.join(&name))?);
                hashes.insert(name, hash);
            }
        }
    }
    Ok(hashes)
}

fn is_loaded(name: &str) -> bool {
    matches!(Path::new(name).extension().and_then(|extension| extension.to_str()), Some("js" | "wasm"))
}

fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", Base64::encode_string(&Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_written_as_the_standard_has_it() {
        // The example of the W3C's Subresource Integrity, section 3.1.
        let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(integrity(b"alert('Hello, world.');"), expected);
    }

    #[test]
    fn only_what_a_page_loads_has_a_hash() {
        let loaded = ["cognito-login.js", "cognito-login_bg.wasm", "lang/ja.js"];
        assert!(loaded.into_iter().all(is_loaded));
        assert!(!["package.json", "README.md", "LICENSE-MIT", "cognito-login.d.ts"].into_iter().any(is_loaded));
    }
}
