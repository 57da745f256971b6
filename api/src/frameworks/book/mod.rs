//! One framework edition as the rows of its workbook: what an export writes and an import compares.
//!
//! Promises: the whole edition in a fixed number of statements and a stable order, so that exporting it, reading the
//! workbook and planning it again finds nothing to change. Rows come with the ids of what holds them, for whoever
//! writes.

mod definition;
mod held;
mod load;

pub use definition::{Recorded, context_of, version_of as indicator_version};
pub use held::{ElementIds, Held, HeldFramework, IndicatorIds, Naming, Placement};
pub use load::{Which, held, load, load_by_label};
