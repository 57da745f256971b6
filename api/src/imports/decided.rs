//! Decisions and warnings of an import as the API shows them.

use async_graphql::{Enum, SimpleObject};

use super::decisions::{self, AcknowledgementEntry, DecisionEntry};
use super::verbs::OpenWarning;
use crate::graphql::scalars::DateTime;

/// What was decided about an import.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "decisions::Decided")]
pub enum ImportDecisionKind {
    /// Its plan was applied.
    Accepted,
    /// Its plan is not to be applied.
    Declined,
    /// It was stopped before it had a plan.
    Cancelled,
    /// It was planned anew.
    Replanned,
    /// It was taken back.
    Undone,
}

/// What somebody decided about an import.
#[derive(SimpleObject)]
pub struct ImportDecision {
    /// What was decided.
    pub kind: ImportDecisionKind,
    /// When.
    pub at: DateTime,
    /// The name of whoever decided.
    pub by: String,
    /// Why, where it was said.
    pub reason: Option<String>,
}

impl From<DecisionEntry> for ImportDecision {
    fn from(entry: DecisionEntry) -> Self {
        Self { kind: entry.kind.into(), at: DateTime(entry.at), by: entry.person, reason: entry.reason }
    }
}

/// Warnings that somebody took upon themselves when they accepted an import.
#[derive(SimpleObject)]
pub struct ImportAcknowledgement {
    /// The warnings' code; `diagnosticCodes` says what it means.
    pub code: String,
    /// Why they are right as they are.
    pub reason: String,
    /// In how many places of the workbook they were met.
    pub places: i32,
    /// When.
    pub at: DateTime,
    /// The name of whoever acknowledged them.
    pub by: String,
}

impl From<AcknowledgementEntry> for ImportAcknowledgement {
    fn from(entry: AcknowledgementEntry) -> Self {
        Self { code: entry.code, reason: entry.reason, places: entry.places, at: DateTime(entry.at), by: entry.person }
    }
}

/// Warnings of one code that wait to be acknowledged.
#[derive(SimpleObject)]
pub struct ImportOpenWarning {
    /// Their code: give it to `importAccept` with a reason. `diagnosticCodes` says what it means.
    pub code: String,
    /// How many findings there are.
    pub findings: i32,
    /// In how many places of the workbook.
    pub places: i32,
    /// What the findings say, the first ten.
    pub messages: Vec<String>,
}

impl From<OpenWarning> for ImportOpenWarning {
    fn from(open: OpenWarning) -> Self {
        Self { code: open.code, findings: open.findings, places: open.places, messages: open.messages }
    }
}
