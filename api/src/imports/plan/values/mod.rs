//! Planning figures: what a workbook's rows would change in what the council holds, and doing or undoing it.
//!
//! [`plan`] matches every row to an indicator and a period, understands its cells by the indicator's unit, checks
//! them and compares them with what is held; it writes nothing. [`apply`] does exactly what a stored plan says or
//! nothing, [`undo`] takes back what an import wrote and nobody has touched since. All three send a fixed number of
//! statements, however many rows there are. Nothing ambiguous is guessed, and blank cells never wipe what is held.

mod apply;
mod area;
mod beside;
mod check;
mod compare;
mod dropped;
mod entered;
pub mod given;
mod held;
mod known;
mod match_rows;
mod periods;
mod plan;
mod row;
mod stale;
mod template;
mod twice;
mod undo;
mod unit;
mod words;

pub use apply::apply;
pub use plan::{Asked, plan};
pub use row::{HeldRow, ObservationRow};
pub use undo::undo;

#[cfg(test)]
mod tests;
