//! The findings of an import as a workbook: one row a finding, for the sender to work through.

use chrono::{DateTime, Utc};

use crate::RenderError;

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    /// The council's name.
    pub council: String,
    /// Name of the file that was read.
    pub file: String,
    /// When it was read: also the creation time written into the file.
    pub read_at: DateTime<Utc>,
    /// A team's mailbox or telephone number.
    pub contact: String,
    /// A language tag, for instance `en-GB`.
    pub language: String,
    /// The findings, in the order to be read.
    pub findings: Vec<Finding>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The sheet, none when it is about the whole file.
    pub sheet: Option<String>,
    /// The cell or range in A1 style.
    pub cell: Option<String>,
    /// `Error`, `Warning` or `Information`.
    pub severity: String,
    /// The catalogue's code.
    pub code: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub suggestion: Option<String>,
    /// What was found there.
    pub seen: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
}

/// The findings as the bytes of a workbook.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_problems(problems: &Problems) -> Result<Vec<u8>, RenderError> {
    let _ = problems;
    Err(RenderError::Unwritable("problems workbooks are not written yet".to_owned()))
}
