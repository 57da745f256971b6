//! Questions and recommendations of a forum, calls for information by the cabinet, recommendations of internal audit: put on
//! record, assigned, answered, accepted or sent back.
//!
//! Promises: `rules::question` decides every step; a question has a number of its own in the council and keeps all that was
//! done about it; of two people who act on one state one does, and the other is told who did; whoever may not see a
//! question cannot tell it from one that is not there ([`sight`]).

pub mod about;
pub mod graphql;
pub mod listing;
pub mod mutations;
pub mod outstanding;
pub mod rights;
pub mod set;
pub mod sight;
pub mod store;
pub mod verbs;
pub mod words;
