//! Returns: what a service owes for a reporting period. The template it fills in, and the periods that take figures.
//!
//! Promises: a template asks for exactly the figures that fall due in its period; each issue is on record with its
//! fingerprint, so that a stale copy is told from a current one; a closed period hands out no template.

pub mod graphql;
pub mod periods;
pub mod service;
mod store;
pub mod workflow;

#[cfg(test)]
mod tests;
