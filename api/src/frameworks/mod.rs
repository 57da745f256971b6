//! A council's framework: its editions, the elements of the three levels and where they stand on a day, the links of
//! the golden thread, and the indicators with their owners and outcomes.
//!
//! Promises: one [`Catalogue`] is read in a fixed number of statements however large the framework; what stood
//! elsewhere on another day reads as it stood.

pub mod archive;
pub mod batch;
pub mod book;
pub mod catalogue;
pub mod graphql;
mod reigns;
pub mod service;
pub mod sight;
pub mod store;

pub use catalogue::{Catalogue, Edition, Element, IndicatorEntry};
