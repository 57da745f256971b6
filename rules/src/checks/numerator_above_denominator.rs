//! VAL-042: a numerator above its denominator on a percentage: more than all of them. Not asked where the indicator
//! itself declares that it can pass 100.

use rust_decimal::Decimal;

use super::{Entry, Finding};
use crate::measure::UnitKind;

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let (numerator, denominator) = (entry.numerator?, entry.denominator?);
    let may_pass = entry.maximum.is_some_and(|maximum| maximum > Decimal::ONE_HUNDRED);
    (entry.unit == UnitKind::Percent && !may_pass && numerator > denominator).then(|| {
        let message = format!("The numerator of {} is above the denominator of {}", numerator.normalize(), denominator.normalize());
        Finding::warning("VAL-042", message).suggesting("Check that the two were not exchanged")
    })
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{dec, entry};
    use super::*;

    #[test]
    fn more_than_all_is_asked_about() {
        let found = |numerator: &str, unit, maximum: Option<&str>| {
            let entry =
                Entry { numerator: Some(dec(numerator)), denominator: Some(dec("15")), unit, maximum: maximum.map(dec), ..entry("", &[]) };
            check(&entry).map(|finding| finding.message)
        };
        assert_eq!(found("16", UnitKind::Percent, Some("100")).as_deref(), Some("The numerator of 16 is above the denominator of 15"));
        assert_eq!(found("15", UnitKind::Percent, None), None);
        assert_eq!(found("16", UnitKind::Percent, Some("200")), None);
        assert_eq!(found("16", UnitKind::Rate, None), None);
    }
}
