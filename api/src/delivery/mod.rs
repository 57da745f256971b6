//! Whether plans are being delivered: actions and recommendations, programmes and projects with their milestones, risks, money,
//! assessments, insight.
//!
//! What a record is, and what cannot be of it, [`rules::delivery`] says once; here it is kept, dated and never overwritten, read as at
//! any instant, and shown to whoever's responsibility covers what it hangs on. Workbooks and single entries come in by the same
//! check ([`check`]) and the same writer ([`write`]). The number of statements does not depend on the number of records.

pub mod check;
pub mod entry;

pub mod graphql;

pub mod held;
mod load;
pub mod names;

pub mod sight;

pub mod write;

pub use held::{Record, Which, records};
