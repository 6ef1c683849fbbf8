//! What `cargo xtask bench` measures, with peers beside us in one run: ratios tell, because machines are noisy and differ.

mod aws_service;
mod pool;
mod statistics;
mod table;
mod triggers;
mod usage;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

/// What to measure.
#[derive(Debug, Parser)]
#[command(name = "bench")]
enum Arguments {
    /// The create trigger beside one in Python with boto3
    Triggers {
        /// The create trigger
        trigger: PathBuf,
        /// A Python with boto3
        python: PathBuf,
        /// The folder of the trigger in Python
        folder: PathBuf,
    },
    /// The local pool beside two emulators
    Pool {
        /// The local pool
        local_pool: PathBuf,
        /// A Python with the emulators
        python: PathBuf,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    match Arguments::parse() {
        Arguments::Triggers { trigger, python, folder } => triggers::run(&trigger, &python, &folder).await,
        Arguments::Pool { local_pool, python } => tokio::task::spawn_blocking(move || pool::run(&local_pool, &python)).await?,
    }
}
