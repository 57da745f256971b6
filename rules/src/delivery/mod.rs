//! Whether plans are being delivered (`domain.md` §6): actions and recommendations, programmes and projects with their
//! milestones, risks, money.

pub mod action;
pub mod book;
pub mod insight;
pub mod money;
pub mod project;
pub mod rights;
pub mod risk;
