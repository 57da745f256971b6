//! What is kept of a warning that fired, as it was then.

use rules::period::Period;
use rules::warning::Firing;
use serde::{Deserialize, Serialize};

/// What is kept of a warning that fired: what its subject was called, and what it rested on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The ref of the subject; of a return that of its element.
    pub code: String,
    pub title: String,
    /// The reporting period, of a return.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<Period>,
    pub firing: Firing,
}
