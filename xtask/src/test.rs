//! `cargo xtask test`: every suite, one after the other, and what became of each.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::counts::Counts;
use crate::process::say;
use crate::suites::{SUITES, Suite};
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The suites to run; all of them where none is named
    #[arg(value_name = "SUITE", value_parser = PossibleValuesParser::new(SUITES.iter().map(named)))]
    suites: Vec<String>,
}

fn named(suite: &Suite) -> PossibleValue {
    PossibleValue::new(suite.name).help(suite.about)
}

/// What became of a suite.
struct Outcome {
    name: &'static str,
    passed: bool,
    counts: Counts,
    time: Duration,
}

/// Runs the suites named, or all of them. A suite that fails does not keep the others from running.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    let outcomes: Vec<Outcome> = choose(&arguments.suites).map(|suite| run_suite(suite, &workspace)).collect();
    print!("\n{}", table(&outcomes));
    let passed = outcomes.iter().all(|outcome| outcome.passed);
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn choose(names: &[String]) -> impl Iterator<Item = &'static Suite> {
    SUITES.iter().filter(move |suite| names.is_empty() || names.iter().any(|name| name == suite.name))
}

fn run_suite(suite: &Suite, workspace: &Workspace) -> Outcome {
    say(format!("Suite `{}`: {}", suite.name, suite.about));
    let start = Instant::now();
    let mut counts = Counts::default();
    let result = (suite.run)(workspace, &mut counts);
    let result = counts.judge(result);
    if let Err(error) = &result {
        println!("\nerror in suite `{}`: {error:#}", suite.name);
    }
    Outcome { name: suite.name, passed: result.is_ok(), counts, time: start.elapsed() }
}

/// A line a suite, and as the last one the sums in the words that runners close with.
fn table(outcomes: &[Outcome]) -> String {
    let mut text = format!("{:<10}{:<8}{:>7}{:>8}{:>9}{:>16}\n", "suite", "result", "passed", "failed", "ignored", "time");
    let mut sum = Counts::default();
    for Outcome { name, passed, counts, time } in outcomes {
        let result = if *passed { "ok" } else { "FAILED" };
        let Counts { passed, failed, ignored } = counts;
        let (minutes, seconds) = (time.as_secs() / 60, time.as_secs() % 60);
        text += &format!("{name:<10}{result:<8}{passed:>7}{failed:>8}{ignored:>9}{minutes:>8} min {seconds:02} s\n");
        sum += *counts;
    }
    text + &format!("\n{} passed, {} failed\n", sum.passed, sum.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_every_suite() {
        assert_eq!(choose(&[]).count(), SUITES.len());
    }

    #[test]
    fn suites_run_in_their_own_order_and_only_those_named() {
        let names = ["e2e".to_owned(), "native".to_owned()];
        assert_eq!(choose(&names).map(|one| one.name).collect::<Vec<_>>(), ["native", "e2e"]);
    }

    #[test]
    fn the_table_has_a_line_a_suite_and_closes_with_the_sums() {
        let outcome = |name, passed, counts, secs| Outcome { name, passed, counts, time: Duration::from_secs(secs) };
        let text = table(&[
            outcome("native", true, Counts { passed: 412, failed: 0, ignored: 1 }, 723),
            outcome("web", false, Counts { passed: 15, failed: 2, ignored: 0 }, 9),
        ]);
        let expected = "\
suite     result   passed  failed  ignored            time
native    ok          412       0        1      12 min 03 s
web       FAILED       15       2        0       0 min 09 s

427 passed, 2 failed
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_suite_without_a_test_has_failed() {
        let empty = Suite { name: "empty", about: "nothing", run: |_, _| Ok(()) };
        let outcome = run_suite(&empty, &Workspace::find().unwrap());
        assert!(!outcome.passed);
        assert_eq!(outcome.counts.failed, 1);
    }
}
