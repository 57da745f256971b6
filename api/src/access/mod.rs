//! Who asks, what they may do, and the only way to a council's rows.
//!
//! A bearer token names a person of one council ([`Credential`]). [`Actor::load`] reads that person's grants in the operation's own
//! snapshot, [`Actor::scope_for`] turns a permission into a [`Scope`], and [`scoped`] gives a query narrowed to it.
//! Nothing else makes a `Scope`, and nothing branches on a role's name. Absent and not-yours look the same.

pub mod actor;
pub mod credential;
pub mod grant;
pub mod ground;
pub mod key;
pub mod machine;
pub mod rights;
pub mod scope;
pub mod token;
#[cfg(test)]
pub mod unfiltered;

pub use actor::Actor;
pub use credential::{By, Credential, Origin, Way};
pub use grant::{Grant, GrantScope, Target};
pub use rights::Rights;
pub use scope::{Scope, Tenant, scoped};
