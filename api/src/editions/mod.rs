//! From one edition of the framework to the next: indicators are marked, the edition is rolled forward as a draft, a decision
//! adopts it, and two editions are compared.
//!
//! Promises: [`rules::edition`] says what is carried on and what changed; a draft judges nothing and is in force for nobody; an
//! adopted edition takes the place of the one before on its first day, not when it is adopted.

pub mod graphql;
pub mod mutations;
mod store;
pub mod verbs;
