//! The life of a question (`domain.md` §7): RECORDED → ASSIGNED → ANSWERED → ACCEPTED, or RETURNED and answered again;
//! WITHDRAWN at any time before it is accepted. Recommendations and calls for information live the same life.
//!
//! One table, [`STEPS`], holds every act that moves a question: from which states, to which, by whom, and what has to come
//! with it; [`recorders`] says who puts one on record, [`Keeper`] who follows it up. Whoever answers neither asks nor
//! accepts ([`crate::permission::separated`]). [`page`] prints all of it for people who do not read code.

mod page;
mod table;

#[cfg(test)]
mod tests;

pub use page::page;
pub use table::{Act, By, Keeper, Kind, Needs, Refused, STEPS, State, Step, overdue, recorders, refused, step, steps_from};
