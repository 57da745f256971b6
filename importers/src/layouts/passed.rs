//! The tables a mapping leaves alone: with a kept one they are read as ever, with the sender's own they are passed over
//! and said to be.

use super::areas::Ours;
use super::gathered::Gathered;
use super::header::Header;
use super::tables::{Found, Missing};
use super::{ending, table};
use crate::diagnostic::Diagnostic;
use crate::sheet::{Book, Sheet};

/// The tables of a mapping and those recognised beside them, in order of sheet.
pub(super) fn beside<'a>(book: &'a Book, found: &[Found<'a>], told: Vec<Found<'a>>) -> Vec<Found<'a>> {
    let left = left(found, &told);
    let mut tables = told;
    for (sheet, header) in &mut tables {
        for header in header.iter_mut() {
            bound(sheet, header, &left);
        }
    }
    for (sheet, headers) in left {
        match tables.iter_mut().find(|(known, _)| std::ptr::eq(*known, sheet)) {
            Some((_, known)) => known.extend(headers),
            None => tables.push((sheet, headers)),
        }
    }
    tables.sort_by_key(|(sheet, _)| book.sheets.iter().position(|known| std::ptr::eq(known, *sheet)));
    for (_, headers) in &mut tables {
        headers.sort_by_key(|header| (header.bottom, header.left));
    }
    tables
}

/// MAP-007 for every table that would have given figures, where the sender's mapping reads others.
pub(super) fn problems(found: &[Found<'_>], told: &[Found<'_>], ours: &Ours, missing: &Missing) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (sheet, headers) in left(found, told) {
        for header in headers {
            let place = sheet.place(header.bottom, header.columns.first().map_or(0, |column| column.column));
            let rows = table::read(sheet, header, ours, missing, &mut Gathered::default()).read.figures;
            if rows > 0 {
                let message = format!(
                    "The mapping says nothing of this table on the sheet {:?}, which would have given {rows} figures; it was passed over.",
                    sheet.name
                );
                problems
                    .push(Diagnostic::new("MAP-007", place, message).suggest("If it is wanted, give it a table in the mapping as well."));
            }
        }
    }
    problems
}

/// What was recognised and no table of the mapping covers; a sheet without tables stays one.
fn left<'a>(found: &[Found<'a>], told: &[Found<'a>]) -> Vec<Found<'a>> {
    let covered = |sheet: &Sheet, header: &Header| {
        let here = told.iter().filter(|(known, _)| std::ptr::eq(*known, sheet)).flat_map(|(_, headers)| headers);
        here.into_iter().any(|told| covers(sheet, told, header))
    };
    let rest = |(sheet, headers): &Found<'a>| {
        let rest: Vec<Header> = headers.iter().filter(|header| !covered(sheet, header)).cloned().collect();
        (!rest.is_empty() || headers.is_empty()).then_some((*sheet, rest))
    };
    found.iter().filter_map(rest).collect()
}

/// Whether two tables share cells.
fn covers(sheet: &Sheet, told: &Header, other: &Header) -> bool {
    let beside = told.left > other.right || other.left > told.right;
    let above = other.bottom < told.top && ends(sheet, other) < told.top;
    let below = other.top > told.bottom && other.top > ends(sheet, told);
    !beside && !above && !below
}

fn ends(sheet: &Sheet, header: &Header) -> u32 {
    header.end.unwrap_or_else(|| ending::end(sheet, header)).min(header.last)
}

/// A table ends where the next below it begins.
fn bound(sheet: &Sheet, header: &mut Header, others: &[Found<'_>]) {
    let others = others.iter().filter(|(known, _)| std::ptr::eq(*known, sheet)).flat_map(|(_, headers)| headers);
    let below = others.filter(|other| other.top > header.bottom && other.left <= header.right && header.left <= other.right);
    header.last = header.last.min(below.map(|other| other.top - 1).min().unwrap_or(u32::MAX));
}
