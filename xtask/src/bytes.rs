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

/// Prints a table of the files, and of all that a page loads.
pub fn print_table(folder: &Path, names: &[&str]) -> Result<()> {
    println!("\n{:<28} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip -9", "brotli 11");
    let mut total = Bytes::default();
    for name in names {
        let file = folder.join(name);
        let bytes = measure(&file).with_context(|| format!("cannot read {}", file.display()))?;
        total.raw += bytes.raw;
        total.gzip += bytes.gzip;
        total.brotli += bytes.brotli;
        print_row(name, bytes);
    }
    print_row("all that a page loads", total);
    Ok(())
}

fn print_row(name: &str, bytes: Bytes) {
    let Bytes { raw, gzip, brotli } = bytes;
    println!("{name:<28} {raw:>9} {gzip:>9} {brotli:>9}");
}

fn measure(file: &Path) -> Result<Bytes> {
    let content = std::fs::read(file)?;
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
