//! The rows below a heading row: which hold figures, which are sections, totals, repeated headings or notes.

use super::header::Header;
use super::roles::Role;
use crate::address::a1;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sheet::{Cell, Row, Sheet, Value};

/// A row that may hold figures.
pub(crate) struct BodyRow<'a> {
    pub row: &'a Row,
    pub section: Option<String>,
}

/// Words that start what stands below a table.
const NOTES: &[&str] = &["note", "notes", "source", "sources", "key", "footnote", "footnotes", "*", "[", "(a)", "¹"];

/// Words that are a whole row of totals.
const TOTALS: &[&str] = &["total", "totals", "grand total", "sub total", "subtotal", "average", "mean", "overall", "all", "sum"];

/// Goes down a table to its end.
pub(crate) fn rows<'a>(sheet: &'a Sheet, header: &Header, problems: &mut Vec<Diagnostic>) -> Vec<BodyRow<'a>> {
    let mut body = Vec::new();
    let mut section = None;
    let mut last = header.bottom;
    let mut blank = None;
    let below = sheet.rows.iter().filter(|row| row.index > header.bottom && row.filled().next().is_some());
    let mut below = below.peekable();
    while let Some(row) = below.peek().copied() {
        if ends(sheet, header, row, last) {
            break;
        }
        if row.index > last + 1 {
            blank = blank.or(Some(last + 1));
        }
        last = row.index;
        below.next();
        if header.repeats(row) {
            problems.push(Diagnostic::new("STR-004", sheet.place(row.index, 0), "The headings are repeated here; this row was skipped."));
        } else if let Some(title) = section_title(sheet, header, row) {
            let message = "Rows with one filled cell were read as the titles of the sections below them.";
            problems.push(Diagnostic::new("STR-003", sheet.place(row.index, first_column(row)), message));
            section = Some(title);
        } else if is_total(header, row) {
            let message = "Rows of totals or averages were not read: the product works them out itself.";
            problems.push(Diagnostic::new("STR-005", sheet.place(row.index, first_column(row)), message));
        } else {
            body.push(BodyRow { row, section: section.clone() });
        }
    }
    if let Some(blank) = blank {
        problems.push(Diagnostic::new("STR-006", sheet.place(blank, 0), "Blank rows inside the table were skipped."));
    }
    report_rest(sheet, header, &below.collect::<Vec<_>>(), problems);
    body
}

/// What is left below. Figures there are worth more than a remark: they may have been meant.
fn report_rest(sheet: &Sheet, header: &Header, rest: &[&Row], problems: &mut Vec<Diagnostic>) {
    let Some(first) = rest.first() else { return };
    let figures = |row: &&&Row| values(header).any(|column| row.cell(column).is_some_and(|c| matches!(c.value, Value::Number(_))));
    let place = |row: &Row| sheet.place(row.index, first_column(row));
    match rest.iter().find(figures) {
        Some(row) => {
            let message = "Below the end of the table there are more rows with figures; they were not read.";
            let suggestion = "Move them up to the table, or give them a heading row on a sheet of their own.";
            problems.push(Diagnostic::new("STR-005", place(row), message).suggest(suggestion).weighing(Severity::Warning));
        }
        None => problems.push(Diagnostic::new("STR-005", place(first), "Rows below the table were not read.")),
    }
}

fn ends(sheet: &Sheet, header: &Header, row: &Row, last: u32) -> bool {
    if let Some(table) = header.table {
        return row.index > table.bottom;
    }
    let has_figure = values(header).any(|column| row.cell(column).is_some_and(|cell| !cell.is_blank()));
    // One blank row is a blank row; more is the end, unless the table merely leaves room between sections.
    row.index > last + 2 || (is_note(row) && !has_figure && section_or_less(sheet, row))
}

fn section_or_less(_sheet: &Sheet, row: &Row) -> bool {
    row.filled().count() <= 2
}

fn is_note(row: &Row) -> bool {
    let Some(text) = row.filled().next().map(|c| c.text().to_lowercase()) else { return false };
    let first = text.split([' ', ':', '.', ',']).next().unwrap_or_default();
    NOTES.contains(&first) || text.starts_with('*') || text.starts_with('[')
}

/// Columns whose cells are figures.
pub(crate) fn values(header: &Header) -> impl Iterator<Item = u32> {
    let figure = |role| matches!(role, Some(Role::Value | Role::Numerator | Role::Denominator));
    header.columns.iter().filter(move |c| figure(c.role)).map(|c| c.column)
}

fn first_column(row: &Row) -> u32 {
    row.filled().next().map_or(0, |cell| cell.column)
}

/// The text of a row with one filled cell among or before the keys, or one merged across the table.
fn section_title(sheet: &Sheet, header: &Header, row: &Row) -> Option<String> {
    let mut filled = row.filled();
    let (cell, others) = (filled.next()?, filled.next());
    let text = matches!(cell.value, Value::Text(_));
    let is_value = values(header).any(|column| column == cell.column);
    let others_could_be = header.columns.len() > 1;
    let merged_across = sheet.merges.iter().any(|m| m.holds(row.index, cell.column) && m.left == cell.column && m.right > cell.column);
    (others.is_none() && text && others_could_be && (!is_value || merged_across)).then(|| cell.text())
}

/// A row called `Total` and nothing more; one with a code of its own is an indicator, whatever it is called.
fn is_total(header: &Header, row: &Row) -> bool {
    let text = |role| header.find(role).and_then(|c| row.cell(c.column)).map(Cell::text).filter(|t| !t.is_empty());
    let is = |text: &str| TOTALS.contains(&super::roles::key(text).as_str());
    match (text(Role::Code), text(Role::Name)) {
        (Some(code), _) => is(&code),
        (None, Some(name)) => is(&name) || (header.find(Role::Code).is_some() && name.to_lowercase().starts_with("total ")),
        (None, None) => row.filled().next().is_some_and(|c| is(&c.text())),
    }
}

/// A cell of a key column, or the one merged down into it.
pub(crate) fn key_cell<'a>(sheet: &'a Sheet, row: &'a Row, column: u32, problems: &mut Vec<Diagnostic>) -> Option<(&'a Cell, u32)> {
    if let Some(cell) = row.cell(column).filter(|c| !c.is_blank()) {
        return Some((cell, row.index));
    }
    let merge = sheet.merges.iter().find(|m| m.holds(row.index, column) && m.top < row.index && m.left == m.right)?;
    let cell = sheet.cell(merge.top, merge.left).filter(|c| !c.is_blank())?;
    if row.index == merge.top + 1 {
        let message = format!("{} is merged over several rows; it was read for each of them.", merge.a1());
        problems.push(Diagnostic::new("STR-003", crate::Place::new(sheet.name.clone(), a1(merge.top, merge.left)), message));
    }
    Some((cell, merge.top))
}
