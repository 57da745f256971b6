//! Workbooks out: committee packs, return templates, frameworks, records of delivery, the problems of an import and the audit trail.
//!
//! Plain data in, the bytes of a workbook out. The same data gives the same bytes: times are given, never read.
//! Every pack obeys the Analysis Function's guidance on accessible spreadsheets.
#![deny(missing_docs)]

mod asked;
mod book;
pub mod brand;
mod charts;
pub mod copied;
pub mod data;
pub mod delivery;
mod error;
mod figures;
mod fit;
pub mod framework;
pub mod language;
pub mod pack;
mod patch;
pub mod problems;
mod reading;
pub mod reminder;
mod rows;
mod sentences;
mod sheet;
mod sheets;
mod style;
mod table;
pub mod template;
mod text;
pub mod trail;
mod wording;

pub use brand::Brand;
pub use error::RenderError;
pub use language::{Language, LanguageError};
