//! Rows the reader could make nothing of: they are refused like any other, so that a plan hides none.

use std::collections::HashSet;

use importers::{Diagnostic, Place, Severity};

use super::given::row_of;
use crate::imports::plan::{ChangeKind, PlannedChange, Subject};

/// What the reader says of a row when it hands none on.
const CODES: [&str; 5] = ["IND-008", "PER-037", "STR-016", "TPL-022", "VAL-029"];

/// One refused change for each row that was read in error and is none of the plan's.
pub fn refused<'a>(read: impl IntoIterator<Item = &'a Diagnostic>, planned: &[PlannedChange]) -> Vec<PlannedChange> {
    let mut known: HashSet<(&str, &str)> = planned.iter().filter_map(|change| change.place.as_ref()).map(cell).collect();
    let errors = read.into_iter().filter(|d| d.severity == Severity::Error && CODES.contains(&d.code.as_ref()));
    errors.flat_map(|d| &d.places).filter(|place| known.insert(cell(place))).map(change).collect()
}

fn cell(place: &Place) -> (&str, &str) {
    (&place.sheet, &place.cell)
}

fn change(place: &Place) -> PlannedChange {
    PlannedChange {
        kind: ChangeKind::Refused,
        subject: Subject::Observation,
        key: format!("'{}' row {}", place.sheet, row_of(&place.cell)),
        indicator: None,
        indicator_code: None,
        period: None,
        before: None,
        after: None,
        before_row: None,
        after_row: None,
        held: None,
        figure: None,
        place: Some(place.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_was_dropped_counts_once_as_refused() {
        let mut twice = Diagnostic::new("STR-016", Place::new("Return", "D6"), "Different figures.");
        twice.places.push(Place::new("Return", "D8"));
        let read = [
            twice,
            Diagnostic::new("VAL-029", Place::new("Return", "D6"), "No result."),
            Diagnostic::new("VAL-029", Place::new("Wide", "A4"), "3 blank cells.").weighing(Severity::Info),
            Diagnostic::new("COL-003", Place::new("Return", "A4"), "No column."),
        ];
        let planned = [change(&Place::new("Return", "D8"))];
        let refused: Vec<_> = refused(&read, &planned).into_iter().map(|c| (c.kind, c.key)).collect();
        assert_eq!(refused, [(ChangeKind::Refused, "'Return' row 6".to_owned())]);
    }
}
