//! The middle and the spread of a few measurements.

use std::fmt;

/// Measurements of one thing, in one unit.
#[derive(Clone, Debug, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    /// The middle one; of an even number the upper of the two. `NaN` of none.
    pub fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

/// Median and range.
impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (self.0.first().copied().unwrap_or(f64::NAN), self.0.last().copied().unwrap_or(f64::NAN));
        write!(f, "{:.1} ({least:.1}..{most:.1})", self.median())
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn the_middle_and_the_ends() {
        let mut sample = Sample::default();
        for value in [30.0, 10.0, 20.04] {
            sample.add(value);
        }
        assert_eq!(sample.to_string(), "20.0 (10.0..30.0)");
        assert!(Sample::default().median().is_nan());
    }
}
