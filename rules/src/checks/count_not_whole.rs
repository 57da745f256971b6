//! VAL-038: a count that is not whole. A unit of number shown with decimals is not a count (full-time equivalents).

use super::{Entry, Finding};
use crate::measure::UnitKind;

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let value = entry.value?;
    let counted = entry.unit == UnitKind::Number && entry.decimal_places == 0;
    (counted && !value.fract().is_zero())
        .then(|| Finding::error("VAL-038", format!("{} is not whole, and this indicator is a count", value.normalize())))
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::entry;
    use super::*;

    #[test]
    fn a_count_is_whole() {
        let found = |value: &str, unit, decimal_places| check(&Entry { unit, decimal_places, ..entry(value, &[]) }).map(|f| f.message);
        assert_eq!(found("12.50", UnitKind::Number, 0).as_deref(), Some("12.5 is not whole, and this indicator is a count"));
        assert_eq!(found("12.0", UnitKind::Number, 0), None);
        assert_eq!(found("12.5", UnitKind::Number, 1), None);
        assert_eq!(found("12.5", UnitKind::Percent, 0), None);
    }
}
