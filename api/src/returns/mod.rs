//! Returns.
pub mod graphql;
