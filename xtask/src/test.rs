//! `cargo xtask test`: every suite, one after the other, and what became of each.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process::say;
use crate::suites::{SUITES, Suite};
use crate::workspace::Workspace;

/// Runs the suites named, or all of them. A suite that fails does not keep the others from running.
pub fn run(arguments: &[String]) -> Result<()> {
    let chosen = choose(arguments)?;
    let workspace = Workspace::find()?;
    let mut results = Vec::new();
    for suite in chosen {
        say(format!("Suite `{}`: {}", suite.name, suite.about));
        let start = Instant::now();
        let result = (suite.run)(&workspace);
        if let Err(error) = &result {
            println!("\nerror in suite `{}`: {error:#}", suite.name);
        }
        results.push((suite, result.is_ok(), start.elapsed()));
    }
    print_summary(&results);
    let failed = results.iter().filter(|(_, passed, _)| !passed).count();
    println!("suites: {} passed, {failed} failed", results.len() - failed);
    if failed > 0 {
        bail!("{failed} of {} suites failed", results.len());
    }
    Ok(())
}

fn choose(names: &[String]) -> Result<Vec<&'static Suite>> {
    let known = SUITES.map(|suite| suite.name);
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no suite `{name}`; there are: {}", known.join(", "));
    }
    let chosen = |suite: &&Suite| names.is_empty() || names.iter().any(|name| name == suite.name);
    Ok(SUITES.iter().filter(chosen).collect())
}

fn print_summary(results: &[(&Suite, bool, Duration)]) {
    println!();
    for (suite, passed, time) in results {
        let outcome = if *passed { "ok" } else { "FAILED" };
        let seconds = time.as_secs();
        println!("{:<10} {outcome:<7} {:>3} min {:02} s   {}", suite.name, seconds / 60, seconds % 60, suite.about);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_every_suite() {
        assert_eq!(choose(&[]).unwrap().len(), SUITES.len());
    }

    #[test]
    fn suites_run_in_their_own_order_and_only_those_named() {
        let names = ["e2e".to_owned(), "native".to_owned()];
        let chosen = choose(&names).unwrap();
        assert_eq!(chosen.iter().map(|one| one.name).collect::<Vec<_>>(), ["native", "e2e"]);
    }

    #[test]
    fn a_wrong_name_is_an_error_that_lists_the_right_ones() {
        let error = choose(&["nativ".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("`nativ`") && error.contains("native, deploy"));
    }
}
