//! The audit trail: who did what, in which role, and when. Written in the transaction of what it tells of; the
//! database itself refuses to change or delete an event.
//!
//! Promises: the events of a council are numbered from one without a gap; each carries a hash over itself and the hash
//! of the one before ([`chain`]), sealed with the service's key. Where the chain ends is kept apart, sealed too. So
//! whoever may write to the database but has not the key can neither change, add, move nor drop an event unseen
//! ([`verify`]); a whole database put back to an earlier state is told by a head that was noted elsewhere. What a reader
//! may see succeeds without a word here; what is refused is recorded ([`refusals`]), and every file that leaves.

pub mod chain;
pub mod downloads;
pub mod export;
pub mod findings;
pub mod graphql;
pub mod record;
pub mod refusals;
pub mod store;
pub mod verify;

#[cfg(test)]
mod tests;

pub use record::{Behind, Event, Outcome, head, record, record_of, seal, state};
