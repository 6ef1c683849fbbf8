//! The program of `cargo xtask bench constant-time`: natively it prints its table, and in a browser the page asks it for rows.

#[cfg(target_arch = "wasm32")]
mod page;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pairs = match std::env::args().nth(1) {
        Some(pairs) => pairs.parse().map_err(|_| format!("constant-time takes a number of pairs of runs, not {pairs}"))?,
        None => constant_time::PAIRS,
    };
    let clock = Native(std::time::Instant::now());
    println!("{}", constant_time::TABLE_HEAD);
    for case in &constant_time::CASES {
        let mut measurement = constant_time::Measurement::new(case, pairs);
        while !measurement.run(1, &clock)? {}
        println!("{}", measurement.row());
    }
    Ok(())
}

/// The clock of the operating system, since the program began.
#[cfg(not(target_arch = "wasm32"))]
struct Native(std::time::Instant);

#[cfg(not(target_arch = "wasm32"))]
impl constant_time::Clock for Native {
    fn now(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1e3
    }
}
