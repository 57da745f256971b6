//! Planning a framework: elements, indicators, links, targets, rules, periods and forums of one edition.
//!
//! Promises: rows are compared by key with what the council holds; what is wrong is said at its cell, and takes down
//! only what depends on it; what is held and not in the workbook is kept. Accepting applies the stored rows of the plan
//! exactly, or nothing when the council has moved on; undoing brings back what stood before.

mod apply;
mod check;
pub mod diff;
mod plan;
mod rows;
mod sheet;
mod step;
mod undo;
mod write;

pub use apply::apply;
pub use plan::plan;
pub use undo::undo;
pub use write::{Rows, Writer};
