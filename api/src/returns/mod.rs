//! Returns: what a service owes for a reporting period. Which there are and where each stands, what people do with them, the
//! template a service fills in, and the periods that take figures.
//!
//! Promises: a return is there without anybody making it; what moves it is the table of `rules::cycle` and nothing else; of
//! several acts at once exactly one is done; what was approved is kept as it was; a template asks for exactly the figures that fall due in its period; each issue is on record with its
//! fingerprint, so that a stale copy is told from a current one; a closed period hands out no template.

mod acts;
pub mod book;
pub mod claims;
pub mod derive;
mod figures;
pub mod graphql;
pub mod locks;
pub mod periods;
pub mod retired;
pub mod schedule;
pub mod service;
pub(crate) mod store;
mod verbs;
pub mod whose;
pub mod workflow;

#[cfg(test)]
mod tests;
