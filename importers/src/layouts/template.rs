//! TEMPLATE: a return template of ours, filled in. Rows are found by their keys and columns by their headings, so that
//! a sorted or rearranged template still matches.

use std::collections::{HashMap, HashSet};

use rules::workbook::{RETURN, RETURN_INPUTS, TEMPLATE_SHEET};

use super::build::Table;
use super::gathered::Gathered;
use super::groups::has_figure;
use super::header::{self, Header};
use super::long;
use super::roles::Role;
use super::spelled::key;
use crate::diagnostic::Diagnostic;
use crate::reading::{Layout, Reading};
use crate::row::ValueRow;
use crate::sheet::{Book, Row, Sheet};
use crate::stamp::TemplateStamp;

mod keyed;
mod machine;
mod prefilled;
mod worded;

/// Whether the workbook carries the machine sheet, or at least a fingerprint.
pub(super) fn fits(book: &Book) -> bool {
    machine_sheet(book).is_some() || ((book.property.is_some() || book.defined_name.is_some()) && return_sheet(book, RETURN.name).is_some())
}

fn machine_sheet(book: &Book) -> Option<&Sheet> {
    book.sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(TEMPLATE_SHEET))
}

pub(super) fn read(book: &Book, reading: &mut Reading, rows: &mut Gathered) {
    reading.layout = Some(Layout::Template);
    let stamp = machine::stamp(book);
    let worded = worded::in_english(book, &stamp);
    let as_sent = book;
    let book = worded.as_ref().unwrap_or(book);
    machine::carriers_agree(&stamp, &mut reading.diagnostics);
    match return_sheet(book, worded::called(&stamp)) {
        Some((sheet, header)) => {
            let as_sent = as_sent.sheets.get(book.sheets.iter().position(|other| std::ptr::eq(other, sheet)).unwrap_or(usize::MAX));
            let printed = prefilled::Printed::of(as_sent.unwrap_or(sheet), &header, machine_sheet(book));
            take((sheet, &header), &stamp, &printed, reading, rows);
        }
        None => {
            let headings = RETURN.columns.iter().filter(|c| c.required).map(|c| c.heading).collect::<Vec<_>>().join(", ");
            let message = format!("The template has no sheet with the headings of its Return sheet ({headings}, Result).");
            let problem = Diagnostic::new("TPL-031", crate::Place::sheet(RETURN.name), message);
            reading.diagnostics.push(problem.suggest("Fill in the template as it was sent, or ask for it again."));
        }
    }
    reading.stamp = Some(stamp);
}

/// The sheet called Return, by the name the template has for it, or whichever has most of its headings.
fn return_sheet<'a>(book: &'a Book, called: &str) -> Option<(&'a Sheet, Header)> {
    let candidates = book.sheets.iter().filter(|sheet| !sheet.name.eq_ignore_ascii_case(TEMPLATE_SHEET));
    let with_header = candidates.filter_map(|sheet| header::find(sheet).map(|header| (sheet, header)));
    let inputs = |header: &Header| {
        let known: HashSet<String> = RETURN_INPUTS.iter().map(|heading| key(heading)).collect();
        header.columns.iter().filter(|c| known.contains(&key(&c.heading))).count()
    };
    with_header
        .filter(|(_, header)| header.find(Role::Code).is_some() && has_figure(header))
        .max_by_key(|(sheet, header)| (called_so(sheet, called), inputs(header)))
}

fn called_so(sheet: &Sheet, called: &str) -> bool {
    sheet.name.trim().to_lowercase() == called.trim().to_lowercase()
}

fn take(
    (sheet, header): (&Sheet, &Header),
    stamp: &TemplateStamp,
    printed: &prefilled::Printed<'_>,
    reading: &mut Reading,
    rows: &mut Gathered,
) {
    if !called_so(sheet, worded::called(stamp)) {
        let message = format!("The Return sheet is now called {:?}; it was found by its headings.", sheet.name);
        reading.diagnostics.push(Diagnostic::new("TPL-023", crate::Place::sheet(&sheet.name), message));
    }
    rearranged(sheet, header, &mut reading.diagnostics);
    let mut table = Table::new(sheet, header);
    // An indicator reported more often than the return has a row a period, all under one key.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut numbers = Vec::new();
    for body in super::body::rows(sheet, header, &super::areas::Ours::default(), &mut table.problems).rows {
        if let Some(row) = row(&mut table, body.row, stamp, printed) {
            if let Some(key) = &row.row_key {
                *seen.entry(loose(&key.text)).or_default() += 1;
            }
            numbers.push(row.row);
            rows.take(&row);
        }
    }
    super::remarks::remarks(sheet, header, Layout::Template, &numbers, false, &mut reading.diagnostics);
    reading.diagnostics.append(&mut table.problems);
    for missing in &stamp.rows {
        if let Some(left) = seen.get_mut(&loose(&missing.row_key)).filter(|left| **left > 0) {
            *left -= 1;
            continue;
        }
        let message = format!("The row {} of the template is missing from the Return sheet.", missing.row_key);
        let place = crate::Place::sheet(&sheet.name);
        reading.diagnostics.push(Diagnostic::new("TPL-021", place, message).seen(&missing.row_key));
    }
    super::duplicates::resolve(rows, &mut reading.diagnostics);
}

/// Says that the protection was taken off, and that columns do not stand as they did (TPL-023).
fn rearranged(sheet: &Sheet, header: &Header, problems: &mut Vec<Diagnostic>) {
    let place = || crate::Place::sheet(&sheet.name);
    if !sheet.protected {
        problems.push(Diagnostic::new(
            "TPL-023",
            place(),
            "The protection of the Return sheet was taken off; its cells were read as they stand.",
        ));
    }
    let ours: Vec<String> = RETURN.columns.iter().map(|column| key(column.heading)).collect();
    let found: Vec<usize> = header.columns.iter().filter_map(|c| ours.iter().position(|heading| *heading == key(&c.heading))).collect();
    let others = header.columns.iter().filter(|c| !c.heading.is_empty()).count() > found.len();
    if others || found.windows(2).any(|pair| pair[0] >= pair[1]) {
        let message = "Columns of the Return sheet were moved, added or renamed; each was found by its heading.";
        problems.push(Diagnostic::new("TPL-023", place(), message));
    }
}

fn row(table: &mut Table<'_>, row: &Row, stamp: &TemplateStamp, printed: &prefilled::Printed<'_>) -> Option<ValueRow> {
    let mut out = table.keys(row, None);
    out.period = table.period(row);
    long::beside(table, row, &mut out);
    out.value = table.figure(row, Role::Value);
    let Some(code) = out.code.clone() else {
        if out.value.is_some() || out.commentary.is_some() {
            let column = table.header.find(Role::Code).map_or(0, |c| c.column);
            let problem = table.problem("TPL-022", row.index, column, "This row has no ref, so it is none of the template's.");
            problem.suggestion = Some("Write the figure in the row the template has for it.".to_owned());
        }
        return None;
    };
    keyed::find(table, row, stamp, code, &mut out)?;
    if let Some(key) = &out.row_key {
        printed.compare(row, &key.text, &mut table.problems);
    }
    answered(table, row, &out);
    Some(out)
}

/// A result, both parts of one, or a reason. The row is given either way: it may still hold commentary.
fn answered(table: &mut Table<'_>, row: &Row, out: &ValueRow) {
    let ratio = out.numerator.is_some() && out.denominator.is_some();
    if out.value.is_none() && !ratio && out.absence_reason.is_none() {
        let column = table.header.find(Role::Value).map_or(0, |c| c.column);
        let problem = table.problem("TPL-024", row.index, column, "There is no result in this row, and no reason why.");
        problem.suggestion = Some("Type the result, or choose a reason under \"If no result, why\".".to_owned());
    }
}

fn loose(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
