//! A framework as a workbook that imports back unchanged: sheets and headings are those of [`rules::workbook`].

use chrono::{DateTime, Utc};
use rules::framework::FrameworkBook;

use crate::RenderError;

/// The framework as the bytes of a workbook; `created_at` is the creation time written into the file.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_framework(book: &FrameworkBook, created_at: DateTime<Utc>) -> Result<Vec<u8>, RenderError> {
    let _ = (book, created_at);
    Err(RenderError::Unwritable("framework workbooks are not written yet".to_owned()))
}
