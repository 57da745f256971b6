//! Councils: the tenants. Everything of one hangs under its `Council`.
//!
//! Promises: a council that is absent and one that is not yours look the same.

pub mod brand;
pub mod graphql;
pub mod mutations;
pub mod operator;
pub mod service;
