//! Welch's t-test.

/// Runs that each class must have for a t to be told: of fewer, one beyond the bound comes by chance too often.
const LEAST: usize = 30;

/// The t of the runs that took no longer than the share `kept` of all did: what interrupts a run only ever makes it longer. `None` where
/// a class has too few of them, or all took the same time.
pub(crate) fn of_quickest(times: &[Vec<f64>; 2], kept: f64) -> Option<f64> {
    let limit = quantile(times, kept)?;
    let quickest = times.each_ref().map(|times| times.iter().copied().filter(|time| *time <= limit).collect::<Vec<_>>());
    if quickest.iter().any(|times| times.len() < LEAST) { None } else { welch(&quickest) }
}

/// The time that the share `kept` of all runs does not exceed.
pub(crate) fn quantile(times: &[Vec<f64>; 2], kept: f64) -> Option<f64> {
    let mut all = times.concat();
    all.sort_by(f64::total_cmp);
    let count = ((all.len() as f64 * kept) as usize).max(1);
    all.get(count - 1).copied()
}

/// The difference of the means, divided by its standard error.
fn welch(times: &[Vec<f64>; 2]) -> Option<f64> {
    let [(left, left_error), (right, right_error)] = times.each_ref().map(|times| mean_and_error(times));
    let t = (left - right) / (left_error + right_error).sqrt();
    t.is_finite().then_some(t)
}

/// The mean, and the square of its standard error.
fn mean_and_error(times: &[f64]) -> (f64, f64) {
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    (mean, times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0) / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Means 3 and 6, variances 2.5 and 10.
    fn classes() -> [Vec<f64>; 2] {
        [vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![10.0, 2.0, 6.0, 4.0, 8.0]]
    }

    /// Each run so often that there are enough of them.
    fn many(classes: [Vec<f64>; 2]) -> [Vec<f64>; 2] {
        classes.map(|times| times.repeat(LEAST))
    }

    fn close(t: Option<f64>, expected: f64) -> bool {
        t.is_some_and(|t| (t - expected).abs() < 1e-9)
    }

    #[test]
    fn the_difference_of_the_means_is_divided_by_its_standard_error() {
        assert!(close(welch(&classes()), -3.0 / 2.5_f64.sqrt()));
        let [left, right] = classes();
        assert!(close(welch(&[right, left]), 3.0 / 2.5_f64.sqrt()));
    }

    #[test]
    fn long_runs_are_left_out() {
        // Of ten runs the seven of at most 5, and both means are 3.
        assert!(close(of_quickest(&many(classes()), 0.7), 0.0));
        assert!(of_quickest(&many(classes()), 1.0).is_some_and(|t| t < -4.5));
        let [left, mut right] = classes();
        right[0] = 1e6;
        assert!(close(of_quickest(&many([left, right]), 0.7), 0.0));
    }

    #[test]
    fn there_is_no_t_of_equal_runs_or_of_too_few() {
        assert_eq!(welch(&[vec![1.0, 1.0], vec![2.0, 2.0]]), None);
        assert_eq!(of_quickest(&[vec![], vec![]], 1.0), None);
        assert_eq!(of_quickest(&classes(), 1.0), None);
        let [left, mut right] = many(classes());
        right.truncate(LEAST);
        assert!(of_quickest(&[left.clone(), right.clone()], 1.0).is_some());
        right.pop();
        assert_eq!(of_quickest(&[left, right], 1.0), None);
    }

    #[test]
    fn the_median_is_that_of_both_classes() {
        assert_eq!(quantile(&classes(), 0.5), Some(4.0));
    }
}
