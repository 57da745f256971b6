//! Finding the sheets of a workbook of ours and going down their rows.

use std::collections::BTreeMap;

use rules::workbook::SheetSpec;

use super::record::Record;
use super::{Placed, Unread};
use crate::address::a1;
use crate::diagnostic::Diagnostic;
use crate::layouts::key;
use crate::sheet::{Book, Cell, Row, Sheet};

/// How many rows are searched for the headings.
const ROWS_SEARCHED: usize = 60;

/// The sheet of a specification, by name.
pub(crate) fn find<'a>(book: &'a Book, spec: &SheetSpec) -> Option<&'a Sheet> {
    let sheet = book.sheets.iter().find(|sheet| key(&sheet.name) == key(spec.name))?;
    let needed = spec.columns.iter().filter(|c| c.required).count();
    // Another workbook may have a sheet called Indicators or Targets: most of the needed headings must be there.
    heading_row(sheet, spec).is_some_and(|(_, found)| found * 2 > needed).then_some(sheet)
}

/// The row with most of the headings, and how many of the needed ones it has.
pub(crate) fn heading_row<'a>(sheet: &'a Sheet, spec: &SheetSpec) -> Option<(&'a Row, usize)> {
    let scored = sheet.rows.iter().take(ROWS_SEARCHED).map(|row| (row, has(row, spec, true), has(row, spec, false)));
    // The first of the best.
    let best = scored.fold(None, |best: Option<(&Row, usize, usize)>, row| match best {
        Some(best) if (best.1, best.2) >= (row.1, row.2) => Some(best),
        _ => Some(row),
    });
    best.filter(|(_, needed, _)| *needed > 0).map(|(row, needed, _)| (row, needed))
}

/// How many of the needed headings, or of the others, stand in a row.
pub(crate) fn has(row: &Row, spec: &SheetSpec, required: bool) -> usize {
    let texts: Vec<String> = row.filled().map(|cell| key(&cell.text())).collect();
    spec.columns.iter().filter(|c| c.required == required && texts.contains(&key(c.heading))).count()
}

/// Reads the sheet of a specification, if the workbook has it.
pub(crate) fn read<T>(
    book: &Book,
    spec: &SheetSpec,
    problems: &mut Vec<Diagnostic>,
    unread: &mut Vec<Unread>,
    row: impl FnMut(&mut Record<'_>) -> Option<T>,
) -> Vec<Placed<T>> {
    find(book, spec).map_or_else(Vec::new, |sheet| read_sheet(sheet, spec, problems, unread, row))
}

/// Reads a sheet row by row. What is blank and needed is said at once, and nothing else of that row.
pub(crate) fn read_sheet<T>(
    sheet: &Sheet,
    spec: &SheetSpec,
    problems: &mut Vec<Diagnostic>,
    unread: &mut Vec<Unread>,
    mut row: impl FnMut(&mut Record<'_>) -> Option<T>,
) -> Vec<Placed<T>> {
    let needed: Vec<&str> = spec.columns.iter().filter(|c| c.required).map(|c| c.heading).collect();
    read_rows(sheet, spec, problems, unread, |record| if record.has_all(&needed) { row(record) } else { None })
}

/// Reads a sheet row by row. A row that gives nothing has said why; a blank row is passed over.
pub(crate) fn read_rows<T>(
    sheet: &Sheet,
    spec: &SheetSpec,
    problems: &mut Vec<Diagnostic>,
    unread: &mut Vec<Unread>,
    mut row: impl FnMut(&mut Record<'_>) -> Option<T>,
) -> Vec<Placed<T>> {
    let Some((headings, _)) = heading_row(sheet, spec) else { return Vec::new() };
    let columns = columns(sheet, headings, spec, problems);
    let missing: Vec<_> = spec.columns.iter().filter(|c| c.required && !columns.contains_key(c.heading)).map(|c| c.heading).collect();
    if !missing.is_empty() {
        let message = format!("The sheet {} has no column headed {}.", sheet.name, missing.join(" or "));
        let place = sheet.place(headings.index, 0);
        problems.push(Diagnostic::new("FRM-012", place, message).suggest("Add the column; its place does not matter."));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for below in sheet.rows.iter().filter(|row| row.index > headings.index) {
        if !columns.values().any(|column| below.cell(*column).is_some_and(|cell| !cell.is_blank())) {
            continue;
        }
        let mut record = Record::new(sheet, below, &columns, problems);
        if let Some(read) = row(&mut record) {
            let cells = columns.iter().map(|(heading, column)| ((*heading).to_owned(), a1(below.index, *column))).collect();
            rows.push(Placed { row: read, sheet: sheet.name.clone(), row_number: below.index + 1, cells });
        } else {
            unread.push(left_out(sheet, below, spec, &columns));
        }
    }
    rows
}

/// A row that could not be read, by what stands under the first heading of its sheet.
fn left_out(sheet: &Sheet, row: &Row, spec: &SheetSpec, columns: &BTreeMap<&'static str, u32>) -> Unread {
    let column = spec.columns.first().and_then(|first| columns.get(first.heading)).copied();
    let code = column.and_then(|column| row.cell(column)).map(Cell::text).filter(|text| !text.is_empty());
    Unread { sheet: spec.name.to_owned(), code, place: sheet.place(row.index, column.unwrap_or_default()) }
}

fn columns(sheet: &Sheet, headings: &Row, spec: &SheetSpec, problems: &mut Vec<Diagnostic>) -> BTreeMap<&'static str, u32> {
    let mut columns = BTreeMap::new();
    for cell in headings.filled() {
        let text = key(&cell.text());
        match spec.columns.iter().find(|c| key(c.heading) == text) {
            Some(known) if columns.contains_key(known.heading) => {
                let message = format!("Two columns are headed {}; the first was read.", known.heading);
                problems.push(Diagnostic::new("COL-002", sheet.place(headings.index, cell.column), message));
            }
            Some(known) => {
                columns.insert(known.heading, cell.column);
            }
            None => {
                let message = format!("The column {:?} is none this product asks for; it was not read.", cell.text());
                problems.push(Diagnostic::new("COL-001", sheet.place(headings.index, cell.column), message));
            }
        }
    }
    columns
}
