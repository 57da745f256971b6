//! What a council takes away: its framework as a workbook that imports back unchanged, and its figures as data.
//!
//! Promises: an export holds what its reader may read and nothing else, decided before a row is written; figures are
//! judged by the function every other reader's are; rows go from the database to the file one by one, so that neither
//! memory nor the number of statements grows with them; that it was made stands in the trail.

pub mod data;
pub mod framework;
mod gather;
pub mod graphql;
mod rows;
mod write;

/// A file that was made and kept.
pub struct Exported {
    pub storage_key: String,
    pub file_name: String,
    /// What the trail calls it.
    pub subject: String,
    /// Rows of data; of a framework, none is counted.
    pub rows: usize,
}
