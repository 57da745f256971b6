//! Packs: the workbook for a forum's meeting, made once from the figures as at the instant it was asked for, kept by
//! its SHA-256, and never made again.
//!
//! Promises: a pack that is READY never changes; one asked for twice is two documents; gathering reads one state of
//! the council in a fixed number of statements, however many indicators it prints; every figure is judged by
//! `values::judged`, as the scorecard's are.

mod asked;
mod changes;
mod checks;
mod compared;
mod delivery;
pub mod figures;
pub mod gather;
pub mod graphql;
pub mod job;
mod look;
pub mod remit;
pub mod service;
pub mod sight;
pub mod state;
mod status_words;
mod store;
pub mod verify;

#[cfg(test)]
pub(crate) mod tests;
