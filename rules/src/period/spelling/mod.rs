//! How periods are written in workbooks and queries, and what each spelling means.
//!
//! People write a quarter in twenty ways. This reads every spelling that can mean only one thing, reads with a
//! [`Remark`] those that could mean another, and refuses the rest with a [`Refusal`] that says what to type: it
//! never guesses in silence. Codes are those of the importers' catalogue and are never reused. [`read`] takes
//! text, [`read_date`] a real date cell, and [`Reading::for_indicator`] settles which of an indicator's own
//! periods was meant. Text is untrusted: it is capped, and no spelling can make this panic.

mod base;
mod canonical;
mod dates;
mod heading;
mod numbers;
mod parts;
mod reading;
mod scan;
mod settle;
mod several;
mod split;
mod tokens;

#[cfg(test)]
mod tests;

pub use canonical::UnreadablePeriod;
pub use dates::read_date;
pub use heading::{looks_like_period, names_target};
pub use reading::{Context, NamedBy, Reading, Refusal, Remark, check_in_reach};
pub use settle::read;
pub use split::{find_period, split_period};

/// The longest spelling that is looked at, in characters.
pub const SPELLING_CHARS_MAX: usize = 120;
