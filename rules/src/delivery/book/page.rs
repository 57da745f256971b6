//! The delivery workbook and its rules as a page for people.

use std::fmt::Write;

use super::{CODES, RecordKind, Weight};
use crate::delivery::rights;
use crate::permission::Permission;

const PREFACE: &str = "# Plans, programmes, risks, money and assessments

This page is printed from what the program itself reads and writes by; a test fails when the two differ. Do not edit it.

A delivery workbook has a sheet for each kind of record; any of them may be left out, and any may stand in a framework workbook. Sheets
and columns are found by their names, whatever their order. `deliveryExport` gives it out filled or blank, for the council or for one
element with all below it (a service plan, the corporate plan); imported as it is, it changes nothing. The same can be told record by
record: `actionRecord`, `riskRecord` and so on.

What is told is never overwritten: a row that says something else is a new telling, and what was told before stays readable
(`history`, `delivery(asAt:)`). Sheets with a column *As at* are told of again and again: the day says which telling is the later.
What is held and not in a workbook stays as it is.

";

/// The page as Markdown, the same bytes every time.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(PREFACE);
    for kind in RecordKind::ALL {
        sheet(&mut page, *kind);
    }
    page.push_str("## What is found\n\nBeside the findings of every workbook (`diagnosticCodes` lists all).\n\n");
    page.push_str("| Code | Weight | What it says |\n|---|---|---|\n");
    for (code, weight, meaning) in CODES {
        let weight = match weight {
            Weight::Error => "the row is refused",
            Weight::Warning => "to be acknowledged",
            Weight::Note => "for information",
        };
        line(&mut page, format_args!("| {code} | {weight} | {meaning} |"));
    }
    page
}

fn sheet(page: &mut String, kind: RecordKind) {
    let words = |permission: &Permission| permission.words().to_lowercase();
    let recorders: Vec<String> = rights::of_kind(kind).iter().map(words).collect();
    line(page, format_args!("## {}\n", kind.spec().name));
    line(page, format_args!("Read by whoever may {}; told by whoever may {}.\n", words(&rights::reads(kind)), recorders.join(", or ")));
    page.push_str("| Column | Needed | Takes | What it says |\n|---|---|---|---|\n");
    for column in kind.told() {
        let needed = if column.required { "yes" } else { "" };
        line(page, format_args!("| {} | {needed} | {} | {} |", column.heading, column.takes, column.about));
    }
    page.push('\n');
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "{words}");
}
