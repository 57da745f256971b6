//! From what a spelling mentions to what it means.

use super::{Context, Reading, Refusal, Remark};

/// Reads a spelling.
///
/// # Errors
/// The [`Refusal`] for the sender.
pub fn read(text: &str, _context: &Context) -> Result<(Reading, Vec<Remark>), Refusal> {
    Err(Refusal::new("PER-001", format!("{text:?} is not a period.")))
}

/// Whether a heading looks like a period.
#[must_use]
pub fn looks_like_period(_text: &str) -> bool {
    false
}

/// Whether a heading such as `Target 2023/24` speaks of a target.
#[must_use]
pub fn names_target(_text: &str) -> bool {
    false
}
