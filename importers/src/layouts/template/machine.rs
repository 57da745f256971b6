//! The machine sheet and the other places that carry a template's fingerprint.

use std::collections::HashSet;

use rules::workbook::TEMPLATE_SHEET;

use super::key;
use crate::diagnostic::Diagnostic;
use crate::sheet::Book;
use crate::stamp::{Carriers, StampRow, TemplateStamp};

/// The machine sheet: a key and a value a line, then a line a row with its key, the indicator's id and a fingerprint.
pub(super) fn stamp(book: &Book) -> TemplateStamp {
    let mut stamp = TemplateStamp { carriers: carriers(book), ..TemplateStamp::default() };
    let Some(sheet) = super::machine_sheet(book) else { return stamp };
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
pub(super) fn carriers_agree(stamp: &TemplateStamp, problems: &mut Vec<Diagnostic>) {
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
