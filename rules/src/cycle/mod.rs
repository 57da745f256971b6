//! The life of a return (`domain.md` §4): OPEN → SUBMITTED → ASSURED → APPROVED → PUBLISHED, and QUERIED back; and from
//! APPROVED once more for figures whose data come later, without opening what was approved.
//!
//! One table, [`STEPS`], holds every act that moves a return: from which states, to which, by which permission, and what
//! has to come with it. What locks the figures of a return, and how they take changes again, follows from it
//! ([`lock`]); [`page`] prints it for people who do not read code. Who did an earlier step does not do a later one where
//! [`crate::permission::separated`] says so ([`refused`]).

mod owed;
mod page;
mod table;

#[cfg(test)]
mod tests;

pub use owed::{Entry, Missing, owed};
pub use page::page;
pub use table::{Act, Lock, Needs, Refused, STEPS, State, Step, Stood, is_approved, lock, refused, step, steps_from, takes, takes_figures};
