//! What `cargo xtask bench` measures, with peers beside us in one run: ratios tell, because machines are noisy and differ.

mod mail_service;
mod statistics;
mod triggers;
mod usage;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

/// Measures the create trigger beside one in Python with boto3.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Arguments {
    /// The create trigger
    trigger: PathBuf,
    /// A Python with boto3
    python: PathBuf,
    /// The folder of the trigger in Python
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments { trigger, python, folder } = Arguments::parse();
    triggers::run(&trigger, &python, &folder).await
}
