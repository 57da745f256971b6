//! Sign-in with a council's own directory: OpenID Connect bearer tokens from the identity provider it runs or rents.
//!
//! Promises: a token is taken only from a provider the council's administrator entered, for the audience entered with
//! it, signed with one of the algorithms pinned there by a key the provider publishes now, and in its time. It lets in
//! a person the council has, known by the token's subject or by a verified address, and nobody else. Groups bring and
//! take roles only as the council mapped them. Whatever is wrong, the answer is the same.
//!
//! An administrator types an address and this service goes there: [`crate::reach`] says where it may go.

pub mod cache;
mod claims;
mod fetch;
pub mod grants;
pub mod graphql;
pub mod groups;
pub mod keys;
pub mod links;
pub mod mutations;
mod provider;
mod seen;
pub mod service;
pub mod sign_in;
mod store;
pub mod token;

#[cfg(test)]
mod tests;

pub use cache::Directories;
pub use provider::{Algorithm, LinkBy};
