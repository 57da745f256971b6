//! Mappings: what a sender says of a workbook that does not explain itself, and what a council keeps of it.
//!
//! Promises: a mapping that was given with an import is used for that import and no other; one that is kept is tried on
//! every workbook of the council, and the import says so wherever it was used. Changing how a workbook is read makes a
//! new plan, never a change.

pub mod graphql;
pub mod mutations;
pub mod service;
pub mod store;
pub mod words;
