//! Frameworks in and out: planning, accepting, undoing and exporting them, on a database of their own.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod checks;
mod demonstration;
mod round_trip;
mod small;
mod undoing;
mod world;
