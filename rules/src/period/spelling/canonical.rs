//! The spellings that mean one thing everywhere: what [`Period`] prints, and what reads without a remark.

use crate::period::Period;

/// A text that names no period, or could name several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadablePeriod {
    /// What was given, cut short.
    pub text: String,
}

impl std::fmt::Display for UnreadablePeriod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} names no one period; write 2023-04, 2023/24 Q1, 2023/24 H1 or 2023/24", self.text)
    }
}

impl std::error::Error for UnreadablePeriod {}

impl std::str::FromStr for Period {
    type Err = UnreadablePeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Err(UnreadablePeriod { text: text.to_owned() })
    }
}
