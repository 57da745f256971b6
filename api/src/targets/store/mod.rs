//! The statements that read and write proposals and the targets they become.

mod history;
mod read;
mod write;

pub use history::{Decided as DecisionOf, Entry, history};
pub use read::{Filter, RowEntry, StepEntry, count, find, open_of, page, rows, seats, steps};
pub use write::{Decided, insert, move_on, record_step, record_targets, write_rows};
