//! VAL-032: further than four standard deviations from the mean of the last twelve values. A typing slip, or news
//! the commentary has to explain.
//!
//! Exact: with n values, mean m and squared distances adding up to S, the sample variance is S / (n − 1), and
//! |v − m| > 4s is (v − m)² × (n − 1) > 16 × S. No root is taken, so no float is needed. Fewer than six values say
//! little about what is usual; twelve equal ones make every change infinite, and are left to VAL-035. Values that
//! already are a year to date start again every year and are left to VAL-037.

use rust_decimal::Decimal;

use super::{Entry, Finding};
use crate::measure::Aggregation;

const LAST: usize = 12;
const FEWEST: usize = 6;
/// Four, squared.
const DEVIATIONS_SQUARED: u32 = 16;

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    if entry.aggregation == Aggregation::Cumulative {
        return None;
    }
    let value = entry.figure()?;
    let earlier = entry.earlier();
    let recent = earlier.get(earlier.len().saturating_sub(LAST)..)?;
    if recent.len() < FEWEST {
        return None;
    }
    let count = Decimal::from(recent.len());
    let sum = recent.iter().try_fold(Decimal::ZERO, |sum, (_, v)| sum.checked_add(*v))?;
    let mean = sum.checked_div(count)?;
    let squared = |v: Decimal| v.checked_sub(mean).and_then(|distance| distance.checked_mul(distance));
    let spread = recent.iter().try_fold(Decimal::ZERO, |sum, (_, v)| sum.checked_add(squared(*v)?))?;
    if spread.is_zero() {
        return None;
    }
    let jumped = squared(value)?.checked_mul(count - Decimal::ONE)? > spread.checked_mul(DEVIATIONS_SQUARED.into())?;
    jumped.then(|| {
        let message = format!(
            "{} is more than 4 standard deviations from {}, the mean of the last {} values",
            entry.shown(value),
            entry.shown(mean),
            recent.len()
        );
        Finding::warning("VAL-032", message).suggesting("Check the figure; if it is right, say in the commentary what happened")
    })
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{entry, months};
    use super::*;

    /// Mean 50, sample standard deviation √(12 × 1 / 11) = 1.0445 (worked by hand): four of them are 4.178.
    const STEADY: [&str; 12] = ["49", "51", "49", "51", "49", "51", "49", "51", "49", "51", "49", "51"];

    #[test]
    fn four_standard_deviations_are_the_edge() {
        let history = months(&STEADY);
        assert_eq!(check(&entry("54.17", &history)), None);
        assert_eq!(
            check(&entry("54.18", &history)).map(|f| f.message).as_deref(),
            Some("54.2 is more than 4 standard deviations from 50.0, the mean of the last 12 values")
        );
        assert!(check(&entry("45.8", &history)).is_some());
    }

    #[test]
    fn only_the_last_twelve_count() {
        let history = months(&[&["900", "1"][..], &STEADY].concat());
        assert!(check(&entry("60", &history)).is_some());
    }

    #[test]
    fn too_few_or_all_equal_say_nothing() {
        assert_eq!(check(&entry("900", &months(&STEADY[..5]))), None);
        assert_eq!(check(&entry("900", &months(&["50"; 12]))), None);
        let cumulative = Entry { aggregation: Aggregation::Cumulative, ..entry("900", &[]) };
        assert_eq!(check(&Entry { history: &months(&STEADY), ..cumulative }), None);
    }
}
