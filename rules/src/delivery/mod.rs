//! Whether plans are being delivered (`domain.md` §6): actions and recommendations, programmes and projects with their
//! milestones, and risks.

pub mod action;
pub mod project;
pub mod risk;
