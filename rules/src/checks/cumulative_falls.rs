//! VAL-037: a figure that is the year to date falls within the year. What has happened does not unhappen, so for
//! counts and money it is an error; a percentage or a rate of the year so far can fall, and is asked about.

use super::{Entry, Finding};
use crate::measure::{Aggregation, UnitKind};

pub(super) fn check(entry: &Entry<'_>) -> Option<Finding> {
    if entry.aggregation != Aggregation::Cumulative {
        return None;
    }
    let value = entry.figure()?;
    let (period, last) = entry.last()?;
    let same_year = entry.period.year_of(entry.year_basis)? == period.year_of(entry.year_basis)?;
    if !same_year || value >= last {
        return None;
    }
    let message = format!(
        "{} is below the {} of {}, and each value of this indicator is the year to date",
        entry.shown(value),
        entry.shown(last),
        period.words()
    );
    let finding = match entry.unit {
        UnitKind::Percent | UnitKind::Rate | UnitKind::Duration => Finding::warning("VAL-037", message),
        _ => Finding::error("VAL-037", message),
    };
    Some(finding.suggesting("Give the total since the year began, not this period's own; or correct the earlier figure"))
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::entry::tests::{entry, months};
    use super::*;

    fn found(value: &str, history: &[&str], unit: UnitKind) -> Option<Severity> {
        let history = months(history);
        check(&Entry { aggregation: Aggregation::Cumulative, unit, ..entry(value, &history) }).map(|finding| finding.severity)
    }

    #[test]
    fn a_total_does_not_fall_within_the_year() {
        assert_eq!(found("19", &["10", "20"], UnitKind::Number), Some(Severity::Error));
        assert_eq!(found("20", &["10", "20"], UnitKind::Number), None);
        assert_eq!(found("19", &["10", "20"], UnitKind::Percent), Some(Severity::Warning));
    }

    #[test]
    fn a_new_year_starts_again() {
        // April 2023 to March 2024, then April 2024.
        assert_eq!(found("3", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], UnitKind::Number), None);
    }

    #[test]
    fn other_indicators_may_fall() {
        assert_eq!(check(&entry("1", &months(&["10"]))), None);
    }
}
