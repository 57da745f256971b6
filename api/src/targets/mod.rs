//! Targets on their way to a decision, and what became of them: the service proposes, the director recommends, the
//! portfolio holder reviews, scrutiny comments, and whoever keeps the record of targets enters the decision.
//!
//! Promises: [`rules::proposal`] decides every step; of two people who act on the same state exactly one is heard and the
//! other is told what happened; an approved target supersedes the one before and keeps it; no period that began before a
//! target takes effect is judged anew unless the decision says so.

pub mod graphql;
pub mod ground;
pub mod history;
pub mod remit;
pub mod sight;
mod store;
pub mod verbs;
