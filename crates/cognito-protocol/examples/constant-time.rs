//! Looks for secrets in the time that SRP's arithmetic takes, as dudect does: Welch's t-test between a class of runs with one fixed
//! secret and a class with random ones, in random order. Printed, and not asserted: machines are noisy.
//!
//! ```text
//! cargo run --release -p cognito-protocol --example constant-time [RUNS]
//! ```
//!
//! A `t` beyond 4.5 that grows with the number of runs is a leak; what it proves is in SECURITY.md. The last line, by a computation
//! whose time does depend on the secret, shows that the test can find one.

use std::hint::black_box;
use std::time::Instant;

use cognito_protocol::Secret;
use cognito_protocol::srp::formulas::{
    PrivateKey, Scrambler, ServerPublic, derive_client_public, derive_client_s, derive_u, derive_v, derive_x,
};
use cognito_protocol::srp::{EphemeralSecret, Identity, SrpError};

/// A `t` beyond which two classes differ, by the authors of dudect.
const BOUND: f64 = 4.5;
/// Runs of a computation, of both classes together.
const RUNS: usize = 2_000;
/// Shares of the quickest runs that are compared: what interrupts a run only ever makes it longer.
const KEPT: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// The numbers of one run.
struct Numbers {
    a: EphemeralSecret,
    b: ServerPublic,
    x: PrivateKey,
    u: Scrambler,
}

/// Which of them are the fixed ones in the fixed class; the others are random in both.
#[derive(Clone, Copy)]
struct Fixed {
    a: Option<[u8; 32]>,
    b: bool,
    password: bool,
}

/// What is timed.
type Computation = fn(&Numbers);

/// A generator of pseudo-random numbers (`SplitMix64`), which is all that classes and inputs need.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn bytes<const LENGTH: usize>(&mut self) -> [u8; LENGTH] {
        std::array::from_fn(|_| self.next().to_be_bytes()[0])
    }
}

fn numbers(fixed: Fixed, of_fixed_class: bool, random: &mut Random) -> Result<Numbers, SrpError> {
    let a = fixed.a.filter(|_| of_fixed_class).unwrap_or_else(|| random.bytes());
    let b: [u8; 384] = if fixed.b && of_fixed_class { std::array::from_fn(|at| u8::from(at == 383) * 3) } else { random.bytes() };
    let password = if fixed.password && of_fixed_class { "fixed".to_owned() } else { random.next().to_string() };
    let hex: String =
        b.iter().enumerate().map(|(at, byte)| format!("{:02x}", if at == 0 { byte & 0x7f } else { *byte })).collect();
    let b = ServerPublic::from_hex(&hex)?;
    let identity = Identity { pool_name: "AbCdEfGhI", user_id_for_srp: "alice" };
    let u = derive_u(&random.bytes::<384>(), &b)?;
    let a = EphemeralSecret::from_bytes(&a)?;
    Ok(Numbers { a, b, x: derive_x(&[7; 16], &identity, &Secret::from(&*password)), u })
}

/// The times of a computation in nanoseconds, by class.
fn measure(runs: usize, fixed: Fixed, compute: Computation) -> Result<[Vec<f64>; 2], SrpError> {
    let mut random = Random(0x5eed);
    let mut times = [Vec::new(), Vec::new()];
    for run in 0..runs {
        let class = (random.next() & 1) as usize;
        // Both classes draw and derive the same, and only then the clock starts.
        let inputs = [numbers(fixed, true, &mut random)?, numbers(fixed, false, &mut random)?];
        let start = Instant::now();
        compute(black_box(&inputs[class]));
        let nanoseconds = start.elapsed().as_secs_f64() * 1e9;
        // The first runs fill the caches.
        if run >= runs / 50 {
            times[class].push(nanoseconds);
        }
    }
    Ok(times)
}

/// The t of the two classes, of the runs that took no longer than the quantile `kept` of all runs.
fn welch([left, right]: &[Vec<f64>; 2], kept: f64) -> f64 {
    let mut all: Vec<f64> = left.iter().chain(right).copied().collect();
    all.sort_by(f64::total_cmp);
    let limit = all[((all.len() as f64 * kept) as usize).clamp(1, all.len()) - 1];
    let [left, right] = [left, right].map(|times| {
        let times: Vec<f64> = times.iter().copied().filter(|time| *time <= limit).collect();
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        (mean, times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0) / count)
    });
    (left.0 - right.0) / (left.1 + right.1).sqrt()
}

/// Square and multiply with a branch on each bit, over machine words: what must be found.
fn leaky(numbers: &Numbers) {
    let x = numbers.x.expose();
    let mut result = 1_u64;
    for byte in x {
        for bit in 0..8 {
            for _ in 0..200 {
                result = black_box(result).wrapping_mul(result) | 1;
            }
            if (byte >> bit) & 1 == 1 {
                for _ in 0..200 {
                    result = black_box(result).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                }
            }
        }
    }
    black_box(result);
}

fn main() -> Result<(), SrpError> {
    let runs = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(RUNS).max(100);
    let one = {
        let mut one = [0; 32];
        one[31] = 1;
        one
    };
    let none = Fixed { a: None, b: false, password: false };
    let public: Computation = |numbers| {
        black_box(derive_client_public(&numbers.a));
    };
    let verifier: Computation = |numbers| {
        black_box(derive_v(&numbers.x));
    };
    let premaster: Computation = |numbers| {
        black_box(derive_client_s(&numbers.b, &numbers.x, &numbers.a, &numbers.u));
    };
    let tests: [(&str, Fixed, Computation); 9] = [
        ("A = g^a, a = 1", Fixed { a: Some(one), ..none }, public),
        ("A = g^a, a all ones", Fixed { a: Some([0xff; 32]), ..none }, public),
        ("A = g^a, nothing fixed", none, public),
        ("g^x, one password", Fixed { password: true, ..none }, verifier),
        ("S, one password", Fixed { password: true, ..none }, premaster),
        ("S, a all ones", Fixed { a: Some([0xff; 32]), ..none }, premaster),
        ("S, B = 3", Fixed { b: true, ..none }, premaster),
        ("S, nothing fixed", none, premaster),
        ("a branch on each bit of x, one password", Fixed { password: true, ..none }, leaky),
    ];
    println!("{runs} runs each; t of the quickest 25, 50, 75 and 100 %; beyond {BOUND} the classes differ");
    for (name, fixed, compute) in tests {
        let times = measure(runs, fixed, compute)?;
        let mut all: Vec<f64> = times.iter().flatten().copied().collect();
        all.sort_by(f64::total_cmp);
        let t = KEPT.map(|kept| welch(&times, kept));
        let verdict = if t.iter().any(|t| t.abs() > BOUND) { "differ" } else { "" };
        println!("{name:40} median {:8.3} ms  t {} {verdict}", all[all.len() / 2] / 1e6, t.map(|t| format!("{t:6.2}")).join(" "));
    }
    Ok(())
}
