//! People of a council and the roles they hold.
//!
//! Promises: a grant is dated, is withdrawn and never deleted, and works from the next request on.

pub mod graphql;
pub mod operators;
pub mod service;
