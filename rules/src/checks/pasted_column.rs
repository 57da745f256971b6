//! VAL-039: every value equals its target exactly. The target column was pasted into the result column.
//!
//! A rule over a column, not an entry: a single result exactly on target is good news.

use rust_decimal::Decimal;

use super::Finding;

/// Fewer rows than this can all be on target.
const FEWEST: usize = 3;

/// Checks the values of one table beside their targets; rows without both are left out.
#[must_use]
pub fn check_column(rows: &[(Option<Decimal>, Option<Decimal>)]) -> Option<Finding> {
    let mut both = rows.iter().filter_map(|(value, target)| value.zip(*target));
    let count = both.clone().count();
    (count >= FEWEST && both.all(|(value, target)| value == target)).then(|| {
        Finding::warning("VAL-039", format!("All {count} values equal their targets exactly"))
            .suggesting("Check that the target column was not pasted over the results")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(values: &[(i64, i64)]) -> Vec<(Option<Decimal>, Option<Decimal>)> {
        values.iter().map(|(value, target)| (Some((*value).into()), Some((*target).into()))).collect()
    }

    #[test]
    fn a_column_of_targets_is_asked_about() {
        let mut pasted = rows(&[(80, 80), (7, 7), (95, 95)]);
        pasted.push((None, Some(Decimal::ONE)));
        assert_eq!(check_column(&pasted).map(|f| f.message).as_deref(), Some("All 3 values equal their targets exactly"));
        assert_eq!(check_column(&rows(&[(80, 80), (7, 7)])), None);
        assert_eq!(check_column(&rows(&[(80, 80), (7, 7), (95, 94)])), None);
    }
}
