//! Indicators: what is measured, who answers for it, and its figures through time.
//!
//! Promises: the indicators of one page fetch their series together, in a fixed number of statements.

pub mod graphql;
