//! What is in a file.

use std::{fs, io, path::Path};

use serde::Deserialize;
use serde_json::error::Category;

use super::error::{StateError, StateProblem};
use crate::state::kept::{FORMAT, Kept, VERSION};

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

/// What a file holds.
pub(super) fn read(path: &Path) -> Result<Kept, StateError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::empty()),
        Err(error) => return Err(StateError::new(path, StateProblem::Unreadable(error))),
    };
    parse(&text).map_err(|problem| StateError::new(path, problem))
}

fn parse(text: &[u8]) -> Result<Kept, StateProblem> {
    let Head { format, version } = match serde_json::from_slice(text) {
        Ok(head) => head,
        // The beginning of a file of ours, of which the rest is missing or wrong.
        Err(error) if starts_like_ours(text) => return Err(damaged(&error)),
        Err(_) if text.iter().all(u8::is_ascii_whitespace) => {
            return Err(StateProblem::Damaged("there is nothing in it".to_owned()));
        }
        Err(_) => return Err(StateProblem::Foreign),
    };
    if format != FORMAT {
        return Err(StateProblem::Foreign);
    }
    if version > u64::from(VERSION) {
        return Err(StateProblem::Newer(version));
    }
    serde_json::from_slice(text).map_err(|error| damaged(&error))
}

fn starts_like_ours(text: &[u8]) -> bool {
    let start: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(64).collect();
    let ours: Vec<u8> = format!("{{\"format\":\"{FORMAT}\"").into_bytes().into_iter().filter(|byte| *byte != b' ').collect();
    start.starts_with(&ours) || (!start.is_empty() && ours.starts_with(&start))
}

/// Where it is, and of what kind; the parser's own words would quote what stands there, which may be a password.
fn damaged(error: &serde_json::Error) -> StateProblem {
    let what = match error.classify() {
        Category::Eof => "it breaks off",
        Category::Syntax | Category::Io => "it is no JSON",
        Category::Data => "something else stands there than a local pool writes",
    };
    StateProblem::Damaged(format!("{what} at line {} column {}", error.line(), error.column()))
}
