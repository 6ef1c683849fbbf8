//! How many tests a suite ran: read in what the runners say at their end.

use std::io::Write;
use std::ops::AddAssign;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Tests by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They hold.
    pub passed: u32,
    /// They do not, or could not be run.
    pub failed: u32,
    /// They are switched off.
    pub ignored: u32,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.ignored += more.ignored;
    }
}

impl Counts {
    /// Runs a program that runs tests, and adds what it says of them.
    pub fn run(&mut self, tests: &mut Command) -> Result<()> {
        // Python keeps back what does not go to a terminal until there is a lot of it.
        tests.env("PYTHONUNBUFFERED", "1");
        if process::in_colours() {
            tests.env("FORCE_COLOR", "1");
        }
        self.run_into(std::io::stdout(), tests)
    }

    fn run_into(&mut self, copy: impl Write + Send + 'static, tests: &mut Command) -> Result<()> {
        let mut said = Self::default();
        let result = process::run_reading(tests, copy, |line| said += Self::in_line(&without_colours(line)));
        if result.is_err() && said.failed == 0 {
            // It did not come to its end.
            said.failed = 1;
        }
        *self += said;
        result
    }

    /// Adds something that is no test in a runner but holds or does not.
    pub fn check(&mut self, what: &str, result: Result<()>) -> Result<()> {
        let said = if result.is_ok() { "ok" } else { "FAILED" };
        println!("check: {what} ... {said}");
        match result {
            Ok(()) => self.passed += 1,
            Err(_) => self.failed += 1,
        }
        result
    }

    /// A suite's result, which is none where nothing was tested: then the suite is broken, however well it ended.
    pub fn judge(&mut self, result: Result<()>) -> Result<()> {
        if result.is_err() {
            self.failed = self.failed.max(1);
            return result;
        }
        if self.failed > 0 {
            bail!("{} failed, though what ran them ended well", self.failed);
        }
        if self.passed == 0 {
            self.failed = 1;
            bail!("it ran no test");
        }
        Ok(())
    }

    /// What a line of a runner's output adds: something in its closing lines, nothing in all others.
    fn in_line(line: &str) -> Self {
        let line = line.trim_end();
        of_libtest(line).or_else(|| of_node(line)).or_else(|| of_pytest(line)).unwrap_or_default()
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn of_libtest(line: &str) -> Option<Counts> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(sum(counts.split(';').filter_map(number_and_word)))
}

/// `# pass 12` where nobody watches, `ℹ pass 12` at a terminal; a line a number.
fn of_node(line: &str) -> Option<Counts> {
    let (word, number) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?.split_once(' ')?;
    Some(counted(number.parse().ok()?, word))
}

/// `===== 12 passed, 1 skipped in 3.21s =====`
fn of_pytest(line: &str) -> Option<Counts> {
    let (counts, time) = line.trim_matches('=').trim().split_once(" in ")?;
    let seconds = time.split(' ').next()?.strip_suffix('s')?;
    seconds.parse::<f32>().ok()?;
    let numbers: Option<Vec<_>> = counts.split(',').map(number_and_word).collect();
    Some(sum(numbers?.into_iter()))
}

/// `12 passed`, however much stands after it.
fn number_and_word(text: &str) -> Option<(u32, &str)> {
    let mut words = text.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?))
}

fn sum<'a>(numbers: impl Iterator<Item = (u32, &'a str)>) -> Counts {
    let mut sum = Counts::default();
    for (number, word) in numbers {
        sum += counted(number, word);
    }
    sum
}

/// A number in the word of a runner for it.
fn counted(number: u32, word: &str) -> Counts {
    let none = Counts::default();
    match word {
        "passed" | "pass" | "xfailed" | "xpassed" => Counts { passed: number, ..none },
        "failed" | "fail" | "cancelled" | "error" | "errors" => Counts { failed: number, ..none },
        "ignored" | "skipped" | "todo" => Counts { ignored: number, ..none },
        // Sums, times, warnings, what was not chosen.
        _ => none,
    }
}

/// A line as it would be without a terminal: runners colour their numbers.
fn without_colours(line: &str) -> String {
    let mut pieces = line.split("\u{1b}[");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u32, failed: u32, ignored: u32) -> Counts {
        Counts { passed, failed, ignored }
    }

    fn read(output: &str) -> Counts {
        let mut sum = Counts::default();
        for line in output.lines() {
            sum += Counts::in_line(&without_colours(line));
        }
        sum
    }

    #[test]
    fn rusts_runner_is_understood() {
        let output = "running 14 tests\ntest a ... ok\ntest 3 passed; ... ok\n\n\
            test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 5 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.90s\n";
        assert_eq!(read(output), counts(15, 1, 2));
    }

    #[test]
    fn nodes_runner_is_understood_with_and_without_a_terminal() {
        let tap = "ok 1 - pass 9\n1..3\n# tests 7\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 1\n\
            # duration_ms 65.2\n";
        assert_eq!(read(tap), counts(3, 2, 2));
        let spec =
            "✔ a test (1.2ms)\n\u{1b}[34mℹ tests 2\u{1b}[39m\n\u{1b}[34mℹ pass 2\u{1b}[39m\n\u{1b}[34mℹ fail 0\u{1b}[39m\n";
        assert_eq!(read(spec), counts(2, 0, 0));
    }

    #[test]
    fn pytest_is_understood() {
        let last = |line: &str| read(&format!("tests/a.py::test_b PASSED [100%]\n{line}\n"));
        assert_eq!(last("============= 12 passed in 3.21s ============="), counts(12, 0, 0));
        let all = "== 1 failed, 2 passed, 3 skipped, 1 xfailed, 4 warnings, 1 error in 75.02s (0:01:15) ==";
        assert_eq!(last(all), counts(3, 2, 3));
        let coloured = "\u{1b}[32m=== \u{1b}[32m\u{1b}[1m5 passed\u{1b}[0m\u{1b}[32m in 0.10s\u{1b}[0m\u{1b}[32m ===\u{1b}[0m";
        assert_eq!(last(coloured), counts(5, 0, 0));
        assert_eq!(last("we waited 3 passed by in 3 minutes"), counts(0, 0, 0));
    }

    #[test]
    fn a_suite_that_tested_nothing_has_failed() {
        let mut nothing = Counts::default();
        assert!(nothing.judge(Ok(())).unwrap_err().to_string().contains("no test"));
        assert_eq!(nothing, counts(0, 1, 0));
        assert!(counts(0, 0, 3).judge(Ok(())).is_err());
        assert!(counts(3, 0, 0).judge(Ok(())).is_ok());
    }

    #[test]
    fn a_failure_is_counted_whatever_else_was_said() {
        let mut compiled_nothing = Counts::default();
        assert!(compiled_nothing.judge(Err(anyhow::anyhow!("cargo failed"))).is_err());
        assert_eq!(compiled_nothing, counts(0, 1, 0));
        let mut silent = counts(3, 1, 0);
        assert!(silent.judge(Ok(())).is_err());
        assert_eq!(silent, counts(3, 1, 0));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_ends_badly_and_says_nothing_counts_as_a_failure() {
        let mut all = counts(1, 0, 0);
        // Not to our own output, where who runs these tests would count it.
        let mut run = |script| all.run_into(std::io::sink(), Command::new("sh").args(["-c", script]));
        assert!(run("echo '# pass 4'; exit 3").is_err());
        assert!(run("printf 'no end of line\n# pass 1\n# fail 2'; exit 1").is_err());
        assert_eq!(all, counts(6, 3, 0));
    }
}
