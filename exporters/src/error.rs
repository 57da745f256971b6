//! Why a workbook could not be written.

/// Why a workbook could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// More was given than a worksheet or a workbook can hold.
    TooLarge(String),
    /// The writer refused, with its own words; for the log, not for a reader.
    Unwritable(String),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge(what) => write!(f, "a workbook cannot hold {what}"),
            Self::Unwritable(why) => write!(f, "the workbook could not be written: {why}"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<rust_xlsxwriter::XlsxError> for RenderError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Unwritable(error.to_string())
    }
}

impl From<zip::result::ZipError> for RenderError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Unwritable(error.to_string())
    }
}

impl From<std::io::Error> for RenderError {
    fn from(error: std::io::Error) -> Self {
        Self::Unwritable(error.to_string())
    }
}
