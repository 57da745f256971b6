//! Giving a table what a mapping says of it, column by column, and saying what of that it does not have.

use std::collections::HashMap;

use super::content;
use super::header::{Header, Measure};
use super::heading::Column;
use super::near::nearest;
use super::roles::Sureness;
use super::spelled::heading_key;
use crate::address::{a1, column_letters};
use crate::diagnostic::Diagnostic;
use crate::mapping::{ColumnMapping, TableMapping, letter};
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

/// Gives a table what its mapping says.
pub(super) fn apply(sheet: &Sheet, mut header: Header, table: &TableMapping, path: &str, name: &str) -> Applied {
    let mut problems = Vec::new();
    let (mut found, mut fits) = (0, 0);
    for (at, mapping) in table.columns.iter().enumerate() {
        match find(&header, mapping) {
            Ok(column) => {
                found += 1;
                fits += 1;
                tell(&mut header, column, mapping);
            }
            Err(Unfound::Nowhere) => problems.push(not_found(sheet, &header, mapping, &format!("{path}.columns[{at}]"))),
            Err(Unfound::Several(columns)) => {
                fits += 1;
                problems.push(several(sheet, &header, mapping, &columns, &format!("{path}.columns[{at}]")));
            }
        }
    }
    let at = a1(header.bottom, header.columns.first().map_or(0, |c| c.column));
    header.areas = None;
    if let Some(last) = table.last_row {
        header.last = header.last.min(last - 1);
        header.table = None;
    }
    if let Some(code) = &table.indicator {
        header.measure = Some(Measure::Code(Text { text: code.trim().to_owned(), cell: at.clone(), kind: TextKind::Text }));
    }
    header.period = table.period.as_ref().map(|period| (period.clone(), at)).or(header.period);
    header.multiplier = table.multiplier.or(header.multiplier);
    header.mapping = Some(name.to_owned());
    content::settle(sheet, &mut header);
    Applied { header, found, fits, problems }
}

enum Unfound {
    Nowhere,
    Several(Vec<u32>),
}

/// The column a mapping means: by its heading, the letter choosing among equals; by its letter where it has no heading.
fn find(header: &Header, mapping: &ColumnMapping) -> Result<u32, Unfound> {
    let at = mapping.column.as_deref().and_then(letter);
    let Some(heading) = mapping.heading.as_deref().filter(|heading| !heading.trim().is_empty()) else {
        return at.ok_or(Unfound::Nowhere);
    };
    let wanted = heading_key(heading);
    let scored = header.columns.iter().map(|column| (likeness(&wanted, &heading_key(&column.heading)), column.column));
    let scored: Vec<(u32, u32)> = scored.filter(|(likeness, _)| *likeness > 0).collect();
    let most = scored.iter().map(|(likeness, _)| *likeness).max().ok_or(Unfound::Nowhere)?;
    let best: Vec<u32> = scored.into_iter().filter(|(likeness, _)| *likeness == most).map(|(_, column)| column).collect();
    match best.as_slice() {
        [one] => Ok(*one),
        several => at.filter(|at| several.contains(at)).ok_or(Unfound::Several(best.clone())),
    }
}

/// How surely a heading is the one a mapping speaks of, both as [`heading_key`] gives them: 3 the same, 2 the same but
/// for rows above that only one of them has, 1 the lowest alone the same. 0 is another.
fn likeness(wanted: &str, heading: &str) -> u32 {
    if wanted.is_empty() || heading.is_empty() {
        return 0;
    }
    if wanted == heading {
        return 3;
    }
    let (wanted, heading): (Vec<&str>, Vec<&str>) = (wanted.split('|').collect(), heading.split('|').collect());
    let (short, long) = if wanted.len() <= heading.len() { (&wanted, &heading) } else { (&heading, &wanted) };
    if short.last() != long.last() {
        return 0;
    }
    match short.len() {
        // A heading of one row may stand under a group that an edition added or dropped.
        1 => 2,
        _ if short.iter().all(|part| long.contains(part)) => 2,
        _ => 0,
    }
}

fn tell(header: &mut Header, at: u32, mapping: &ColumnMapping) {
    let place = match header.columns.binary_search_by_key(&at, |c| c.column) {
        Ok(place) => place,
        Err(place) => {
            header.columns.insert(place, Column::bare(header.bottom, at));
            place
        }
    };
    let Some(column) = header.columns.get_mut(place) else { return };
    column.role = Some(mapping.role);
    column.sureness = Sureness::Told;
    let cell = if column.cell.is_empty() { a1(header.bottom, at) } else { column.cell.clone() };
    if let Some(code) = &mapping.indicator {
        column.code = Some(Text { text: code.trim().to_owned(), cell: cell.clone(), kind: TextKind::Text });
    }
    if let Some(period) = &mapping.period {
        column.period = Some((PeriodContent::Text(period.clone()), cell));
    }
    column.multiplier = mapping.multiplier.or(column.multiplier);
    column.percent = mapping.percent;
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
    let message = format!("{path}: the columns {} are all {}.", letters.join(", "), called(mapping));
    let first = columns.first().map_or_else(|| "A1".to_owned(), cell);
    let mut problem = Diagnostic::new("MAP-003", crate::Place::new(sheet.name.clone(), first), message)
        .suggest("Give the letter of the column beside its heading, or the headings of all its rows joined with |.");
    problem.places = columns.iter().take(10).map(|column| crate::Place::new(sheet.name.clone(), cell(column))).collect();
    problem.count = columns.len();
    problem
}
