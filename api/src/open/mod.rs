//! What the public may read, as tables for machines: `/open/{council}/indicators.csv`, `…/indicators/{ref}.csv`, the same
//! as `.json`, and `metadata.json` that says what their columns hold (CSV on the Web).
//!
//! Promises: nothing but published figures is ever read here, each as it read when it was published; drafts, later
//! corrections and withdrawn figures are not in the rows this slice can see. A council that has published nothing has
//! empty tables. Who asks makes no difference to the answer.

pub mod metadata;
pub mod store;
pub mod tables;

pub use tables::{File, Media, Table, table};
