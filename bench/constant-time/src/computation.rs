//! What is timed, and how.

use std::hint::black_box;
use std::ops::ControlFlow;

use cognito_protocol::flow::{Derived, Job};
use cognito_protocol::srp::formulas::{derive_client_public, derive_client_s, derive_v};

use crate::clock::Clock;
use crate::failure::Failure;
use crate::numbers::{Fixed, Numbers};
use crate::proof::prove_password;

/// A computation with what is fixed in one class of its runs.
#[derive(Debug)]
pub struct Case {
    /// What a person reads.
    pub name: &'static str,
    pub(crate) fixed: Fixed,
    pub(crate) computation: Computation,
}

/// What is timed.
#[derive(Debug)]
pub(crate) enum Computation {
    /// In one go.
    Whole(fn(&Numbers)),
    /// In slices, as the widget does: the times of its beginning and of all slices are added up.
    Slices(fn(&Numbers) -> Result<Job, Failure>),
}

/// How long a run took.
pub(crate) struct Timed {
    pub(crate) milliseconds: f64,
    /// 0 of a computation in one go.
    pub(crate) slices: u32,
}

const NONE: Fixed = Fixed { a: None, b: false, password: false };
const ONE: Fixed = Fixed { a: Some(one()), ..NONE };
const ONES: Fixed = Fixed { a: Some([0xff; 32]), ..NONE };
const PASSWORD: Fixed = Fixed { password: true, ..NONE };

const PUBLIC: Computation = Computation::Whole(|numbers| {
    black_box(derive_client_public(&numbers.a));
});
const VERIFIER: Computation = Computation::Whole(|numbers| {
    black_box(derive_v(&numbers.x));
});
const PREMASTER: Computation = Computation::Whole(|numbers| {
    black_box(derive_client_s(&numbers.b, &numbers.x, &numbers.a, &numbers.u));
});
const PUBLIC_IN_SLICES: Computation = Computation::Slices(|_| Ok(Job::MakePublicValue));
const PROOF_IN_SLICES: Computation = Computation::Slices(prove_password);

/// All computations. The last one must be found.
pub static CASES: [Case; 15] = [
    Case { name: "A = g^a, a = 1", fixed: ONE, computation: PUBLIC },
    Case { name: "A = g^a, a all ones", fixed: ONES, computation: PUBLIC },
    Case { name: "A = g^a, nothing fixed", fixed: NONE, computation: PUBLIC },
    Case { name: "A in slices, a = 1", fixed: ONE, computation: PUBLIC_IN_SLICES },
    Case { name: "A in slices, a all ones", fixed: ONES, computation: PUBLIC_IN_SLICES },
    Case { name: "A in slices, nothing fixed", fixed: NONE, computation: PUBLIC_IN_SLICES },
    Case { name: "g^x, one password", fixed: PASSWORD, computation: VERIFIER },
    Case { name: "S, one password", fixed: PASSWORD, computation: PREMASTER },
    Case { name: "S, a all ones", fixed: ONES, computation: PREMASTER },
    Case { name: "S, B = 3", fixed: Fixed { b: true, ..NONE }, computation: PREMASTER },
    Case { name: "S, nothing fixed", fixed: NONE, computation: PREMASTER },
    Case { name: "proof in slices, one password", fixed: PASSWORD, computation: PROOF_IN_SLICES },
    Case { name: "proof in slices, a all ones", fixed: ONES, computation: PROOF_IN_SLICES },
    Case { name: "proof in slices, nothing fixed", fixed: NONE, computation: PROOF_IN_SLICES },
    Case { name: "a branch on each bit of x, one password", fixed: PASSWORD, computation: Computation::Whole(leaky) },
];

const fn one() -> [u8; 32] {
    let mut one = [0; 32];
    one[31] = 1;
    one
}

impl Computation {
    pub(crate) fn time(&self, numbers: &Numbers, clock: &impl Clock) -> Result<Timed, Failure> {
        match self {
            Self::Whole(compute) => {
                let start = clock.now();
                compute(black_box(numbers));
                Ok(Timed { milliseconds: clock.now() - start, slices: 0 })
            }
            // What the job is made of is not timed.
            Self::Slices(job) => time_slices(black_box(job(numbers)?), numbers, clock),
        }
    }
}

fn time_slices(job: Job, numbers: &Numbers, clock: &impl Clock) -> Result<Timed, Failure> {
    let start = clock.now();
    let mut progress = job.begin(|bytes| bytes.copy_from_slice(&numbers.a_bytes));
    let mut timed = Timed { milliseconds: clock.now() - start, slices: 0 };
    loop {
        match progress {
            ControlFlow::Break(Derived::Failed(error)) => return Err(error.into()),
            ControlFlow::Break(derived) => {
                black_box(derived);
                return Ok(timed);
            }
            ControlFlow::Continue(running) => {
                let start = clock.now();
                progress = running.step();
                timed.milliseconds += clock.now() - start;
                timed.slices += 1;
            }
        }
    }
}

/// Square and multiply with a branch on each bit, over machine words: what must be found.
fn leaky(numbers: &Numbers) {
    let mut result = 1_u64;
    for byte in numbers.x.expose() {
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
