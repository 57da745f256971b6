//! The Framework sheet: one line an item of the edition.

use std::collections::BTreeMap;

use rules::framework::EditionRow;
use rules::measure::FrameworkState;
use rules::workbook::{EDITION_ITEMS, FRAMEWORK};

use super::Placed;
use super::record::Record;
use super::sheets::{find, heading_row};
use crate::address::{Place, a1};
use crate::diagnostic::Diagnostic;
use crate::layouts::key;
use crate::sheet::{Book, Cell, Row};

/// The items that must be there.
const NEEDED: [&str; 4] = ["Council", "Title", "Edition", "From"];

/// The edition. Its lines are turned into one record, so that items are read as any other row's cells are.
pub(super) fn read(book: &Book, problems: &mut Vec<Diagnostic>) -> Option<Placed<EditionRow>> {
    let Some(sheet) = find(book, &FRAMEWORK) else {
        let message = "There is no Framework sheet with the headings Item and Detail: council, title and edition are not given.";
        problems.push(Diagnostic::new("FRM-012", Place::sheet(FRAMEWORK.name), message));
        return None;
    };
    let (headings, _) = heading_row(sheet, &FRAMEWORK)?;
    let column = |heading: &str| headings.filled().find(|c| key(&c.text()) == key(heading)).map(|c| c.column);
    let (item, detail) = column("Item").zip(column("Detail"))?;
    // A record of one row whose columns are the items: each cell keeps its own place for messages below.
    let mut row = Row::default();
    let mut columns = BTreeMap::new();
    let mut cells = BTreeMap::new();
    for line in sheet.rows.iter().filter(|row| row.index > headings.index) {
        let name = line.cell(item).map(Cell::text).unwrap_or_default();
        let known = (0_u32..).zip(EDITION_ITEMS).find(|(_, known)| key(known) == key(&name));
        let Some((at, known)) = known else { continue };
        cells.insert(known.to_owned(), a1(line.index, detail));
        columns.insert(known, at);
        if let Some(cell) = line.cell(detail) {
            row.cells.push(Cell { column: at, ..cell.clone() });
        }
    }
    row.cells.sort_by_key(|cell| cell.column);
    let mut found = Vec::new();
    let mut record = Record::new(sheet, &row, &columns, &mut found);
    let edition = if record.has_all(&NEEDED) { edition(&mut record) } else { None };
    for mut problem in found {
        // Messages name the item's column; the place is the detail's cell.
        for place in &mut problem.places {
            let at = crate::address::parse_a1(&place.cell).and_then(|(_, column)| EDITION_ITEMS.get(column as usize));
            place.cell = at.and_then(|item| cells.get(*item)).cloned().unwrap_or_else(|| a1(headings.index, item));
        }
        problems.push(problem);
    }
    Some(Placed { row: edition?, sheet: sheet.name.clone(), row_number: headings.index + 2, cells })
}

fn edition(record: &mut Record<'_>) -> Option<EditionRow> {
    let state = record.word("State", FrameworkState::ALL, FrameworkState::words);
    let (from, until, adopted_on) = (record.day("From"), record.day("Until"), record.day("Adopted on"));
    let row = EditionRow {
        council: record.need("Council")?,
        title: record.need("Title")?,
        edition: record.need("Edition")?,
        from: from??,
        until: until?,
        state: state?.unwrap_or(FrameworkState::Draft),
        adopted_by: record.text("Adopted by")?,
        adopted_on: adopted_on?,
        minute_reference: record.text("Minute reference")?,
        note: record.text("Note")?,
    };
    if row.until.is_some_and(|until| until < row.from) {
        record.wrong("FRM-011", "Until", "The edition ends before it begins.");
        return None;
    }
    Some(row)
}
