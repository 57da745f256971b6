//! Real date cells that stand for a period.

use chrono::NaiveDate;

use super::{Context, Reading, Refusal, Remark};

/// Reads a date cell.
///
/// # Errors
/// The [`Refusal`] for the sender.
pub fn read_date(date: NaiveDate, _shown_as: Option<&str>, _context: &Context) -> Result<(Reading, Vec<Remark>), Refusal> {
    Ok((Reading::Day(date), Vec::new()))
}
