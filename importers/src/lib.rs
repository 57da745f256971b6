//! Workbook bytes in; typed rows and cell-addressed diagnostics out.
//!
//! [`read`] opens a file safely, recognises its layout and gives every row it could make out, with a
//! [`Diagnostic`] for everything it could not. It never panics and never fails as a whole without saying why.
//! What a cell means for an indicator is asked afterwards, once the caller knows the unit: [`figure::interpret`].
//!
//! Pure: no clock, no files, no environment; the same bytes give the same reading. The caller still runs it in a
//! child process with a memory and a time limit, because .xls files go through a reader that can loop.
#![deny(missing_docs)]

mod address;
pub mod annotate;
mod counter;
pub mod diagnostic;
pub mod figure;
pub mod framework;
mod layouts;
pub mod mapping;
mod merges;
mod open;
mod reading;
mod row;
mod rows;
mod sheet;
mod stamp;
pub mod words;

pub use address::Place;
pub use diagnostic::{Diagnostic, Severity};
pub use mapping::{Mapping, Settings, TableRead};
pub use reading::{Format, Layout, Limits, Reading};
pub use row::{Content, DateCell, PercentAs, PeriodCell, PeriodContent, RawCell, Scale, Text, TextKind, ValueRow};
pub use rows::{NoRow, Rows};
pub use stamp::{Carriers, StampRow, TemplateStamp};

/// Reads a workbook of any layout. Problems are diagnostics of the reading, whatever the bytes are.
///
/// `file_name` is only used in messages and, for a .csv, as the name of its one sheet: what a file is, its bytes say.
#[must_use]
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Reading {
    read_with(bytes, file_name, limits, &Settings::default())
}

/// Reads a workbook as [`read`] does, told whose figures are wanted and how tables are to be read that do not explain
/// themselves.
#[must_use]
pub fn read_with(bytes: &[u8], file_name: &str, limits: &Limits, settings: &Settings) -> Reading {
    let mut reading = match open::open(bytes, file_name, limits) {
        Ok(book) => layouts::read(&book, settings),
        Err((format, refusal)) => Reading { format, diagnostics: vec![*refusal], ..Reading::default() },
    };
    reading.diagnostics = diagnostic::merge(reading.diagnostics);
    reading
}
