//! VAL-030: outside the range the indicator declares. An error: 112% where the most is 100 cannot be right.

use super::{Entry, Finding};

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let value = entry.figure()?;
    let (side, word, limit) = match (entry.minimum, entry.maximum) {
        (Some(minimum), _) if value < minimum => ("below", "least", minimum),
        (_, Some(maximum)) if value > maximum => ("above", "most", maximum),
        _ => return None,
    };
    let message = format!("{} is {side} the {word} this indicator can be, {}", value.normalize(), limit.normalize());
    Some(Finding::error("VAL-030", message).suggesting("Correct the figure, or have the indicator's range changed"))
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{dec, entry};
    use super::*;

    fn found(value: &str) -> Option<String> {
        let entry = Entry { minimum: Some(dec("0")), maximum: Some(dec("100")), ..entry(value, &[]) };
        check(&entry).map(|finding| finding.message)
    }

    #[test]
    fn outside_is_refused_and_the_limits_are_inside() {
        assert_eq!(found("112").as_deref(), Some("112 is above the most this indicator can be, 100"));
        assert_eq!(found("-0.01").as_deref(), Some("-0.01 is below the least this indicator can be, 0"));
        assert_eq!(found("0"), None);
        assert_eq!(found("100"), None);
    }

    #[test]
    fn a_value_left_to_be_derived_is_checked_too() {
        let derived = Entry {
            numerator: Some(dec("12")),
            denominator: Some(dec("10")),
            multiplier: dec("100"),
            maximum: Some(dec("100")),
            ..entry("", &[])
        };
        assert_eq!(check(&derived).map(|finding| finding.code), Some("VAL-030"));
    }
}
