//! Closed sets of words the API has for imports.

use async_graphql::Enum;

/// Where an import stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::super::service::State")]
pub enum ImportState {
    /// Waits to be read.
    Queued,
    /// Is being read and planned.
    Reading,
    /// Its plan is ready to be looked at, and to be accepted.
    Planned,
    /// Nothing in it can be taken; its findings say why.
    Refused,
    /// Somebody refused its plan: `decisions` says who and why.
    Declined,
    /// Somebody stopped it before it had a plan.
    Cancelled,
    /// Its plan was applied.
    Accepted,
    /// It was applied and taken back.
    Undone,
}

/// How a workbook is laid out.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::Layout")]
pub enum Layout {
    /// A return template of ours, filled in.
    Template,
    /// One row per indicator and period.
    Long,
    /// Periods across the columns.
    Wide,
    /// One column per indicator, the periods down the rows.
    Measures,
    /// Figures of many authorities, by their codes or names: the council's own are taken.
    Benchmark,
    /// A framework workbook.
    Framework,
    /// Plans, programmes, risks, money and assessments, a sheet each.
    Delivery,
    /// No workbook: figures entered with `valuesRecord`.
    Entry,
}

/// What accepting does with a row.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::super::plan::ChangeKind")]
pub enum ChangeKind {
    /// Nothing is held yet: it is entered.
    New,
    /// Something else is held: it is superseded, and stays readable as at earlier instants.
    Changed,
    /// The same is held: nothing happens.
    Same,
    /// It cannot be taken; a diagnostic says why.
    Refused,
}

/// What became of a row of a plan, where it is not what the plan says.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::super::plan::Fate", name = "ChangeOutcome")]
pub enum Fate {
    /// Somebody left it out when they accepted the import.
    LeftOut,
    /// It was written, and taken back.
    Reversed,
    /// It was written, and stays: it was corrected since.
    Kept,
    /// It was written, and could not be taken back.
    Failed,
}

/// What can be done with an import.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::super::service::Act", name = "ImportAct")]
pub enum Act {
    /// Apply its plan, whole or in part: `importAccept`.
    Accept,
    /// Refuse its plan: `importRefuse`.
    Refuse,
    /// Stop it before it has a plan: `importCancel`.
    Cancel,
    /// Plan it anew from the workbook that was kept: `importReplan`.
    Replan,
    /// Take back what it wrote: `importUndo`.
    Undo,
}

/// What a row of a plan is about.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::super::plan::Subject", name = "ChangeSubject")]
pub enum Subject {
    /// The framework edition itself.
    Edition,
    /// An element and where it stands.
    Element,
    /// A version of an indicator.
    Indicator,
    /// A link of the golden thread.
    Link,
    /// A target.
    Target,
    /// A status rule.
    Rule,
    /// A reporting period.
    Period,
    /// A forum and its remit.
    Forum,
    /// A figure.
    Observation,
    /// A recommendation.
    Recommendation,
    /// How a programme or project stands.
    Project,
    /// A milestone.
    Milestone,
    /// That something waits for something else.
    Dependency,
    /// An action.
    Action,
    /// A risk.
    Risk,
    /// Money of an element.
    Money,
    /// A theme of an instrument of assessment.
    Theme,
    /// What was found about a theme.
    Assessment,
    /// Something told about an element.
    Insight,
}

/// How much a diagnostic weighs.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::Severity")]
pub enum Severity {
    /// The row or file is not taken.
    Error,
    /// Taken only if somebody acknowledges it.
    Warning,
    /// Taken; worth knowing.
    Info,
}
