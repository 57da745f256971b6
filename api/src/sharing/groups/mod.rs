//! Groups of councils that share figures with one another: a county and its districts, for instance.
//!
//! Whoever makes a group says who may be in it; each council says for itself that it is, and what it shares with the group. What a group
//! shows is what its members share with it, and nothing of those who do not. Whoever leaves takes its figures along at once.

mod joint;
pub mod store;
pub mod verbs;

pub use joint::{Joint, JointFigure, joint};
