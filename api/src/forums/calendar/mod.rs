//! The calendar: everything that falls on a day, as far as somebody sees it; and as a feed for calendar programs.
//!
//! Promises: nothing in it that its reader does not see elsewhere; no figure and no words of a question in a feed; a feed's
//! address is shown once and kept as a hash, is its person's alone, and is read with the rights they have at each reading.

pub mod entries;
pub mod feeds;
pub mod graphql;
pub mod ics;
pub mod mutations;
mod store;
