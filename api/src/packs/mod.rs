//! Packs.
pub mod graphql;
pub mod job;
