//! Figures entered without a workbook: an import like any other, of the layout `ENTRY`.
//!
//! Promises: what is entered goes through the same plan, checks, acknowledgements, acceptance and undoing as the rows of a
//! workbook do, and what was sent is kept as it was sent. Nothing is uploaded and no child process reads anything: planned
//! and accepted in one request and one transaction, or nothing of it happened.

mod figure;
pub mod graphql;
pub mod store;
pub mod told;

pub use figure::{Action, FIGURES_MAX, Figure, SHEET, field_of, rows};

use entity::import;
use importers::Layout;

/// Whether an import is of figures that were entered without a workbook.
pub fn is_entry(row: &import::Model) -> bool {
    row.layout.as_deref() == Some(Layout::Entry.code())
}
