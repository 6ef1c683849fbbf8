//! `cargo xtask test`: every suite, one after the other, and what became of each.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::browsers::Missing;
use crate::counts::Counts;
use crate::progress::{Progress, in_words};
use crate::suites::{SUITES, Suite};
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The suites to run; all where none is named
    #[arg(value_name = "SUITE", value_parser = PossibleValuesParser::new(SUITES.iter().map(named)))]
    suites: Vec<String>,
}

fn named(suite: &Suite) -> PossibleValue {
    PossibleValue::new(suite.name).help(suite.about)
}

/// What became of a suite.
struct Outcome {
    name: &'static str,
    result: SuiteResult,
    counts: Counts,
    time: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SuiteResult {
    Passed,
    Failed,
    /// It needs a browser that is not here, and nobody asked for it by name.
    LeftOut,
}

/// Runs the suites named, or all of them. A suite that fails does not keep the others from running.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    // What must hold before a change lands is tested in every browser.
    let all = !arguments.suites.is_empty() || std::env::var_os("CI").is_some_and(|value| value == "true");
    let suites: Vec<&Suite> = choose(&arguments.suites).collect();
    let mut progress = Progress::of(suites.len());
    let outcomes: Vec<Outcome> = suites
        .into_iter()
        .map(|suite| {
            progress.step(format!("Suite `{}`: {}", suite.name, suite.about));
            run_suite(suite, &workspace, all)
        })
        .collect();
    print!("\n{}", table(&outcomes));
    let passed = outcomes.iter().all(|outcome| outcome.result != SuiteResult::Failed);
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn choose(names: &[String]) -> impl Iterator<Item = &'static Suite> {
    let is_named = move |suite: &Suite| names.iter().any(|name| name == suite.name);
    SUITES.iter().filter(move |suite| names.is_empty() || is_named(suite))
}

/// Runs a suite. One whose browser is not here has failed where `must_run`, and is left out otherwise.
fn run_suite(suite: &Suite, workspace: &Workspace, must_run: bool) -> Outcome {
    let start = Instant::now();
    let mut counts = Counts::default();
    let result = match (suite.run)(workspace, &mut counts) {
        Err(error) if !must_run && error.is::<Missing>() => {
            println!("\nsuite `{}` is left out: {error:#}", suite.name);
            SuiteResult::LeftOut
        }
        result => match counts.judge(result) {
            Ok(()) => SuiteResult::Passed,
            Err(error) => {
                println!("\nerror in suite `{}`: {error:#}", suite.name);
                SuiteResult::Failed
            }
        },
    };
    Outcome { name: suite.name, result, counts, time: start.elapsed() }
}

/// A line a suite, and as the last one the sums in the words that runners close with.
fn table(outcomes: &[Outcome]) -> String {
    let mut text = format!("{:<12}{:<8}{:>7}{:>8}{:>9}{:>17}\n", "suite", "result", "passed", "failed", "ignored", "time");
    let mut sum = Counts::default();
    for Outcome { name, result, counts, time } in outcomes {
        let result = match result {
            SuiteResult::Passed => "ok",
            SuiteResult::Failed => "FAILED",
            SuiteResult::LeftOut => "not run",
        };
        let Counts { passed, failed, ignored } = counts;
        let time = in_words(*time);
        text += &format!("{name:<12}{result:<8}{passed:>7}{failed:>8}{ignored:>9}{time:>17}\n");
        sum += *counts;
    }
    text + &format!("\n{} passed, {} failed\n", sum.passed, sum.failed)
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

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
        let outcome = |name, result, counts, secs| Outcome { name, result, counts, time: Duration::from_secs(secs) };
        let text = table(&[
            outcome("native", SuiteResult::Passed, Counts { passed: 412, failed: 0, ignored: 1 }, 723),
            outcome("web", SuiteResult::Failed, Counts { passed: 15, failed: 2, ignored: 0 }, 9),
            outcome("webkit", SuiteResult::LeftOut, Counts::default(), 0),
        ]);
        let expected = "\
suite       result   passed  failed  ignored             time
native      ok          412       0        1      12 min 03 s
web         FAILED       15       2        0       0 min 09 s
webkit      not run       0       0        0       0 min 00 s

427 passed, 2 failed
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_suite_without_a_test_has_failed() {
        let empty = Suite { name: "empty", about: "nothing", run: |_, _| Ok(()) };
        let outcome = run_suite(&empty, &Workspace::find().unwrap(), true);
        assert_eq!((outcome.result, outcome.counts.failed), (SuiteResult::Failed, 1));
    }

    #[test]
    fn a_suite_whose_browser_is_missing_is_left_out_unless_it_must_run() {
        let missing = Suite { name: "missing", about: "nothing", run: |_, _| Err(Missing::because("there is none").into()) };
        let outcome = |must_run| run_suite(&missing, &Workspace::find().unwrap(), must_run);
        assert_eq!((outcome(false).result, outcome(false).counts.failed), (SuiteResult::LeftOut, 0));
        assert_eq!((outcome(true).result, outcome(true).counts.failed), (SuiteResult::Failed, 1));
    }

    #[test]
    fn a_suite_that_fails_is_never_left_out() {
        let broken = Suite { name: "broken", about: "nothing", run: |_, _| bail!("it is broken") };
        assert_eq!(run_suite(&broken, &Workspace::find().unwrap(), false).result, SuiteResult::Failed);
    }
}
