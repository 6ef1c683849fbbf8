//! The runs of one computation, and its row of the table.

use crate::clock::Clock;
use crate::computation::Case;
use crate::failure::Failure;
use crate::numbers::Numbers;
use crate::random::Random;
use crate::welch::{of_quickest, quantile};

/// A `t` beyond which two classes differ, by the authors of dudect.
const BOUND: f64 = 4.5;

/// Shares of the quickest runs that are compared.
const KEPT: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Of so many pairs one more is run at first and not counted: the first runs fill the caches, and a browser compiles anew what is hot.
const PAIRS_TO_A_WARM_ONE: u32 = 50;

/// What is above the rows of a table in Markdown.
pub const TABLE_HEAD: &str = "\
| computation, and what is fixed in one class | slices | median, ms | t of the quickest 25 % | 50 % | 75 % | of all | beyond 4.5 |
|---|--:|--:|--:|--:|--:|--:|---|";

/// The runs of one computation, in pairs, of which one has the fixed secret and the other a random one.
#[derive(Debug)]
pub struct Measurement {
    case: &'static Case,
    random: Random,
    pairs_left: u32,
    warm_ones_left: u32,
    /// In milliseconds: the random class, and the fixed one.
    times: [Vec<f64>; 2],
    /// Each number of slices that was seen.
    slices: Vec<u32>,
}

impl Measurement {
    /// Nothing measured yet.
    #[must_use]
    pub fn new(case: &'static Case, pairs: u32) -> Self {
        let warm_ones_left = pairs / PAIRS_TO_A_WARM_ONE + 1;
        Self { case, random: Random::new(), pairs_left: pairs, warm_ones_left, times: Default::default(), slices: Vec::new() }
    }

    /// Measures at most so many pairs, for whoever lets others have their turn in between; whether those were the last.
    ///
    /// # Errors
    ///
    /// If a computation fails, which it does not for these numbers.
    pub fn run(&mut self, pairs: u32, clock: &impl Clock) -> Result<bool, Failure> {
        for _ in 0..pairs {
            if self.warm_ones_left > 0 {
                self.warm_ones_left -= 1;
                self.pair(clock)?;
                self.times = Default::default();
            } else if self.pairs_left > 0 {
                self.pairs_left -= 1;
                self.pair(clock)?;
            }
        }
        Ok(self.pairs_left == 0)
    }

    /// Each class is as often the first as the other, in no order that could be known.
    fn pair(&mut self, clock: &impl Clock) -> Result<(), Failure> {
        let first = self.random.next() & 1 == 1;
        let classes = [first, !first];
        // Both are drawn and derived before the clock starts.
        let [one, other] = classes.map(|is_fixed| Numbers::draw(self.case.fixed, is_fixed, &mut self.random));
        for (is_fixed, numbers) in classes.into_iter().zip([one?, other?]) {
            let timed = self.case.computation.time(&numbers, clock)?;
            self.times[usize::from(is_fixed)].push(timed.milliseconds);
            if !self.slices.contains(&timed.slices) {
                self.slices.push(timed.slices);
            }
        }
        Ok(())
    }

    /// The row of a table in Markdown: what is here so far.
    #[must_use]
    pub fn row(&self) -> String {
        let t = KEPT.map(|kept| of_quickest(&self.times, kept));
        let cells = t.map(|t| t.map_or_else(|| "–".to_owned(), |t| format!("{t:.2}"))).join(" | ");
        let verdict = if t.iter().flatten().any(|t| t.abs() > BOUND) { "differ" } else { "" };
        let median = quantile(&self.times, 0.5).unwrap_or(f64::NAN);
        format!("| {} | {} | {median:.3} | {cells} | {verdict} |", self.case.name, self.slices())
    }

    /// More than one number would tell a secret too.
    fn slices(&self) -> String {
        let numbers: Vec<String> =
            self.slices.iter().map(|slices| if *slices == 0 { "–".to_owned() } else { slices.to_string() }).collect();
        numbers.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::computation::CASES;

    /// A millisecond goes by with each look at it.
    #[derive(Default)]
    struct Ticking(Cell<f64>);

    impl Clock for Ticking {
        fn now(&self) -> f64 {
            self.0.set(self.0.get() + 1.0);
            self.0.get()
        }
    }

    fn row(case: &'static Case, pairs: u32) -> String {
        let (mut measurement, clock) = (Measurement::new(case, pairs), Ticking::default());
        while !measurement.run(1, &clock).unwrap() {}
        assert_eq!(measurement.times.each_ref().map(Vec::len), [pairs as usize; 2]);
        measurement.row()
    }

    #[test]
    fn every_computation_has_its_row_and_the_one_that_branches_the_last() {
        let rows = CASES.each_ref().map(|case| row(case, 2));
        for (case, row) in CASES.iter().zip(&rows) {
            assert!(row.starts_with(&format!("| {} | ", case.name)), "{row}");
            let head = TABLE_HEAD.lines().next().unwrap();
            assert_eq!(row.matches('|').count(), head.matches('|').count(), "{row}");
        }
        assert!(rows.last().unwrap().contains("a branch on each bit"));
    }

    #[test]
    fn the_times_of_a_beginning_and_of_all_slices_are_added_up() {
        for (case, expected) in
            [("A in slices, nothing fixed", "| 6 | 7.000 |"), ("proof in slices, one password", "| 21 | 22.000 |")]
        {
            let row = row(CASES.iter().find(|one| one.name == case).unwrap(), 2);
            assert!(row.contains(expected), "{row}");
        }
    }

    #[test]
    fn two_classes_that_differ_are_told() {
        let mut measurement = Measurement::new(&CASES[0], 0);
        let times = |first: f64| (0..100).map(|run| first + f64::from(run % 7)).collect();
        measurement.times = [times(10.0), times(10.1)];
        assert!(measurement.row().ends_with(" |  |"), "{}", measurement.row());
        measurement.times = [times(10.0), times(14.0)];
        assert!(measurement.row().ends_with(" | differ |"), "{}", measurement.row());
    }

    #[test]
    fn more_than_one_number_of_slices_is_told() {
        let mut measurement = Measurement::new(&CASES[0], 0);
        measurement.slices = vec![6, 7];
        assert!(measurement.row().contains("| 6, 7 |"), "{}", measurement.row());
    }

    #[test]
    fn each_class_comes_first_about_as_often_as_the_other() {
        let mut random = Random::new();
        let heads = (0..1_000).filter(|_| random.next() & 1 == 1).count();
        assert!((450..550).contains(&heads), "{heads}");
    }
}
