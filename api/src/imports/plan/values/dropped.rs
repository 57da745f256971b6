//! Rows the reader could make nothing of: they are refused like any other, so that a plan hides none.

use std::collections::HashSet;

use importers::{Diagnostic, Place, Severity, TableRead};

use super::given::{letters, row_of};
use crate::imports::plan::{ChangeKind, PlannedChange, Subject};

/// What the reader says of a row when it hands none on.
const CODES: [&str; 5] = ["IND-008", "PER-037", "STR-016", "TPL-022", "VAL-029"];

/// One refused change for each row that was read in error, or held back because columns contradict one another, and is
/// none of the plan's.
pub fn refused<'a>(read: impl IntoIterator<Item = &'a Diagnostic>, tables: &[TableRead], planned: &[PlannedChange]) -> Vec<PlannedChange> {
    let mut known: HashSet<(&str, &str)> = planned.iter().filter_map(|change| change.place.as_ref()).map(cell).collect();
    let errors = read.into_iter().filter(|d| d.severity == Severity::Error && CODES.contains(&d.code.as_ref()));
    let held_back: Vec<Place> = tables.iter().flat_map(held_back).collect();
    errors.flat_map(|d| &d.places).chain(&held_back).filter(|place| known.insert(cell(place))).map(change).collect()
}

/// The cells of rows a table held back, of which each is a cell or a range of one column.
fn held_back(table: &TableRead) -> impl Iterator<Item = Place> {
    table.held_back.iter().flat_map(|range| {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let rows = row_of(first).parse::<u32>().ok().zip(row_of(last).parse::<u32>().ok());
        let (from, to) = rows.unwrap_or((1, 0));
        (from..=to).map(|row| Place::new(&table.sheet, format!("{}{row}", letters(first))))
    })
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
        reason: None,
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
        let refused: Vec<_> = refused(&read, &[], &planned).into_iter().map(|c| (c.kind, c.key)).collect();
        assert_eq!(refused, [(ChangeKind::Refused, "'Return' row 6".to_owned())]);
    }

    #[test]
    fn rows_that_were_held_back_count_each_once() {
        let text = "Ref,Period,Result,Actual\nWM01,Q1 2023/24,1,2\nWM02,Q1 2023/24,3,4\nWM03,Q1 2023/24,,\nWM04,Q1 2023/24,5,6\n";
        let reading = importers::read(text.as_bytes(), "Return.csv", &importers::Limits::default());
        assert_eq!(reading.tables[0].held_back, ["C2:C3", "C5"], "{:?}", reading.diagnostics);
        let planned = [change(&Place::new("Return", "C3"))];
        let keys: Vec<_> = refused(&reading.diagnostics, &reading.tables, &planned).into_iter().map(|change| change.key).collect();
        assert_eq!(keys, ["'Return' row 2", "'Return' row 5"]);
    }
}
