//! VAL-033: zero after a value that was far from it. Blank is not zero, and a 0 often stands for "not known yet".
//!
//! Far is over 100; for a percentage, which seldom is over 100, over 10.

use rust_decimal::Decimal;

use super::{Entry, Finding};
use crate::measure::UnitKind;

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let value = entry.figure()?;
    let (period, last) = entry.last()?;
    let far = if entry.unit == UnitKind::Percent { Decimal::TEN } else { Decimal::ONE_HUNDRED };
    (value.is_zero() && last > far).then(|| {
        let message = format!("0 after {} in {}", entry.shown(last), period.words());
        Finding::warning("VAL-033", message).suggesting("If there is no figure, leave it blank and say why; 0 means none at all")
    })
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{entry, months};
    use super::*;

    #[test]
    fn zero_after_a_large_value_is_asked_about() {
        assert_eq!(check(&entry("0", &months(&["100.1"]))).map(|f| f.message).as_deref(), Some("0 after 100.1 in April 2023"));
        assert_eq!(check(&entry("0", &months(&["100"]))), None);
        assert_eq!(check(&entry("0", &[])), None);
        assert_eq!(check(&entry("1", &months(&["500"]))), None);
    }

    #[test]
    fn a_percentage_falls_from_lower() {
        let history = months(&["95.2"]);
        let percentage = |value| Entry { unit: UnitKind::Percent, ..entry(value, &history) };
        assert_eq!(check(&percentage("0")).map(|f| f.code), Some("VAL-033"));
        assert_eq!(check(&percentage("3")), None);
    }
}
