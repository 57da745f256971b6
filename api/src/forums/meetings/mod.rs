//! Meetings of a forum: when it meets, over which reporting period, under which agenda reference.
//!
//! Promises: a forum meets once a day at most; a meeting that was held or called off stays on record; of two people who
//! change one meeting from the same state one does, and the other is told who did. A pack belongs to the meeting of its
//! forum on its day.

pub mod graphql;
pub mod mutations;
pub mod store;
pub mod verbs;
