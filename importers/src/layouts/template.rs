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
use crate::row::{PeriodContent, Text, ValueRow};
use crate::sheet::{Book, Row, Sheet};
use crate::stamp::{Carriers, StampRow, TemplateStamp};

mod worded;

/// Whether the workbook carries the machine sheet, or at least a fingerprint.
pub(super) fn fits(book: &Book) -> bool {
    machine_sheet(book).is_some() || ((book.property.is_some() || book.defined_name.is_some()) && return_sheet(book).is_some())
}

fn machine_sheet(book: &Book) -> Option<&Sheet> {
    book.sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(TEMPLATE_SHEET))
}

pub(super) fn read(book: &Book, reading: &mut Reading, rows: &mut Gathered) {
    reading.layout = Some(Layout::Template);
    let stamp = stamp(book);
    let worded = worded::in_english(book, &stamp);
    let book = worded.as_ref().unwrap_or(book);
    carriers_agree(&stamp, &mut reading.diagnostics);
    match return_sheet(book) {
        Some((sheet, header)) => take(sheet, &header, &stamp, reading, rows),
        None => {
            let headings = RETURN.columns.iter().filter(|c| c.required).map(|c| c.heading).collect::<Vec<_>>().join(", ");
            let message = format!("The template has no sheet with the headings of its Return sheet ({headings}, Result).");
            let problem = Diagnostic::new("TPL-031", crate::Place::sheet(RETURN.name), message);
            reading.diagnostics.push(problem.suggest("Fill in the template as it was sent, or ask for it again."));
        }
    }
    reading.stamp = Some(stamp);
}

/// The sheet called Return, or whichever has most of its headings.
fn return_sheet(book: &Book) -> Option<(&Sheet, Header)> {
    let candidates = book.sheets.iter().filter(|sheet| !sheet.name.eq_ignore_ascii_case(TEMPLATE_SHEET));
    let with_header = candidates.filter_map(|sheet| header::find(sheet).map(|header| (sheet, header)));
    let inputs = |header: &Header| {
        let known: HashSet<String> = RETURN_INPUTS.iter().map(|heading| key(heading)).collect();
        header.columns.iter().filter(|c| known.contains(&key(&c.heading))).count()
    };
    with_header
        .filter(|(_, header)| header.find(Role::Code).is_some() && has_figure(header))
        .max_by_key(|(sheet, header)| (sheet.name.eq_ignore_ascii_case(RETURN.name), inputs(header)))
}

fn take(sheet: &Sheet, header: &Header, stamp: &TemplateStamp, reading: &mut Reading, rows: &mut Gathered) {
    if !sheet.name.eq_ignore_ascii_case(RETURN.name) {
        let message = format!("The Return sheet is now called {:?}; it was found by its headings.", sheet.name);
        reading.diagnostics.push(Diagnostic::new("TPL-023", crate::Place::sheet(&sheet.name), message));
    }
    let mut table = Table::new(sheet, header);
    // An indicator reported more often than the return has a row a period, all under one key.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut numbers = Vec::new();
    for body in super::body::rows(sheet, header, &super::areas::Ours::default(), &mut table.problems).rows {
        if let Some(row) = row(&mut table, body.row, stamp) {
            if let Some(key) = &row.row_key {
                *seen.entry(loose(&key.text)).or_default() += 1;
            }
            numbers.push(row.row);
            rows.push(&row);
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

fn row(table: &mut Table<'_>, row: &Row, stamp: &TemplateStamp) -> Option<ValueRow> {
    let mut out = table.keys(row, None);
    out.period = table.period(row);
    long::beside(table, row, &mut out);
    out.value = table.figure(row, Role::Value);
    let column = table.header.find(Role::Code).map_or(0, |c| c.column);
    let Some(code) = out.code.clone() else {
        if out.value.is_some() || out.commentary.is_some() {
            let problem = table.problem("TPL-022", row.index, column, "This row has no ref, so it is none of the template's.");
            problem.suggestion = Some("Write the figure in the row the template has for it.".to_owned());
        }
        return None;
    };
    let period = out.period.as_ref().map(|p| match &p.content {
        PeriodContent::Text(text) => text.clone(),
        PeriodContent::Date { date, .. } => date.to_string(),
    });
    let both = period.as_ref().map(|period| loose(&format!("{} {period}", code.text)));
    let own = loose(&code.text);
    let matched = stamp.rows.iter().find(|r| loose(&r.row_key) == own || Some(loose(&r.row_key)) == both);
    if matched.is_none() && !stamp.rows.is_empty() {
        let problem = table.problem("TPL-022", row.index, column, "This row was not in the template as it was issued.");
        problem.seen = Some(code.text.clone());
        problem.suggestion = Some("Ask for a new template, or send the figure in a workbook of its own.".to_owned());
        return None;
    }
    let row_key = matched.map_or_else(|| both.map_or_else(|| code.text.clone(), |_| code.text.clone()), |r| r.row_key.clone());
    out.row_key = Some(Box::new(Text { text: row_key, ..code.clone() }));
    // The Ref column may show the whole key, `WM01 2023/24 Q2`: what stands before the period is the code.
    if let Some(short) =
        period.and_then(|period| code.text.strip_suffix(&period).map(|c| c.trim_end().to_owned())).filter(|c| !c.is_empty())
    {
        out.code = Some(Text { text: short, ..code });
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

/// The machine sheet: a key and a value a line, then a line a row with its key, the indicator's id and a fingerprint.
fn stamp(book: &Book) -> TemplateStamp {
    let mut stamp = TemplateStamp { carriers: carriers(book), ..TemplateStamp::default() };
    let Some(sheet) = machine_sheet(book) else { return stamp };
    for row in &sheet.rows {
        let cells: Vec<String> = row.filled().map(crate::sheet::Cell::text).collect();
        let parts: Vec<&str> = cells.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [head, ..] if matches!(key(head).as_str(), "key" | "row key") => {}
            ["row", row_key, indicator, fingerprint, ..] | [row_key, indicator, fingerprint, ..] => stamp.rows.push(StampRow {
                row_key: (*row_key).to_owned(),
                indicator_id: (*indicator).to_owned(),
                fingerprint: (*fingerprint).to_owned(),
                place: row.filled().next().map(|cell| sheet.place(row.index, cell.column)),
            }),
            [name, value] => line(&mut stamp, name, value),
            _ => {}
        }
    }
    stamp
}

fn line(stamp: &mut TemplateStamp, name: &str, value: &str) {
    let value = value.to_owned();
    match key(name).as_str() {
        "schema" => stamp.schema = value,
        "council id" | "tenant id" | "tenant" => stamp.council_id = value,
        "council" | "council code" => stamp.council_code = value,
        "element id" | "return id" => stamp.element_id = value,
        "element" | "element code" => stamp.element_code = value,
        "period" | "period id" => stamp.period = value,
        "framework edition" | "edition" | "framework version" | "framework version id" => stamp.framework_edition = value,
        "issue" | "issue number" => stamp.issue = value.parse().ok(),
        "issued at" | "issued" => stamp.issued_at = value,
        "fingerprint" => stamp.fingerprint = value,
        "signature" => stamp.signature = value,
        _ => stamp.others.push((name.to_owned(), value)),
    }
}

fn carriers(book: &Book) -> Carriers {
    let words = book.sheets.first().and_then(|sheet| {
        let mut texts = sheet.rows.iter().rev().flat_map(|row| row.filled().map(crate::sheet::Cell::text));
        let text = texts.find(|text| text.to_lowercase().starts_with("template code:"))?;
        let code: String = text.split_once(':')?.1.chars().filter(char::is_ascii_alphanumeric).collect();
        (!code.is_empty()).then_some(code)
    });
    Carriers { property: book.property.clone(), defined_name: book.defined_name.clone(), words }
}

/// The sheet, the property and the defined name must say the same; words are for people and may be shortened.
fn carriers_agree(stamp: &TemplateStamp, problems: &mut Vec<Diagnostic>) {
    let place = || crate::Place::sheet(TEMPLATE_SHEET);
    let carried = [
        ("hidden sheet", Some(&stamp.fingerprint).filter(|f| !f.is_empty())),
        ("document property", stamp.carriers.property.as_ref()),
        ("defined name", stamp.carriers.defined_name.as_ref()),
    ];
    let given: HashSet<&String> = carried.iter().filter_map(|(_, value)| *value).collect();
    if given.len() > 1 {
        let message = "The places that carry the template's fingerprint disagree: parts of two templates were put together.";
        problems.push(Diagnostic::new("TPL-002", place(), message).suggest("Ask for the template again and fill that in."));
        return;
    }
    for (name, _) in carried.iter().filter(|(_, value)| value.is_none()) {
        problems.push(Diagnostic::new("TPL-001", place(), format!("The template's {name} no longer carries its fingerprint.")));
    }
}
