//! Releases: a reporting period's figures given to a forum, in the order of the cascade.
//!
//! Promises: a forum's members read what was released to it as it was released, whatever is corrected afterwards, and of the
//! indicators that were in its remit then alone; a release that was withdrawn is read by no member any more, nor are
//! packs made from it, and stays on record.

pub mod edition;
mod given;
pub mod graphql;
pub mod mutations;
mod ready;
pub mod service;
pub mod store;
