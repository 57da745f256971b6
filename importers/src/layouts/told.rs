//! Giving a table what a mapping says of it, column by column, and saying what of that it does not have.

use std::collections::HashMap;

use super::content;
use super::disagree;
use super::header::{Header, Measure};
use super::heading::Column;
use super::matched::{self, Unfound};
use super::near::nearest;
use super::roles::{Role, Sureness};
use crate::address::{a1, column_letters};
use crate::diagnostic::Diagnostic;
use crate::mapping::{ColumnMapping, TableMapping};
use crate::row::{PeriodContent, Text, TextKind};
use crate::sheet::Sheet;

/// A table with what a mapping says of it.
pub(super) struct Applied {
    pub header: Header,
    pub found: usize,
    /// Columns found, those that fit several headings among them.
    pub fits: usize,
    pub problems: Vec<Diagnostic>,
}

/// Gives a table what its mapping says: a kept one's name, or an empty text for the sender's own.
pub(super) fn apply(sheet: &Sheet, mut header: Header, table: &TableMapping, path: &str, name: &str) -> Applied {
    let mut problems = Vec::new();
    let (mut found, mut fits) = (0, 0);
    let at = a1(header.bottom, header.columns.first().map_or(0, |c| c.column));
    let meant = matched::columns(&header, &table.columns, !name.is_empty());
    for (at, (mapping, meant)) in table.columns.iter().zip(meant).enumerate() {
        let path = format!("{path}.columns[{at}]");
        match meant {
            Ok(column) => {
                found += 1;
                fits += 1;
                problems.extend(tell(sheet, &mut header, column, mapping, &path));
            }
            Err(Unfound::Nowhere) => problems.push(not_found(sheet, &header, mapping, &path)),
            Err(Unfound::Several(columns)) => {
                fits += 1;
                problems.push(several(sheet, &header, mapping, &columns, &path));
            }
        }
    }
    header.areas = None;
    if let Some(last) = table.last_row {
        header.last = header.last.min(last - 1);
        header.table = None;
    }
    if let Some(code) = &table.indicator {
        header.measure = Some(Measure::Code(Text { text: code.trim().to_owned(), cell: at.clone(), kind: TextKind::Text }));
    }
    header.told = Told { period: table.period.is_some(), multiplier: table.multiplier.is_some(), disagrees: false };
    header.period = table.period.as_ref().map(|period| (period.clone(), at)).or(header.period);
    header.multiplier = table.multiplier.or(header.multiplier);
    problems.extend(multipliers(sheet, &mut header, table, path));
    header.mapping = Some(name.to_owned());
    content::settle(sheet, &mut header);
    Applied { header, found, fits, problems }
}

/// What of a table or column a mapping says, beside what the workbook says itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told {
    pub period: bool,
    pub multiplier: bool,
    /// The workbook names another period or multiplier: none of the figures is read.
    pub disagrees: bool,
}

/// Columns of figures whose headings multiply them by something else than the mapping does the whole table.
fn multipliers(sheet: &Sheet, header: &mut Header, table: &TableMapping, path: &str) -> Vec<Diagnostic> {
    let Some(told) = table.multiplier else { return Vec::new() };
    let path = format!("{path}.multiplier");
    let figures = |column: &&mut Column| {
        matches!(column.role, None | Some(Role::Value | Role::Numerator | Role::Denominator)) && !column.told.multiplier
    };
    let disagreeing = header.columns.iter_mut().filter(figures).filter_map(|column| {
        let problem = disagree::multiplier(sheet, told, column.multiplier?, (&column.cell, &column.heading), &path)?;
        leave_out(column);
        Some(problem)
    });
    disagreeing.collect()
}

/// Gives a column what a mapping says of it; problems where its heading names another period or multiplier.
fn tell(sheet: &Sheet, header: &mut Header, at: u32, mapping: &ColumnMapping, path: &str) -> Vec<Diagnostic> {
    let place = match header.columns.binary_search_by_key(&at, |c| c.column) {
        Ok(place) => place,
        Err(place) => {
            header.columns.insert(place, Column::bare(header.bottom, at));
            place
        }
    };
    let Some(column) = header.columns.get_mut(place) else { return Vec::new() };
    column.role = Some(mapping.role);
    column.sureness = Sureness::Told;
    let cell = if column.cell.is_empty() { a1(header.bottom, at) } else { column.cell.clone() };
    if let Some(code) = &mapping.indicator {
        column.code = Some(Text { text: code.trim().to_owned(), cell: cell.clone(), kind: TextKind::Text });
    }
    let mut problems = Vec::new();
    if let (Some(told), Some(headed)) = (mapping.multiplier, column.multiplier) {
        problems.extend(disagree::multiplier(sheet, told, headed, (&cell, &column.heading), &format!("{path}.multiplier")));
    }
    column.multiplier = mapping.multiplier.or(column.multiplier);
    column.told.multiplier = mapping.multiplier.is_some();
    column.percent = mapping.percent;
    if let Some(period) = &mapping.period {
        let headed = column.period.replace((PeriodContent::Text(period.clone()), cell));
        column.told.period = true;
        let disagrees =
            |(headed, cell): (PeriodContent, String)| disagree::period(sheet, period, &headed, &cell, &format!("{path}.period"));
        problems.extend(headed.and_then(disagrees));
    }
    if !problems.is_empty() {
        leave_out(column);
    }
    problems
}

/// A figure of one of two periods is a figure of neither, and so is one of one of two sizes. The column of a result stays
/// one: without it the table would be taken for another.
fn leave_out(column: &mut Column) {
    column.told.disagrees = true;
    if column.role != Some(Role::Value) {
        column.role = Some(Role::Known);
    }
}

fn called(mapping: &ColumnMapping) -> String {
    match (&mapping.heading, &mapping.column) {
        (Some(heading), _) => format!("headed {heading:?}"),
        (None, column) => column.clone().unwrap_or_default(),
    }
}

fn not_found(sheet: &Sheet, header: &Header, mapping: &ColumnMapping, path: &str) -> Diagnostic {
    let headings = || header.columns.iter().map(|c| c.heading.as_str()).filter(|heading| !heading.is_empty());
    let near = nearest(mapping.heading.as_deref().unwrap_or_default(), headings(), 3);
    let place = sheet.place(header.bottom, header.columns.first().map_or(0, |c| c.column));
    let message = format!("{path}: no column of this table is {}.", called(mapping));
    let advice = if near.is_empty() {
        "Correct the heading in the mapping, or give the column's letter without a heading.".to_owned()
    } else {
        let near: Vec<String> = near.into_iter().map(|heading| format!("{heading:?}{}", letter_of(header, heading))).collect();
        format!("The nearest is {}; if that is it, put it into the mapping.", near.join(" or "))
    };
    Diagnostic::new("MAP-002", place, message).suggest(advice)
}

fn letter_of(header: &Header, heading: &str) -> String {
    let column = header.columns.iter().find(|c| c.heading == heading);
    column.map_or_else(String::new, |c| format!(" (column {})", column_letters(c.column)))
}

fn several(sheet: &Sheet, header: &Header, mapping: &ColumnMapping, columns: &[u32], path: &str) -> Diagnostic {
    let cells: HashMap<u32, &str> = header.columns.iter().map(|c| (c.column, c.cell.as_str())).collect();
    let cell = |column: &u32| cells.get(column).map_or_else(|| a1(header.bottom, *column), |cell| (*cell).to_owned());
    let letters: Vec<String> = columns.iter().take(10).map(|column| column_letters(*column)).collect();
    let message = match letters.as_slice() {
        [one] => format!("{path}: column {one} is {}, and another column of the mapping means it too.", called(mapping)),
        _ => format!("{path}: the columns {} are all {}.", letters.join(", "), called(mapping)),
    };
    let first = columns.first().map_or_else(|| "A1".to_owned(), cell);
    let mut problem = Diagnostic::new("MAP-003", crate::Place::new(sheet.name.clone(), first), message)
        .suggest(
            "Give the letter of every column so headed beside its heading (those not wanted as NOT_READ), or the headings of all its rows joined with |.",
        );
    problem.places = columns.iter().take(10).map(|column| crate::Place::new(sheet.name.clone(), cell(column))).collect();
    problem.count = columns.len();
    problem
}
