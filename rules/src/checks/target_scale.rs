//! VAL-031: over ten times or under a tenth of the target. A result of 73,390 against a target of 420 went to a
//! scrutiny committee once; the usual cause is a wrong unit or a percentage typed as a fraction.
//!
//! Sizes are compared, so a negative target works as its positive. Zero is left to VAL-033: for many indicators none
//! at all is the best there can be.

use rust_decimal::Decimal;

use super::{Entry, Finding};

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let (value, target) = (entry.figure()?, entry.target?);
    if value.is_zero() || target.is_zero() {
        return None;
    }
    let what = if is_times(value, target, Decimal::TEN) {
        "over 10 times"
    } else if is_times(target, value, Decimal::TEN) {
        "under a tenth of"
    } else {
        return None;
    };
    let message = format!("{} against a target of {}: {what} the target", entry.shown(value), entry.shown(target));
    Some(Finding::warning("VAL-031", message).suggesting("Check the unit, and whether a percentage was typed as a fraction"))
}

/// Whether the size of `larger` is over `times` that of `smaller`.
pub(super) fn is_times(larger: Decimal, smaller: Decimal, times: Decimal) -> bool {
    // A product too large to hold is not passed by anything that can be held.
    smaller.abs().checked_mul(times).is_some_and(|limit| larger.abs() > limit)
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{dec, entry};
    use super::*;

    fn found(value: &str, target: &str) -> Option<String> {
        check(&Entry { target: Some(dec(target)), ..entry(value, &[]) }).map(|finding| finding.message)
    }

    #[test]
    fn another_order_of_magnitude_is_asked_about() {
        assert_eq!(found("73390", "420").as_deref(), Some("73,390.0 against a target of 420.0: over 10 times the target"));
        assert_eq!(found("0.872", "95").as_deref(), Some("0.9 against a target of 95.0: under a tenth of the target"));
        assert_eq!(found("4200", "420"), None);
        assert_eq!(found("42", "420"), None);
        assert!(found("41.9", "420").is_some());
        assert_eq!(found("0", "420"), None);
        assert_eq!(found("5", "0"), None);
    }
}
