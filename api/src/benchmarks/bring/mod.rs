//! Bringing in published figures, once for every council: read in a child, matched with the register, planned, and applied as a
//! whole or not at all. The same file again changes nothing. What a later release says of an area and period is shown in place of
//! what an earlier one said; both stay.

mod apply;
mod measures;
mod plan;
mod resolve;

use chrono::NaiveDate;
use rules::measure::{Frequency, YearBasis};

pub use apply::apply;
pub use measures::{Known, NewMeasure, known};
pub use plan::{Counts, Plan, plan};
pub use resolve::Figure;

use super::release::ReleaseState;

/// What is said of a file beside what stands in it.
pub struct Said<'a> {
    pub dataset: &'a str,
    pub title: &'a str,
    pub publisher: &'a str,
    pub licence: &'a str,
    pub url: Option<&'a str>,
    pub edition: &'a str,
    pub published_on: NaiveDate,
    pub state: ReleaseState,
    pub file_name: &'a str,
    pub sha256: &'a str,
    /// How often the figures are published, where the file does not make it plain.
    pub frequency: Option<Frequency>,
    pub basis: Option<YearBasis>,
}
