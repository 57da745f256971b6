//! People of a council and the roles they hold.
//!
//! Promises: a grant is dated, is withdrawn and never deleted, and works from the next request on. Nobody gives a role to
//! themself, and a council never loses its last administrator. Who may do what to a thing, on any day, is one question
//! with one answer: [`Eligible::able`] and an actor's scope are worked out by the same code.

mod cover;
pub mod effective;
pub mod grants;
pub mod graphql;
pub mod holders;
pub mod mutations;
pub mod naming;
pub mod operators;
pub mod person;
pub mod roles;
pub mod service;
pub mod store;
pub mod target;
pub mod verbs;
pub mod viewer;

pub use holders::{Able, Eligible};
