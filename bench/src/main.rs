//! What `cargo xtask bench` measures, with peers beside us in one run: ratios tell, because machines are noisy and differ.

mod mail_service;
mod statistics;
mod triggers;
mod usage;

use anyhow::{Context, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut path = |what: &str| arguments.next().with_context(|| format!("missing argument: {what}"));
    let (ours, python, folder) = (path("the create trigger")?, path("a Python with boto3")?, path("the folder of the trigger")?);
    triggers::run(ours.as_ref(), python.as_ref(), folder.as_ref()).await
}
