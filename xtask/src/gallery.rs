//! `cargo xtask gallery`: the replies that the gallery's states are made of, recorded anew from the local pool.

use std::process::Command;

use anyhow::Result;

use crate::process::{self, say};
use crate::workspace::Workspace;
use crate::{package, tools};

/// Leads a browser to every state with the pool behind it, and writes `demo/gallery/transcripts`.
pub fn run() -> Result<()> {
    let workspace = Workspace::find()?;
    let browser = tools::browser()?;
    package::build(&workspace)?;
    say("Building the local pool");
    process::run(workspace.cargo().args(["build", "--locked", "--package=local-pool"]))?;
    say("Recording");
    let pool = workspace.target.join("debug").join(format!("local-pool{}", std::env::consts::EXE_SUFFIX));
    let mut record = Command::new("node");
    record.arg("tests/gallery/record.mjs").current_dir(&workspace.root);
    process::run(record.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver).env("LOCAL_POOL", pool))
}
