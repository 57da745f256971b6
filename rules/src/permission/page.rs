//! The table as a page.

/// The whole table as Markdown.
#[must_use]
pub fn page() -> String {
    String::new()
}
