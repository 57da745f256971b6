//! Every table of every sheet: by a mapping where there is one, as they are recognised otherwise.

use std::collections::HashMap;

use rules::measure::Absence;

use super::areas::Ours;
use super::header::{self, Header};
use super::mapped::Told;
use super::sink::Sink;
use super::table::{self, Taken};
use super::{authorities, mapped, passed, search, unread};
use crate::diagnostic::{Diagnostic, Severity};
use crate::mapping::Settings;
use crate::reading::{Layout, Reading};
use crate::sheet::{Book, Sheet};
use crate::watch::{LAID_OUT, OPENED, Watch};

/// Reads the tables of a workbook.
pub(super) fn read(book: &Book, settings: &Settings, ours: &Ours, (reading, rows): (&mut Reading, &mut dyn Sink), watch: &Watch<'_>) {
    let tables_of = |sheet: &Sheet| authorities::across(sheet, search::tables(sheet), ours);
    let found: Vec<Found<'_>> = book.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| (sheet, tables_of(sheet))).collect();
    let chosen = mapped::choose(book, &found, settings, &mut reading.diagnostics);
    let missing = chosen.missing;
    let (tables, by_mapping) = match chosen.tables {
        Told::None => (found, false),
        Told::Kept(told) => (passed::beside(book, &found, told), false),
        Told::Own(told) => {
            reading.diagnostics.extend(passed::problems(&found, &told, ours, &missing));
            (told, true)
        }
        Told::Unusable => (Vec::new(), true),
    };
    for sheet in book.sheets.iter().filter(|sheet| sheet.hidden && !sheet.is_blank()) {
        let message = format!("The hidden sheet {:?} was passed over.", sheet.name);
        reading.diagnostics.push(Diagnostic::new("STR-013", crate::Place::sheet(&sheet.name), message));
    }
    let mut without_us = Vec::new();
    let mut unread = Vec::new();
    watch.tell(OPENED + 5);
    let all = tables.len() as u64;
    for ((sheet, mut headers), done) in tables.into_iter().zip(1..) {
        headers.retain(|header| rows.wants(header));
        if headers.is_empty() {
            unread.push(sheet);
        }
        for header in headers {
            take(table::read(sheet, header, ours, &missing, rows), reading, &mut without_us);
        }
        watch.tell_part((OPENED + 5, LAID_OUT), done, all);
    }
    let recognised = !reading.tables.is_empty();
    let read_some = reading.tables.iter().any(|table| table.figures > 0);
    reading.diagnostics.extend(without_us.into_iter().map(|problem| {
        // A sheet that leaves us out beside others that do not is worth a look, no more.
        if read_some { problem.weighing(Severity::Warning) } else { problem }
    }));
    reading.layout = main_layout(reading);
    if !by_mapping {
        for sheet in unread {
            if let Some(problem) = authorities::without_us(sheet, ours) {
                reading.diagnostics.push(if read_some { problem.weighing(Severity::Warning) } else { problem });
                continue;
            }
            let Some(problem) = unread::why(sheet, recognised) else { continue };
            // What one council would head Result gives nothing for everybody without a column of areas.
            if ours.are_everybody() && problem.severity == Severity::Error {
                reading.diagnostics.push(no_areas(crate::Place::sheet(&sheet.name), recognised));
                continue;
            }
            if problem.code == "COL-003" {
                reading.tables.extend(header::find(sheet).map(|header| table::looked_at(sheet, header)));
            }
            reading.diagnostics.push(problem);
        }
        let places: HashMap<&str, usize> = book.sheets.iter().enumerate().map(|(at, sheet)| (sheet.name.as_str(), at)).collect();
        reading.tables.sort_by_key(|table| places.get(table.sheet.as_str()).copied());
    }
    if !recognised && !reading.has_errors() {
        reading.diagnostics.push(if ours.are_everybody() { no_areas(crate::Place::file(), false) } else { nothing_recognised() });
    }
}

/// A sheet and the tables found on it.
pub(super) type Found<'a> = (&'a Sheet, Vec<Header>);

fn take(taken: Taken, reading: &mut Reading, without_us: &mut Vec<Diagnostic>) {
    reading.diagnostics.extend(taken.problems);
    without_us.extend(taken.without_us);
    reading.tables.push(taken.read);
}

/// The layout most figures stand in.
fn main_layout(reading: &Reading) -> Option<Layout> {
    let mut figures: HashMap<Layout, u64> = HashMap::new();
    for table in &reading.tables {
        *figures.entry(table.layout).or_default() += u64::from(table.figures);
    }
    // The first of those with most: a map has no order of its own.
    let layouts = reading.tables.iter().map(|table| table.layout);
    layouts
        .fold(None, |best: Option<(Layout, u64)>, layout| {
            let count = figures.get(&layout).copied().unwrap_or_default();
            match best {
                Some((_, most)) if most >= count => best,
                _ => Some((layout, count)),
            }
        })
        .map(|(layout, _)| layout)
}

fn nothing_recognised() -> Diagnostic {
    let message = "No sheet has a table this product can read: a heading row with Ref or Indicator, Period and Result, \
                   with periods as headings, or with indicators as headings beside periods or authorities.";
    Diagnostic::new("LAY-001", crate::Place::file(), message)
        .suggest("Send a return template, add a heading row with Ref, Period and Result, or say in a mapping what the columns hold.")
}

/// BMK-011 for a sheet, or for a file of which no sheet gives figures. Beside sheets that do it is worth a look, no more.
fn no_areas(place: crate::Place, others: bool) -> Diagnostic {
    let message = "There is no table of figures by area here: rows with a code such as E07000011, or with a name under a heading such as \
                   Local authority, and figures beside them. Averages of a nation or a group are no area's figures.";
    let problem = Diagnostic::new("BMK-011", place, message)
        .suggest("Send the table that has a row for each authority, or say in a mapping which column holds their codes or names.");
    if others { problem.weighing(Severity::Warning) } else { problem }
}

/// Words for missing figures as they are compared.
pub(super) type Missing = HashMap<String, Absence>;
