//! VAL-036: the numerator over the denominator does not give the result at the places shown.
//!
//! A warning and not an error: published figures do this in their thousands, rounded or estimated apart, and are to be
//! kept and flagged (`domain.md` §5.3).

use super::{Entry, Finding};
use crate::aggregate::{derive, rounded};

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    let (value, numerator, denominator) = (entry.value?, entry.numerator?, entry.denominator?);
    let given = format!("{} over {}", numerator.normalize(), denominator.normalize());
    let places = entry.decimal_places;
    match derive(numerator, denominator, entry.multiplier) {
        Some(derived) if rounded(derived, places) == rounded(value, places) => None,
        Some(derived) => {
            let derived = entry.shown(derived);
            let message = format!("{given} gives {derived}, and the result given is {}", entry.shown(value));
            Some(Finding::warning("VAL-036", message).suggesting(format!("If the two figures are right, the result is {derived}")))
        }
        None => Some(Finding::warning("VAL-036", format!("{given} gives no result, and {} is given", entry.shown(value)))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::{dec, entry};
    use super::*;

    fn found(value: &str, numerator: &str, denominator: &str) -> Option<Finding> {
        check(&Entry { numerator: Some(dec(numerator)), denominator: Some(dec(denominator)), multiplier: dec("100"), ..entry(value, &[]) })
    }

    #[test]
    fn agreement_is_at_the_places_shown() {
        assert_eq!(found("66.7", "2", "3"), None);
        assert_eq!(found("66.66", "2", "3"), None);
        let finding = found("66.6", "2", "3").unwrap();
        assert_eq!(finding.message, "2 over 3 gives 66.7, and the result given is 66.6");
        assert_eq!(finding.suggestion.as_deref(), Some("If the two figures are right, the result is 66.7"));
        assert_eq!(found("0", "0", "0").map(|f| f.message).as_deref(), Some("0 over 0 gives no result, and 0.0 is given"));
        assert_eq!(found("", "2", "3"), None);
    }
}
