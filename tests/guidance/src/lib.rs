//! The rules a published workbook keeps, each a question to the parts of the file.
//!
//! They are those of the Government Analysis Function's guidance on accessible spreadsheets, with the council's own for
//! print and for safety: 78 in all, in groups K (the package), D (the document), S (its structure), T (tables), N (notes),
//! F (formatting) and P (print). What is read is the file as it lies there, not what the writer meant: nothing of the
//! product is known here. Tests of every room ask the same rules, whether a workbook comes from the exporters or through
//! the front door.

mod area;
mod book;
mod cells;
mod colour;
mod drawing;
mod links;
mod package;
mod rules;
mod sheet;
mod style;
mod table;
mod words;
mod xml;

pub use area::{Area, address};
pub use book::Book;
pub use cells::{Cell, Kind};
pub use rules::{RULES, Rule};
pub use sheet::Sheet;
pub use style::Style;
pub use table::Table;
pub use words::is_date;

/// What one rule found.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The rule.
    pub rule: &'static Rule,
    /// Where it is broken and how; empty where it is kept.
    pub at: Vec<String>,
}

/// Asks every rule of a workbook that bears this file name. A file that cannot be read answers K01 alone.
#[must_use]
pub fn check(name: &str, bytes: &[u8]) -> Vec<Verdict> {
    match Book::open(name, bytes) {
        Ok(book) => RULES.iter().map(|rule| Verdict { rule, at: (rule.ask)(&book) }).collect(),
        Err(why) => vec![Verdict { rule: &RULES[0], at: vec![why] }],
    }
}

/// Ids of the rules a workbook breaks, in order.
#[must_use]
pub fn broken(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    check(name, bytes).iter().filter(|verdict| !verdict.at.is_empty()).map(|verdict| verdict.rule.id).collect()
}

/// Asserts that a workbook keeps every rule but these, each of which it must break.
///
/// # Panics
/// With the places at fault, when it breaks others or keeps one of these.
pub fn assert_kept_but(name: &str, bytes: &[u8], excepted: &[&str]) {
    let found = check(name, bytes);
    let broken: Vec<&Verdict> = found.iter().filter(|verdict| !verdict.at.is_empty()).collect();
    let ids: Vec<&str> = broken.iter().map(|verdict| verdict.rule.id).collect();
    let said: Vec<String> = broken
        .iter()
        .map(|v| format!("{} {}\n    {}", v.rule.id, v.rule.says, v.at.iter().take(5).cloned().collect::<Vec<_>>().join("\n    ")))
        .collect();
    assert_eq!(ids, excepted, "{name}\n{}", said.join("\n"));
}

/// Asserts that a workbook keeps every rule.
///
/// # Panics
/// With the places at fault.
pub fn assert_kept(name: &str, bytes: &[u8]) {
    assert_kept_but(name, bytes, &[]);
}
