//! Cells that were filled in beforehand: what stands in them now beside what the template printed. What was typed there is
//! never taken, and is told (TPL-020).

use std::collections::HashMap;

use rules::workbook::RETURN;
use rust_decimal::Decimal;

use super::super::header::Header;
use super::super::spelled::key;
use super::loose;
use crate::diagnostic::Diagnostic;
use crate::sheet::{Cell, Row, Sheet, Value};

/// The machine sheet's column of the first printed cell, behind key, id and fingerprint.
const PRINTED_FROM: u32 = 3;
/// Most rows that are compared; a template asks for fewer.
const ROWS_MAX: usize = 20_000;

/// What the machine sheet says was printed in each row.
pub(super) struct Printed<'a> {
    /// As sent, in its own language.
    sheet: &'a Sheet,
    /// By the row's key, what stood under each heading of [`PREFILLED`].
    rows: HashMap<String, Vec<Option<String>>>,
    /// Where each of these headings stands now, and how it reads.
    columns: Vec<Option<u32>>,
}

impl<'a> Printed<'a> {
    pub fn of(sheet: &'a Sheet, header: &Header, machine: Option<&Sheet>) -> Self {
        let columns = rules::workbook::RETURN_PREFILLED.iter().map(|heading| {
            let found = header.columns.iter().find(|column| key(&column.heading) == key(heading));
            found.map(|column| column.column)
        });
        let mut rows = HashMap::new();
        for row in machine.into_iter().flat_map(|machine| &machine.rows).take(ROWS_MAX) {
            let (Some(row_key), Some(_)) = (row.cell(0), row.cell(PRINTED_FROM)) else { continue };
            let printed = (PRINTED_FROM..).take(RETURN.columns.len()).map(|column| row.cell(column).map(Cell::text));
            rows.insert(loose(&row_key.text()), printed.collect());
        }
        Self { sheet, rows, columns: columns.collect() }
    }

    /// Compares a row with what was printed in it. A cell that was emptied says nothing.
    pub fn compare(&self, row: &Row, row_key: &str, problems: &mut Vec<Diagnostic>) {
        let Some(printed) = self.rows.get(&loose(row_key)) else { return };
        let headings = rules::workbook::RETURN_PREFILLED;
        for ((heading, column), printed) in headings.iter().zip(&self.columns).zip(printed) {
            let (Some(column), Some(printed)) = (column, printed) else { continue };
            let Some(cell) = self.sheet.cell(row.index, *column).filter(|cell| !cell.is_blank()) else { continue };
            if same(&cell.value, printed) || (is_figure(&cell.value) && decimal(printed).is_some() && compared_elsewhere(heading)) {
                continue;
            }
            let message = format!("The cell under {heading:?} was filled in beforehand and has been changed; what was typed is ignored.");
            let problem = Diagnostic::new("TPL-020", self.sheet.place(row.index, *column), message).seen(&cell.text());
            problems.push(problem.expected(shortened(printed)));
        }
    }
}

/// Targets and levels are compared with those held today, as a stale one is no changed one.
fn compared_elsewhere(heading: &str) -> bool {
    matches!(heading, "Target" | "Intervention level")
}

fn is_figure(value: &Value) -> bool {
    matches!(value, Value::Number(_))
}

fn decimal(text: &str) -> Option<Decimal> {
    text.parse().ok().or_else(|| Decimal::from_scientific(text).ok())
}

/// Whether a cell holds what was printed, whatever another program made of its spaces, breaks and last digits.
fn same(value: &Value, printed: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    match value {
        Value::Number(number) => decimal(printed).is_some_and(|printed| {
            // Programs keep fifteen digits or so.
            let allowed = printed.abs().checked_mul(Decimal::new(1, 9)).unwrap_or_default();
            number.checked_sub(printed).is_some_and(|off| off.abs() <= allowed)
        }),
        Value::Text(text) => bare(text) == bare(printed),
        _ => false,
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(crate::diagnostic::SEEN_MAX).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}
