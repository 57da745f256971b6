//! VAL-034: a target that cannot be meant: 0 where more is better, or two orders of magnitude from the value.
//!
//! A target of 0 where less is better (deaths on the road) is meant. That the value itself is off by so much is
//! VAL-031's question; both are asked, since either may be the slip.

use rust_decimal::Decimal;

use super::target_scale::is_times;
use super::{Entry, Finding};
use crate::measure::Polarity;

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let (value, target) = (entry.figure()?, entry.target?);
    let times = Decimal::ONE_HUNDRED;
    let message = if target.is_zero() {
        (entry.polarity == Polarity::HigherIsBetter).then(|| "The target is 0, where higher is better".to_owned())?
    } else if !value.is_zero() && (is_times(value, target, times) || is_times(target, value, times)) {
        format!("The target of {} is more than 100 times away from the value of {}", entry.shown(target), entry.shown(value))
    } else {
        return None;
    };
    Some(Finding::warning("VAL-034", message).suggesting("Check the target with whoever set it"))
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{dec, entry};
    use super::*;

    fn found(value: &str, target: &str, polarity: Polarity) -> Option<&'static str> {
        check(&Entry { target: Some(dec(target)), polarity, ..entry(value, &[]) }).map(|finding| finding.code)
    }

    #[test]
    fn a_target_of_nothing_or_far_away_is_asked_about() {
        assert_eq!(found("5", "0", Polarity::HigherIsBetter), Some("VAL-034"));
        assert_eq!(found("5", "0", Polarity::LowerIsBetter), None);
        assert_eq!(found("73390", "420", Polarity::HigherIsBetter), Some("VAL-034"));
        assert_eq!(found("0.9", "95", Polarity::HigherIsBetter), Some("VAL-034"));
        assert_eq!(found("9500", "95", Polarity::HigherIsBetter), None);
        assert_eq!(found("0", "95", Polarity::HigherIsBetter), None);
    }
}
