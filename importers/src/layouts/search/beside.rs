//! What stands beside and below the tables a workbook marks up: more tables, or at least figures to be spoken of.

use super::Header;
use crate::diagnostic::{Diagnostic, Severity};
use crate::layouts::heading::is_figure;
use crate::sheet::{Cell, Row, Sheet};

/// Finds the tables outside the marked-up ones, and says where figures are left that are in none.
pub(super) fn search(sheet: &Sheet, found: &mut Vec<Header>) {
    let rest = without(sheet, found);
    let mut others = Vec::new();
    super::search(&rest, 0..rest.rows.len(), &mut others);
    for header in &mut others {
        within_bounds(header, found);
    }
    others.retain(crate::layouts::groups::fits);
    let top = found.iter().map(|header| header.top).min().unwrap_or_default();
    found.extend(others);
    let covered = |row: u32, column: u32| found.iter().any(|h| (h.top..=h.last).contains(&row) && (h.left..=h.right).contains(&column));
    // What stands below a table is spoken of with it; what stands above are titles.
    let left = rest.rows.iter().filter(|row| row.index >= top);
    let left = left.flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
    let left = left.filter(|(row, cell)| is_figure(cell) && !covered(*row, cell.column)).map(|(row, cell)| (row, cell.column)).next();
    if let (Some((row, column)), Some(first)) = (left, found.first_mut()) {
        let message = "Beside the marked-up tables there are more figures; they were not read.";
        let suggestion = "Put them into a table, or give them a heading row with Ref, Period and Result.";
        let problem = Diagnostic::new("STR-005", sheet.place(row, column), message).suggest(suggestion);
        first.remarks.push(problem.weighing(Severity::Warning));
    }
}

/// The sheet without the tables found on it.
fn without(sheet: &Sheet, found: &[Header]) -> Sheet {
    let holds = |header: &Header, row: u32, column: u32| {
        (header.top..=header.end.unwrap_or(header.bottom)).contains(&row) && (header.left..=header.right).contains(&column)
    };
    let rest = |row: &Row| {
        let is_left = |cell: &&Cell| !cell.is_blank() && !found.iter().any(|header| holds(header, row.index, cell.column));
        let cells: Vec<Cell> = row.cells.iter().filter(is_left).cloned().collect();
        (!cells.is_empty()).then_some(Row { index: row.index, hidden: row.hidden, cells })
    };
    let rows = sheet.rows.iter().filter_map(rest).collect();
    Sheet { name: sheet.name.clone(), rows, merges: sheet.merges.clone(), ..Sheet::default() }
}

/// Keeps a table to its side of the marked-up ones that stand beside it.
fn within_bounds(header: &mut Header, marked: &[Header]) {
    let Some(first) = header.columns.first().map(|column| column.column) else { return };
    let (top, end) = (header.top, header.end.unwrap_or(header.bottom));
    for other in marked.iter().filter(|other| other.top <= end && other.end.unwrap_or(other.bottom) >= top) {
        if other.left > first {
            header.right = header.right.min(other.left - 1);
        } else {
            header.left = header.left.max(other.right.saturating_add(1));
        }
    }
    let (left, right) = (header.left, header.right);
    header.columns.retain(|column| (left..=right).contains(&column.column));
}
