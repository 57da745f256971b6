//! The work programme of a forum: what it means to look at, at which meeting; and, in one answer beside it, what reaches it
//! anyway: periods to be reported, and answers that fall due.

pub mod graphql;
pub mod mutations;
pub mod store;
pub mod verbs;
