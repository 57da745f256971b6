//! Plausibility on entry: what is asked back before a figure is taken (`domain.md` §5.11).
//!
//! One file a rule, each with the reason for it. An ERROR cannot be taken; a WARNING is taken when the submitter
//! says so. A rule that needs something the entry lacks (a target, history) says nothing. Codes are never reused.

mod count_not_whole;
mod cumulative_falls;
mod entry;
mod jump;
mod numerator_above_denominator;
mod out_of_range;
mod pasted_column;
mod ratio_disagrees;
mod same_again;
mod sudden_zero;
mod target_implausible;
mod target_scale;

pub use entry::{Entry, Finding, Severity, check};
pub use pasted_column::check_column;
