//! Forums: the bodies figures go to, in the order they get there.

pub mod graphql;
pub mod store;
