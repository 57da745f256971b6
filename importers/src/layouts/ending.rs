//! Where a table ends: at headings of another, at notes, at more than one blank row; unless rows of the same kind follow,
//! which are the table's too.

use rules::period::spelling::{looks_like_period, split_period};

use super::body::values;
use super::header::Header;
use super::heading::{is_figure, names_period};
use super::timed;
use crate::sheet::{Cell, Row, Sheet, Value};

/// Words that start what stands below a table, alone or before a colon or dash.
const NOTES: &[&str] = &["note", "notes", "source", "sources", "key", "footnote", "footnotes"];

/// Rows looked at beyond a note or a gap.
const AHEAD_MAX: usize = 50;

/// Rows a title above headings may have.
const TITLE_ROWS_MAX: usize = 5;

/// The last row of a table, counted from 0.
pub(super) fn end(sheet: &Sheet, header: &Header) -> u32 {
    let mut last = header.bottom;
    let start = sheet.rows.partition_point(|row| row.index <= header.bottom);
    for (at, row) in sheet.rows.iter().enumerate().skip(start).take_while(|(_, row)| row.index <= header.last) {
        if header.filled(row).next().is_none() {
            continue;
        }
        if ends(sheet, header, at, last) {
            break;
        }
        last = row.index;
    }
    last
}

/// Whether the table ends before a row of the sheet, which is counted from 0 among the filled ones.
pub(super) fn ends(sheet: &Sheet, header: &Header, at: usize, last: u32) -> bool {
    let Some(row) = sheet.rows.get(at).filter(|row| row.index <= header.last) else { return true };
    if let Some(table) = header.table {
        // What was typed right below a marked-up table was meant to be in it.
        return row.index > table.bottom && (row.index > last.max(table.bottom) + 1 || !is_keyed(header, row));
    }
    if let Some(coded) = header.areas.and_then(|areas| areas.last_coded) {
        return row.index > coded;
    }
    if header.starts_another(row) || begins_anew(sheet, header, at) {
        return true;
    }
    // One blank row is a blank row; more is the end, unless the table merely leaves room between its parts.
    (row.index > last + 2 || is_note(header, row)) && !goes_on(sheet, header, at)
}

/// A row of notes: a bare `Notes`, `Source: …`, a footnote mark, and no figure. `Key priorities` is none.
pub(super) fn is_note(header: &Header, row: &Row) -> bool {
    let Some(first) = header.filled(row).next().filter(|cell| matches!(cell.value, Value::Text(_))) else { return false };
    let text = first.text().to_lowercase();
    let marked = text.starts_with(['*', '[', '¹', '²', '³', '†', '‡']) || text.starts_with("(a)");
    let worded = NOTES.iter().filter_map(|word| text.strip_prefix(word)).any(|rest| {
        let rest = rest.trim_start_matches([' ', '(', ')', '.']).trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.trim_start_matches([' ', '(', ')', '.']);
        rest.is_empty() || rest.starts_with([':', '-', '\u{2013}', '\u{2014}', '\n'])
    });
    let figure = || values(header).any(|column| row.cell(column).is_some_and(|cell| !cell.is_blank()));
    (marked || worded) && header.filled(row).count() <= 2 && !figure()
}

/// A row with a key, and figures where the table has them.
fn is_keyed(header: &Header, row: &Row) -> bool {
    let Some((key, _)) = header.keys.first() else { return false };
    let has_values = values(header).next().is_some();
    let is_value = |cell: &&Cell| cell.column != *key && (!has_values || values(header).any(|column| column == cell.column));
    let cells: Vec<&Cell> = header.filled(row).filter(is_value).collect();
    let figure = |cell: &&Cell| is_figure(cell) || cell.uncached;
    let keyed = row.cell(*key).is_some_and(|cell| !cell.is_blank());
    keyed && cells.iter().any(figure) && cells.iter().all(|cell| figure(cell) || !names_period(cell))
}

/// Whether rows of the table follow a note or a gap, with nothing before them but titles and more notes.
fn goes_on(sheet: &Sheet, header: &Header, at: usize) -> bool {
    if !header.has_key() || header.areas.is_some() {
        return false;
    }
    let below = sheet.rows.iter().skip(at).take(AHEAD_MAX).take_while(|row| row.index <= header.last);
    for row in below.filter(|row| header.filled(row).next().is_some()) {
        if header.starts_another(row) || header.repeats(row) {
            return false;
        }
        if is_keyed(header, row) {
            return true;
        }
        let title = title(header, row);
        // Below a title of another time the headings mean something else, unless they wait for one.
        let another = |title: &str| names_time(title) && !(timed::is_wanting(header) && timed::of_section(title, String::new()).is_some());
        if !is_note(header, row) && title.is_none_or(|title| another(&title)) {
            return false;
        }
    }
    false
}

/// Whether a title that names a time begins here, with headings below it: a table of its own, whatever it repeats.
fn begins_anew(sheet: &Sheet, header: &Header, at: usize) -> bool {
    let mut timed = false;
    let below = sheet.rows.iter().skip(at).filter(|row| header.filled(row).next().is_some());
    for row in below.take(TITLE_ROWS_MAX + 1) {
        let Some(title) = title(header, row) else {
            return timed && (header.repeats(row) || header.starts_another(row));
        };
        timed |= names_time(&title);
    }
    false
}

/// The text of a row that holds nothing else.
fn title(header: &Header, row: &Row) -> Option<String> {
    let mut filled = header.filled(row);
    let cell = filled.next().filter(|cell| matches!(cell.value, Value::Text(_)))?;
    filled.next().is_none().then(|| cell.text())
}

/// Whether a text speaks of a year or another period.
pub(super) fn names_time(text: &str) -> bool {
    looks_like_period(text) || text.lines().any(|line| split_period(line).is_some())
}
