//! Recognising how a workbook is laid out, and reading it that way. One file a layout.

use super::framework;
use crate::diagnostic::{Diagnostic, Severity};
use crate::mapping::Settings;
use crate::reading::{Layout, Reading};
use crate::row::ValueRow;
use crate::sheet::{Book, Sheet};

mod body;
pub(crate) mod build;
mod context;
mod duplicates;
pub(crate) mod header;
mod long;
mod roles;
mod template;
mod wide;

pub(crate) use roles::key;

use header::Header;
use roles::Role;

/// Reads an opened workbook.
pub(crate) fn read(book: &Book, _settings: &Settings) -> Reading {
    let mut reading = Reading { format: Some(book.format), ..Reading::default() };
    reading.diagnostics.extend(book.diagnostics.iter().cloned());
    if template::fits(book) {
        template::read(book, &mut reading);
    } else if framework::fits(book) {
        framework::read(book, &mut reading);
    } else {
        tables(book, &mut reading);
    }
    reading
}

/// LONG and WIDE, sheet by sheet.
fn tables(book: &Book, reading: &mut Reading) {
    let (mut long, mut wide) = (Vec::new(), Vec::new());
    let mut unread = Vec::new();
    let mut recognised = false;
    for sheet in &book.sheets {
        if sheet.hidden {
            if !sheet.is_blank() {
                let message = format!("The hidden sheet {:?} was passed over.", sheet.name);
                reading.diagnostics.push(Diagnostic::new("STR-013", crate::Place::sheet(&sheet.name), message));
            }
            continue;
        }
        match header::find(sheet) {
            Some(header) if wide::fits(&header) => {
                recognised = true;
                let (rows, problems) = wide::read(sheet, &header);
                remarks(sheet, &header, Layout::Wide, rows.len(), &mut reading.diagnostics);
                reading.diagnostics.extend(problems);
                wide.extend(rows);
            }
            Some(header) if long::fits(&header) => {
                recognised = true;
                let (rows, problems) = long::read(sheet, &header);
                remarks(sheet, &header, Layout::Long, rows.len(), &mut reading.diagnostics);
                reading.diagnostics.extend(problems);
                long.extend(rows);
            }
            header => unread.push((sheet, header)),
        }
    }
    reading.layout = match (wide.len(), long.len()) {
        (0, 0) if !recognised => None,
        (wide, long) => Some(if wide > long { Layout::Wide } else { Layout::Long }),
    };
    for (sheet, header) in unread {
        reading.diagnostics.extend(why_unread(sheet, header.as_ref(), recognised));
    }
    if !recognised && !reading.has_errors() {
        let message = "No sheet has a table this product can read: a heading row with Ref or Indicator, Period and Result, \
                       or with periods as headings.";
        let problem = Diagnostic::new("LAY-001", crate::Place::file(), message);
        reading.diagnostics.push(problem.suggest("Send a return template, or add a heading row with Ref, Period and Result."));
    }
    let rows = order(book, wide, long);
    reading.values = duplicates::resolve(rows, &mut reading.diagnostics);
}

fn order(book: &Book, wide: Vec<ValueRow>, long: Vec<ValueRow>) -> Vec<ValueRow> {
    let mut rows: Vec<ValueRow> = wide.into_iter().chain(long).collect();
    let places: std::collections::HashMap<&str, usize> = book.sheets.iter().enumerate().map(|(at, s)| (s.name.as_str(), at)).collect();
    rows.sort_by_key(|row| (places.get(row.sheet.as_str()).copied().unwrap_or_default(), row.row));
    rows
}

/// Why a sheet gave nothing: something needed is missing, or it is no table at all.
fn why_unread(sheet: &Sheet, header: Option<&Header>, others_read: bool) -> Option<Diagnostic> {
    if sheet.is_blank() {
        return None;
    }
    let place = crate::Place::sheet(&sheet.name);
    let Some(header) = header else {
        if is_cards(sheet) {
            let message = "This sheet is made of small blocks, one for each indicator; such sheets are not read.";
            return Some(Diagnostic::new("LAY-004", place, message).suggest("Put the figures in one table with Ref, Period and Result."));
        }
        let message = format!("The sheet {:?} has no table of figures and was passed over.", sheet.name);
        return Some(Diagnostic::new("LAY-002", place, message));
    };
    let (period, figure) = (header.find(Role::Period).is_some(), long::has_figure(header));
    let missing = match (header.has_key(), period, figure) {
        (true, true, false) => Role::Value,
        (true, false, true) => Role::Period,
        (false, true, true) => Role::Code,
        _ => {
            return Some(Diagnostic::new(
                "LAY-002",
                place,
                format!("The sheet {:?} has no table of figures and was passed over.", sheet.name),
            ));
        }
    };
    let headings: Vec<&str> = header.columns.iter().map(|c| c.heading.as_str()).take(12).collect();
    let first = header.columns.first().map_or("A1", |c| c.cell.as_str());
    let message = format!("The table on this sheet has no column headed {}. Its headings are: {}.", missing.words(), headings.join(", "));
    let mut problem = Diagnostic::new("COL-003", crate::Place::new(sheet.name.clone(), first), message)
        .suggest(format!("Head the column {}.", missing.words()))
        .expected(missing.words());
    if others_read {
        problem.severity = Severity::Warning;
    }
    Some(problem)
}

/// Three or more cells that say `Ref`, each beside something: a sheet of cards.
fn is_cards(sheet: &Sheet) -> bool {
    let refs = sheet.rows.iter().filter(|row| {
        let mut filled = row.filled();
        filled.next().is_some_and(|c| matches!(roles::role(&c.text()), Some((Role::Code, _)))) && filled.next().is_some()
    });
    refs.take(3).count() == 3
}

/// What is worth knowing about a sheet that was read.
fn remarks(sheet: &Sheet, header: &Header, layout: Layout, rows: usize, problems: &mut Vec<Diagnostic>) {
    let place = || crate::Place::sheet(&sheet.name);
    if sheet.merges.iter().any(|m| m.bottom < header.top) {
        problems.push(Diagnostic::new("STR-001", place(), "Merged title rows above the table."));
    }
    if sheet.merges.iter().any(|m| (header.top..=header.bottom).contains(&m.top) && m.right > m.left) {
        problems.push(Diagnostic::new("STR-002", sheet.place(header.top, 0), "Merged headings were read for every column they span."));
    }
    let hidden = sheet.rows.iter().filter(|row| row.hidden && row.index > header.bottom && row.filled().next().is_some());
    let hidden: Vec<u32> = hidden.map(|row| row.index + 1).collect();
    if !hidden.is_empty() && rows > 0 {
        let listed = hidden.iter().take(20).map(u32::to_string).collect::<Vec<_>>().join(", ");
        let more = if hidden.len() > 20 { format!(" and {} more", hidden.len() - 20) } else { String::new() };
        let (code, message) = if sheet.filtered {
            ("STR-014", format!("A filter is on; the rows it hides ({listed}{more}) were read."))
        } else {
            ("STR-011", format!("Hidden rows were read: {listed}{more}."))
        };
        let first = hidden.first().map_or(0, |row| row - 1);
        problems.push(Diagnostic::new(code, sheet.place(first, 0), message).suggest("Delete the rows if they should not be sent."));
    }
    for column in header.columns.iter().filter(|c| c.role.is_some_and(|r| r != Role::Known) && sheet.column_hidden(c.column)) {
        let message = format!("The hidden column {:?} was read.", column.heading);
        problems.push(Diagnostic::new("STR-012", crate::Place::new(sheet.name.clone(), column.cell.clone()), message));
    }
    if sheet.protected && layout != Layout::Template {
        problems.push(Diagnostic::new("STR-023", place(), "The sheet is protected; it was read."));
    }
    if sheet.comments > 0 {
        let message = format!("{} comments on cells were not taken.", sheet.comments);
        problems.push(Diagnostic::new("STR-021", place(), message).suggest("Write what matters in the Commentary column."));
    }
    columns(sheet, header, layout, problems);
}

fn columns(sheet: &Sheet, header: &Header, layout: Layout, problems: &mut Vec<Diagnostic>) {
    let place = |cell: &str| crate::Place::new(sheet.name.clone(), cell);
    for column in &header.columns {
        match column.role {
            None if layout != Layout::Template => {
                let message = format!("The column {:?} is none this product asks for; it was not read.", column.heading);
                problems.push(Diagnostic::new("COL-001", place(&column.cell), message));
            }
            Some(Role::Total) if layout != Layout::Template => {
                let message = format!("The column {:?} was not read: the product works such figures out itself.", column.heading);
                problems.push(Diagnostic::new("COL-004", place(&column.cell), message));
            }
            Some(role) if role.must_be_one() && column.period.is_none() && layout == Layout::Long => {
                let chosen = header.find(role);
                let rival = chosen.filter(|c| c.column != column.column && c.sureness == column.sureness);
                if let Some(chosen) = rival.filter(|_| !is_year_beside(role, &column.heading, header)) {
                    let message = format!(
                        "The columns {:?} ({}) and {:?} ({}) both say they are the {}; the first was read.",
                        chosen.heading,
                        chosen.cell,
                        column.heading,
                        column.cell,
                        role.words()
                    );
                    problems.push(Diagnostic::new("COL-002", place(&column.cell), message).suggest("Rename or delete the other column."));
                }
            }
            _ => {}
        }
    }
}

fn is_year_beside(role: Role, heading: &str, header: &Header) -> bool {
    role == Role::Period && (key(heading).contains("year") || header.find(Role::Period).is_some_and(|c| key(&c.heading).contains("year")))
}
