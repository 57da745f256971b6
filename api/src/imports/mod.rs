//! Workbooks in: an import is a plan before it is a change.
//!
//! Promises: the preview is the plan, accepting applies exactly it in one transaction or nothing, the same file
//! twice changes nothing, and what was accepted can be undone without losing what a person corrected since.

pub mod annotated;
mod decided;
pub mod decisions;
pub mod entry;
pub mod graphql;
pub mod handover;
mod history;
pub mod job;
pub mod mappings;
mod mutations;
mod names;
mod outcomes;
pub mod pace;
mod places;
pub mod plan;
mod progress;
pub mod reader;
pub mod service;
pub mod store;
pub mod verbs;
