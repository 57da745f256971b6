//! The heading rows above the first row of figures: one to four, with whatever stands among them that heads nothing.

use std::ops::Range;

use super::header::{HEADING_ROWS_MAX, Header};
use super::heading::{Reach, columns, is_figure};
use crate::mapping::Why;
use crate::sheet::{Row, Sheet, Value};

/// Blank rows between headings and figures.
const GAP_MAX: u32 = 4;

/// What a row above figures is.
enum Kind {
    Heading,
    Stepped(Why),
    /// A title, or a row that is not seen: the headings begin below it.
    End,
}

/// The headings right above a row of figures, which is counted from 0; `key` is the column of its key.
pub(super) fn above(sheet: &Sheet, range: Range<usize>, first: u32, key: u32) -> Option<Header> {
    let mut rows: Vec<&Row> = Vec::new();
    let mut skipped = Vec::new();
    let mut below = first;
    for row in range.rev().filter_map(|at| sheet.rows.get(at)) {
        if row.filled().next().is_none() {
            continue;
        }
        let near = row.index + 1 == below || (rows.is_empty() && row.index + GAP_MAX >= below);
        if !near || rows.len() >= HEADING_ROWS_MAX {
            break;
        }
        match kind(sheet, row, rows.first().copied(), key) {
            Kind::Heading => rows.insert(0, row),
            Kind::Stepped(why) => skipped.push((why, row.index)),
            Kind::End => break,
        }
        below = row.index;
    }
    let (top, bottom) = (rows.first()?.index, rows.last()?.index);
    skipped.retain(|(_, row)| *row + 4 >= top);
    Some(Header { skipped, ..Header::new(top, bottom, columns(sheet, &rows, Reach::Any)) })
}

fn kind(sheet: &Sheet, row: &Row, lower: Option<&Row>, key: u32) -> Kind {
    let filled = row.filled().count();
    let figures = row.filled().filter(|cell| is_figure(cell)).count();
    let hide = row.filled().next().is_some_and(|cell| cell.text().to_lowercase().contains("hide or delete"));
    if hide || (figures >= 3 && figures * 10 >= filled * 9) {
        return Kind::Stepped(Why::ColumnNumbers);
    }
    let Some(lower) = lower else { return Kind::Heading };
    if row.hidden && !lower.hidden {
        return Kind::End;
    }
    let merged_right = |column: u32| sheet.merges.at(row.index, column).is_some_and(|m| m.right > m.left);
    let first = row.filled().next();
    if filled == 1 {
        let spans = first.is_some_and(|cell| merged_right(cell.column) && cell.column > key);
        let down = first.is_some_and(|cell| sheet.merges.at(row.index, cell.column).is_some_and(|m| m.bottom > row.index));
        return match first {
            _ if spans || down => Kind::Heading,
            Some(cell) if cell.column > key && matches!(cell.value, Value::Text(_)) => Kind::Stepped(Why::Units),
            _ => Kind::End,
        };
    }
    // A title stands over the keys, which have a heading of their own below.
    let over_key = first.is_some_and(|cell| cell.column <= key && lower.cell(cell.column).is_some_and(|own| !own.is_blank()));
    let merged_down = first.is_some_and(|cell| sheet.merges.at(row.index, cell.column).is_some_and(|m| m.bottom > row.index));
    if over_key && !merged_down && filled * 3 < lower.filled().count().max(4) { Kind::End } else { Kind::Heading }
}
