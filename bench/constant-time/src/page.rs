//! What the page calls.

use constant_time::{CASES, Clock, Measurement, PAIRS, TABLE_HEAD};
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};
use wasm_bindgen::prelude::*;
use zeroizing_alloc::ZeroAlloc;

/// That of what pages download: what overwrites takes its time too.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(new_wasm_dynamic_allocator());

#[wasm_bindgen]
extern "C" {
    /// The clock's time; its steps are the browser's choice, and smallest where a page is isolated from those of others.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

struct Page;

impl Clock for Page {
    fn now(&self) -> f64 {
        now()
    }
}

/// How many computations there are.
#[wasm_bindgen]
pub fn cases() -> usize {
    CASES.len()
}

/// What is above their rows.
#[wasm_bindgen]
pub fn head() -> String {
    TABLE_HEAD.to_owned()
}

/// How many pairs of runs a row is made of unless a number is named.
#[wasm_bindgen]
pub fn pairs() -> u32 {
    PAIRS
}

/// The runs of one of them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Series(Measurement);

#[wasm_bindgen]
impl Series {
    /// Of the computation of that index.
    #[wasm_bindgen(constructor)]
    pub fn new(case: usize, pairs: u32) -> Result<Self, JsError> {
        let case = CASES.get(case).ok_or_else(|| JsError::new("there is no such computation"))?;
        Ok(Self(Measurement::new(case, pairs)))
    }

    /// Measures at most so many pairs; whether those were the last.
    pub fn run(&mut self, pairs: u32) -> Result<bool, JsError> {
        Ok(self.0.run(pairs, &Page)?)
    }

    /// The row of the table.
    pub fn row(&self) -> String {
        self.0.row()
    }
}
