//! The life of a proposed target (`domain.md` §3; seed 001): the service manager proposes, the director recommends, the
//! portfolio holder reviews, scrutiny comments, and a decision on record approves or refuses.
//!
//! One table, [`STEPS`], holds every act that moves a proposal: from which state, to which, by which permission, and what has
//! to come with it. [`SKIPS`] says which states may be left out and why. Who proposed does none of the later steps
//! ([`refused`], [`crate::permission::separated`]). [`page`] prints all of it for people who do not read code.

mod page;
mod table;

#[cfg(test)]
mod tests;

pub use page::page;
pub use table::{
    Act, Evidence, FIRST, Needs, Refused, SKIPS, STEPS, Skip, State, Step, is_before_scrutiny, is_open, reaches_back, refused, step,
    steps_from,
};
