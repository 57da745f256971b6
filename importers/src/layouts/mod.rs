//! Recognising how a workbook is laid out, and reading it that way.
//!
//! Our own workbooks come first: a return template, a framework, a delivery workbook. Everything else is tables, and all tables are one
//! thing: a figure needs an indicator, a period and a value, and each stands in a column of its row, in the heading of
//! its column, in a title, or in a mapping. `search` finds the tables of a sheet, `heading` and `content` say what their
//! columns hold, `mapped` lets a mapping say it, `groups` puts columns together to figures, `body` goes down the rows,
//! and `table` makes figures of them and says what was taken for what.

use self::areas::Ours;
use self::gathered::Gathered;
use super::{delivery, framework};
use crate::diagnostic::Diagnostic;
use crate::mapping::Settings;
use crate::reading::Reading;
use crate::rows::Rows;
use crate::sheet::Book;
use crate::watch::Watch;

mod across;
mod areas;
mod authorities;
mod beside;
mod block;
mod body;
pub(crate) mod build;
mod content;
mod context;
mod dated;
mod disagree;
mod duplicates;
mod ending;
mod gathered;
mod groups;
pub(crate) mod header;
mod heading;
mod held_back;
mod kept;
mod left_over;
mod long;
mod mapped;
mod matched;
mod national;
mod near;
mod passed;
mod qualified;
mod remarks;
mod roles;
mod search;
mod sink;
mod spelled;
mod table;
mod tables;
mod template;
mod timed;
mod told;
mod units;
mod unread;

pub(crate) use national::read as read_everybody;
pub(crate) use spelled::{heading_key, key};

/// Reads an opened workbook; its rows of figures come apart, packed.
pub(crate) fn read(book: &Book, settings: &Settings, watch: &Watch<'_>) -> (Reading, Rows) {
    let mut rows = Gathered::default();
    let mut reading = Reading { format: Some(book.format), ..Reading::default() };
    reading.diagnostics.extend(book.diagnostics.iter().cloned());
    let ours = template::fits(book) || framework::fits(book) || delivery::fits(book);
    if ours && settings.mapping.is_some() {
        let message =
            "The mapping sent with this workbook was not used: a template, a framework or a delivery workbook says itself how it is read.";
        let problem = Diagnostic::new("MAP-008", crate::Place::file(), message);
        reading.diagnostics.push(problem.suggest("Send the workbook without a mapping, or the figures in a workbook of their own."));
    }
    if template::fits(book) {
        template::read(book, &mut reading, &mut rows);
    } else if framework::fits(book) {
        framework::read(book, &mut reading);
        delivery::read(book, &mut reading);
    } else if delivery::fits(book) {
        delivery::read(book, &mut reading);
        delivery::tell_others(book, &mut reading);
    } else {
        tables::read(book, settings, &Ours::new(settings.own.as_ref()), (&mut reading, &mut rows), watch);
        duplicates::resolve(&mut rows, &mut reading.diagnostics);
    }
    let rows = rows.finish().unwrap_or_else(|why| {
        let message = format!("The rows of this workbook cannot be handed on: {why}.");
        reading.diagnostics.push(Diagnostic::new("FIL-012", crate::Place::file(), message));
        Rows::default()
    });
    (reading, rows)
}
