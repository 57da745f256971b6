//! Publication: figures anybody may read. Of these the council answers for each: approved, where its returns are, and seen by
//! a forum before.
//!
//! Promises: the public reads a figure as it was published, whatever is recorded, approved or released since; in the place of
//! a withdrawn one's numbers and status stands a notice; a suppressed one leaves the council without value, numerator and denominator.

pub mod choose;
pub mod graphql;
pub mod mutations;
pub mod public;
pub mod service;
pub mod store;
