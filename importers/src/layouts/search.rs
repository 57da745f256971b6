//! Finding every table of a sheet: marked-up ones first, then by headings, then by what their rows look like; those
//! above and below one another, and those side by side.

use std::ops::Range;

use super::areas::{is_code, is_register_code};
use super::block;
use super::content;
use super::ending;
use super::groups;
use super::header::{self, Header};
use super::roles::{Role, role};
use crate::diagnostic::Diagnostic;
use crate::sheet::{Cell, Row, Sheet, Value};

mod beside;

/// Tables of one sheet that are looked for.
const TABLES_MAX: usize = 50;

/// Every table of a sheet that gives figures, in order of place.
pub(super) fn tables(sheet: &Sheet) -> Vec<Header> {
    let mut found = marked(sheet);
    if found.is_empty() {
        search(sheet, 0..sheet.rows.len(), &mut found);
    } else {
        beside::search(sheet, &mut found);
    }
    found.sort_by_key(|header| (header.bottom, header.left));
    // A table ends where the next below it begins.
    let tops: Vec<(u32, u32, u32)> = found.iter().map(|h| (h.top, h.left, h.right)).collect();
    for header in &mut found {
        let below = tops.iter().filter(|(top, left, right)| *top > header.bottom && *left <= header.right && *right >= header.left);
        header.last = header.last.min(below.map(|(top, ..)| top - 1).min().unwrap_or(u32::MAX));
        header.end = header.end.map(|end| end.min(header.last));
    }
    own_titles(sheet, &mut found);
    found
}

/// Of tables below one another, those with titles that name a time have no others. What is said of the table above, or of
/// when something was published, is no title.
fn own_titles(sheet: &Sheet, found: &mut [Header]) {
    let ends: Vec<(u32, u32, u32)> = found.iter().map(|h| (h.end.unwrap_or(h.bottom), h.left, h.right)).collect();
    for header in found.iter_mut() {
        let before = ends.iter().filter(|(end, left, right)| *end < header.top && *left <= header.right && *right >= header.left);
        let Some(end) = before.map(|(end, ..)| *end).max() else { continue };
        let start = sheet.rows.partition_point(|row| row.index <= end);
        let between = sheet.rows.iter().skip(start).take_while(|row| row.index < header.top);
        let mut titles = between.filter(|row| !ending::is_note(header, row) && row.filled().any(is_timed));
        if let Some(first) = titles.next() {
            header.above = first.index;
        }
    }
    let titles: Vec<(u32, u32, u32)> = found.iter().map(|h| (h.above, h.left, h.right)).collect();
    for header in found {
        let below = titles.iter().filter(|(above, left, right)| *above > header.bottom && *left <= header.right && *right >= header.left);
        header.last = header.last.min(below.map(|(above, ..)| above - 1).min().unwrap_or(u32::MAX));
    }
}

/// A title that says of which time what stands below it is.
fn is_timed(cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    let lower = text.to_lowercase();
    let issued = ["revised", "published", "updated", "update", "printed"].iter().any(|word| lower.contains(word));
    !issued && ending::names_time(&cell.text())
}

/// Tables the workbook marks up itself.
fn marked(sheet: &Sheet) -> Vec<Header> {
    let mut found = Vec::new();
    for table in sheet.tables.iter().take(TABLES_MAX) {
        let Ok(at) = sheet.rows.binary_search_by_key(&table.top, |row| row.index) else { continue };
        let mut header = header::build(sheet, at, &(0..sheet.rows.len()));
        header.columns.retain(|c| (table.left..=table.right).contains(&c.column));
        (header.left, header.right, header.last, header.table) = (table.left, table.right, table.bottom, Some(*table));
        content::settle(sheet, &mut header);
        if groups::fits(&header) {
            // Rows below it may be meant, and are at least spoken of.
            header.last = u32::MAX;
            header.end = Some(ending::end(sheet, &header));
            found.push(header);
        }
    }
    found
}

/// Finds the surest table among some rows, then those above and below it.
fn search(sheet: &Sheet, range: Range<usize>, found: &mut Vec<Header>) {
    if range.len() < 2 || found.len() >= TABLES_MAX {
        return;
    }
    let Some(headers) = best(sheet, &range) else { return };
    let (Some(top), Some(bottom)) = (headers.iter().map(|h| h.top).min(), headers.iter().map(|h| h.bottom).max()) else { return };
    let mut headers = headers;
    for header in &mut headers {
        header.end = Some(ending::end(sheet, header));
    }
    let end = headers.iter().filter_map(|h| h.end).max().unwrap_or(bottom);
    let above = sheet.rows.partition_point(|row| row.index < top).max(range.start);
    let below = sheet.rows.partition_point(|row| row.index <= end.max(bottom)).min(range.end);
    let before = found.len();
    search(sheet, range.start..above, found);
    // What was found above ends where this one begins.
    for header in found.iter_mut().skip(before) {
        header.last = header.last.min(top.saturating_sub(1));
        header.end = header.end.map(|end| end.min(header.last));
    }
    found.extend(headers);
    search(sheet, below..range.end, found);
}

/// The table with the surest headings, or several that share its heading rows side by side.
fn best(sheet: &Sheet, range: &Range<usize>) -> Option<Vec<Header>> {
    let by_content = by_rows(sheet, range);
    let by_roles =
        header::find_in(sheet, range.clone()).map(|header| sides(sheet, bounded(header, sheet, range))).filter(|h| !h.is_empty());
    match (by_content, by_roles) {
        // Rows of authorities show where their headings stand more surely than words do.
        (Some(content), Some(roles))
            if roles.iter().all(|h| h.bottom != content.bottom) && content.bottom < roles.iter().map(|h| h.bottom).min()? =>
        {
            let sides = sides(sheet, content);
            if sides.is_empty() { Some(roles) } else { Some(sides) }
        }
        (_, Some(roles)) => Some(roles),
        (Some(content), None) => Some(sides(sheet, content)).filter(|headers| !headers.is_empty()),
        (None, None) => None,
    }
}

fn bounded(header: Header, sheet: &Sheet, range: &Range<usize>) -> Header {
    let last = range.end.checked_sub(1).and_then(|at| sheet.rows.get(at)).map_or(u32::MAX, |row| row.index);
    Header { last: header.last.min(last), ..header }
}

/// One table, or those side by side under shared heading rows: parted by a blank column or by a repeated first heading,
/// each with its own key. Parts without one belong to the table on their left.
fn sides(sheet: &Sheet, mut header: Header) -> Vec<Header> {
    content::settle(sheet, &mut header);
    let mut starts: Vec<usize> = Vec::new();
    for (at, column) in header.columns.iter().enumerate() {
        let gap = at.checked_sub(1).and_then(|at| header.columns.get(at)).is_some_and(|left| left.column + 1 < column.column);
        let repeats = at > 0 && header.columns.first().is_some_and(|first| !first.heading.is_empty() && first.heading == column.heading);
        if at == 0 || gap || repeats {
            starts.push(at);
        }
    }
    let mut parts: Vec<Header> = Vec::new();
    if starts.len() > 1 {
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(header.columns.len());
            let columns: Vec<_> = header.columns.get(*start..end).unwrap_or_default().to_vec();
            let (Some(left), Some(right)) = (columns.first().map(|c| c.column), columns.last().map(|c| c.column)) else { continue };
            let mut part = Header { columns, left, right, ..header.clone() };
            part.areas = None;
            content::settle(sheet, &mut part);
            match parts.last_mut() {
                Some(last) if !has_key(&part) => last.right = right,
                _ => parts.push(part),
            }
        }
    }
    if parts.len() >= 2 && parts.iter().all(has_key) {
        let (mut tables, others): (Vec<Header>, Vec<Header>) = widened(sheet, &header, parts).into_iter().partition(groups::fits);
        // Several tables, or one with a rest that has a key like its own: otherwise the blank column means nothing.
        let begins_alike =
            |other: &&Header| tables.iter().any(|table| table.keys.first().map(|key| &key.1) == other.keys.first().map(|key| &key.1));
        let apart: Vec<&Header> = others.iter().filter(begins_alike).collect();
        let remarks: Vec<Diagnostic> = apart.iter().map(|other| not_told_apart(sheet, other)).collect();
        if let Some(first) = tables.first_mut().filter(|_| !remarks.is_empty()) {
            first.remarks = remarks;
            return tables;
        }
        if tables.len() >= 2 {
            return tables;
        }
    }
    Some(header).into_iter().filter(groups::fits).collect()
}

/// LAY-003, at the first heading of the part that is not read.
fn not_told_apart(sheet: &Sheet, header: &Header) -> Diagnostic {
    let message = "Beside this table there seems to be another that begins with the same heading and is not complete: it was not read.";
    Diagnostic::new("LAY-003", sheet.place(header.bottom, header.left), message)
        .suggest("Give it a heading row of its own with Ref, Period and Result, or put it on a sheet of its own.")
}

/// Parts with the columns of those that were joined to them.
fn widened(sheet: &Sheet, header: &Header, parts: Vec<Header>) -> Vec<Header> {
    parts
        .into_iter()
        .map(|mut part| {
            let within = |c: &&super::heading::Column| (part.left..=part.right).contains(&c.column);
            part.columns = header.columns.iter().filter(within).cloned().collect();
            part.areas = None;
            content::settle(sheet, &mut part);
            part
        })
        .collect()
}

fn has_key(header: &Header) -> bool {
    let figures = header.columns.len() > 1;
    figures && (header.has_key() || header.areas.is_some() || header.find(Role::Period).is_some())
}

/// A table known by its rows: codes of authorities, or periods down a column, below whatever heads them.
fn by_rows(sheet: &Sheet, range: &Range<usize>) -> Option<Header> {
    let rows = sheet.rows.get(range.clone())?;
    let (first, column) = first_coded(rows).or_else(|| first_period(rows)).or_else(|| first_numbered(rows))?;
    let is_data = |row: &Row| {
        let key = [column, column + 1].iter().any(|column| row.cell(*column).is_some_and(|cell| !cell.is_blank()));
        key && row.filled().any(|cell| cell.column > column && super::heading::is_figure(cell))
    };
    // Subtotals stand between the headings and the first row with a code.
    let mut first = first;
    while let Some(above) = first.checked_sub(1).and_then(|at| rows.get(at))
        && is_data(above)
    {
        first -= 1;
    }
    let below = rows.get(first)?.index;
    let header = block::above(sheet, range.start..range.start + first, below, column)?;
    Some(bounded(header, sheet, range))
}

/// The first row of three at least that hold codes of authorities in one column, and that column.
fn first_coded(rows: &[Row]) -> Option<(usize, u32)> {
    let code = |row: &Row| {
        row.cells
            .iter()
            .find(|cell| matches!(&cell.value, Value::Text(text) if is_code(text.trim()) || is_register_code(text.trim())))
            .map(|cell| cell.column)
    };
    for (at, row) in rows.iter().enumerate() {
        let Some(column) = code(row) else { continue };
        let same = rows.iter().skip(at).take(20).filter(|row| code(row) == Some(column)).count();
        if same >= 3 {
            return Some((at, column));
        }
    }
    None
}

/// The first of two rows at least that begin with a period and go on with figures, and its column.
fn first_period(rows: &[Row]) -> Option<(usize, u32)> {
    let period = |row: &Row| {
        let first = row.filled().next()?;
        let figures = row.filled().skip(1).any(|cell| matches!(cell.value, Value::Number(_)));
        (figures && !matches!(first.value, Value::Number(_)) && super::heading::names_period(first)).then_some(first.column)
    };
    let rows = rows.iter().take(200);
    let found: Vec<Option<u32>> = rows.map(period).collect();
    found.windows(2).position(|two| matches!(two, [Some(one), Some(other)] if one == other)).and_then(|at| Some((at, (*found.get(at)?)?)))
}

/// The first row below headings of which the first says `Year` or `Month`, and that column: years and months are numbers
/// like any other until their heading says what they are.
fn first_numbered(rows: &[Row]) -> Option<(usize, u32)> {
    let heads = |row: &Row| {
        let first = row.filled().next()?;
        let words = row.filled().all(|cell| matches!(cell.value, Value::Text(_))) && row.filled().nth(1).is_some();
        (words && matches!(role(&first.text()), Some((Role::Period, _)))).then_some(first.column)
    };
    let is_time = |cell: &Cell| super::heading::names_period(cell) || super::dated::number(&cell.text()).is_some();
    rows.iter().take(200).zip(rows.iter().skip(1)).enumerate().find_map(|(at, (row, below))| {
        let column = heads(row)?;
        let timed = below.filled().next().is_some_and(|cell| cell.column == column && is_time(cell));
        let figures = below.filled().skip(1).any(|cell| matches!(cell.value, Value::Number(_)));
        (timed && figures).then_some((at + 1, column))
    })
}
