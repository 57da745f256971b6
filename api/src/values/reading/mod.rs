//! Who reads which version of a figure: drafts, what was approved, what was released to a forum, what is published.
//!
//! Promises: what a forum's member reads never depends on what was recorded, approved or changed after the release, and
//! nothing shows what was not released; reading costs a fixed number of statements, and whoever reads drafts of everything
//! pays none for it.

pub mod judge;
pub mod mine;
pub mod store;
mod through;
pub mod who;

pub use judge::judged_through;
pub use mine::{Read, judged_for};
pub use through::{Gate, Through, Upto};
pub use who::Readings;
