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
pub mod areas;
pub mod benchmark;
pub mod catalogue;
mod counter;
pub mod delivery;
pub mod diagnostic;
pub mod figure;
pub mod framework;
mod layouts;
mod list;
pub mod mapping;
mod merges;
pub mod neighbours;
mod open;
mod reading;
mod row;
mod rows;
mod sheet;
mod stamp;
mod watch;
pub mod words;

pub use address::Place;
pub use diagnostic::{Diagnostic, Severity};
pub use mapping::{Mapping, Settings, TableRead};
pub use reading::{Format, Layout, Limits, Reading};
pub use row::{Content, DateCell, PercentAs, PeriodCell, PeriodContent, RawCell, Scale, Text, TextKind, ValueRow};
pub use rows::{NoRow, Rows};
pub use stamp::{Carriers, StampRow, TemplateStamp};

use watch::Watch;

/// Reads a workbook of any layout. Problems are diagnostics of the reading, whatever the bytes are.
///
/// `file_name` is only used in messages and, for a .csv, as the name of its one sheet: what a file is, its bytes say.
#[must_use]
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Reading {
    read_with(bytes, file_name, limits, &Settings::default())
}

/// A document property of a workbook, by its name: what a document of ours says of itself wherever it has been. None where
/// there is none, or the file cannot be opened within limits. No cell is read.
#[must_use]
pub fn property(bytes: &[u8], name: &str, limits: &Limits) -> Option<String> {
    open::property(bytes, name, limits)
}

/// Reads a workbook as [`read`] does, told whose figures are wanted and how tables are to be read that do not explain
/// themselves.
#[must_use]
pub fn read_with(bytes: &[u8], file_name: &str, limits: &Limits, settings: &Settings) -> Reading {
    let (mut reading, rows) = read_watched(bytes, file_name, limits, settings, &|_| ());
    // They were packed a moment ago: all of them are rows.
    reading.values = rows.iter().filter_map(Result::ok).collect();
    reading
}

/// Reads a workbook as [`read_with`] does; the reading's rows of figures come apart from it, packed, because there may be
/// two hundred thousand. `told` hears how much of it is done, in hundredths: each once, rising, 100 at the end.
#[must_use]
pub fn read_watched(bytes: &[u8], file_name: &str, limits: &Limits, settings: &Settings, told: &dyn Fn(usize)) -> (Reading, Rows) {
    let watch = Watch::new(told);
    let (mut reading, rows) = match open::open_watched(bytes, file_name, limits, &watch) {
        Ok(book) => {
            watch.tell(watch::OPENED);
            layouts::read(&book, settings, &watch)
        }
        Err((format, refusal)) => (Reading { format, diagnostics: vec![*refusal], ..Reading::default() }, Rows::default()),
    };
    reading.diagnostics = diagnostic::merge(reading.diagnostics);
    watch.tell(watch::DONE);
    (reading, rows)
}
