//! What a council compares itself with: areas, national catalogues, published figures, groups of comparators.
//!
//! Areas, catalogues, datasets and lists of neighbours belong to no council: they are brought in once for all, by whoever runs
//! the platform, and everybody reads them. Groups and mappings are each council's own, dated, and seen by nobody else. How a
//! council compares, `rules::benchmark` alone decides; here figures are found for it, for all indicators of a page at once.

pub mod bring;
pub mod compared;
pub mod graphql;
mod ground;
pub mod groups;
pub mod lists;
mod place;
mod positions;
pub mod reading;
pub mod release;
pub mod shipped;
pub mod store;
pub mod verbs;
pub mod writing;

pub use ground::Ground;
pub use positions::{Positions, positions};
