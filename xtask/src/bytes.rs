//! What files cost on the way to a browser.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

/// Sizes of one file, or of several together.
#[derive(Clone, Copy, Default)]
struct Bytes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints a table of the files that every page loads, of all of them together, and of those that few pages load.
pub fn print_table(folder: &Path, names: &[&str], others: &[&str]) -> Result<()> {
    println!("\n{:<28} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip -9", "brotli 11");
    let mut total = Bytes::default();
    for name in names {
        let bytes = measure(&folder.join(name))?;
        total.raw += bytes.raw;
        total.gzip += bytes.gzip;
        total.brotli += bytes.brotli;
        print_row(name, bytes);
    }
    print_row("all that a page loads", total);
    for name in others {
        print_row(name, measure(&folder.join(name))?);
    }
    Ok(())
}

fn print_row(name: &str, bytes: Bytes) {
    let Bytes { raw, gzip, brotli } = bytes;
    println!("{name:<28} {raw:>9} {gzip:>9} {brotli:>9}");
}

fn measure(file: &Path) -> Result<Bytes> {
    let content = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Bytes { raw: content.len(), gzip: gzip(&content)?, brotli: brotli(&content)? })
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

fn brotli(content: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}
