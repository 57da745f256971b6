//! A plan: what accepting an import would do, row by row, and what stands in its way.
//!
//! `values` plans figures, `framework` a framework, `delivery` what is told of plans, programmes, risks and money; all compare what was read with what the council holds and
//! write nothing. Accepting hands the stored rows of the plan to the same file's `apply`, undoing to its `undo`.

pub mod delivery;
pub mod framework;
pub mod values;

use importers::{Diagnostic, Place, Severity};
use rules::closed_set;
use rules::delivery::book::RecordKind;
use rules::period::Period;
use uuid::Uuid;

use crate::error::UserError;

closed_set! {
    /// What accepting would do with a row.
    ChangeKind {
        /// Nothing is held yet: it is entered.
        New = "NEW", "New";
        /// Something else is held: it is superseded.
        Changed = "CHANGED", "Changed";
        /// The same is held: nothing happens.
        Same = "SAME", "Same";
        /// It cannot be taken; a diagnostic says why.
        Refused = "REFUSED", "Refused";
    }
}

closed_set! {
    /// What a row is about, in the order an import is applied.
    Subject {
        /// The framework edition itself.
        Edition = "EDITION", "Edition";
        /// An element and where it stands.
        Element = "ELEMENT", "Element";
        /// A version of an indicator.
        Indicator = "INDICATOR", "Indicator";
        /// A link of the golden thread.
        Link = "LINK", "Link";
        /// A target.
        Target = "TARGET", "Target";
        /// A status rule.
        Rule = "RULE", "Status rule";
        /// A reporting period.
        Period = "PERIOD", "Reporting period";
        /// A forum and its remit.
        Forum = "FORUM", "Forum";
        /// A figure.
        Observation = "OBSERVATION", "Figure";
        /// A recommendation.
        Recommendation = "RECOMMENDATION", "Recommendation";
        /// How a programme or project stands.
        Project = "PROJECT", "Project";
        /// A milestone.
        Milestone = "MILESTONE", "Milestone";
        /// That something waits for something else.
        Dependency = "DEPENDENCY", "Dependency";
        /// An action.
        Action = "ACTION", "Action";
        /// A risk.
        Risk = "RISK", "Risk";
        /// Money of an element.
        Money = "MONEY", "Money";
        /// A theme of an instrument of assessment.
        Theme = "THEME", "Theme";
        /// What was found about a theme.
        Assessment = "ASSESSMENT", "Assessment";
        /// Something told about an element.
        Insight = "INSIGHT", "Insight";
    }
}

impl From<RecordKind> for Subject {
    fn from(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Recommendation => Self::Recommendation,
            RecordKind::Project => Self::Project,
            RecordKind::Milestone => Self::Milestone,
            RecordKind::Dependency => Self::Dependency,
            RecordKind::Action => Self::Action,
            RecordKind::Risk => Self::Risk,
            RecordKind::Money => Self::Money,
            RecordKind::Theme => Self::Theme,
            RecordKind::Assessment => Self::Assessment,
            RecordKind::Insight => Self::Insight,
        }
    }
}

impl Subject {
    /// Whether it is a record of delivery.
    pub fn is_delivery(self) -> bool {
        RecordKind::ALL.iter().any(|kind| Self::from(*kind) == self)
    }
}

/// One row of a plan. `held` and `figure`, or for a framework `before_row` and `after_row` as JSON, are what accepting and
/// undoing work from; `before` and `after` are short texts for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedChange {
    pub kind: ChangeKind,
    pub subject: Subject,
    /// What a second row with the same key would be a duplicate of, for instance `WM01 2023/24 Q1`.
    pub key: String,
    pub indicator: Option<Uuid>,
    pub indicator_code: Option<String>,
    pub period: Option<Period>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub before_row: Option<String>,
    pub after_row: Option<String>,
    /// The observation that is current now, whether or not it says that there is no figure.
    pub held: Option<Uuid>,
    /// What is to be written.
    pub figure: Option<Box<values::ObservationRow>>,
    /// Why what is held is changed, where the row itself says so.
    pub reason: Option<String>,
    pub place: Option<Place>,
}

/// What accepting would do, and what is wrong or worth knowing.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub changes: Vec<PlannedChange>,
    /// The reading's own diagnostics and the plan's.
    pub diagnostics: Vec<Diagnostic>,
}

/// How many rows of each kind, and how many diagnostics weigh what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: i32,
    pub changed: i32,
    pub same: i32,
    pub refused: i32,
    pub errors: i32,
    pub warnings: i32,
}

impl Plan {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in &self.changes {
            let count = match change.kind {
                ChangeKind::New => &mut counts.new,
                ChangeKind::Changed => &mut counts.changed,
                ChangeKind::Same => &mut counts.same,
                ChangeKind::Refused => &mut counts.refused,
            };
            *count = count.saturating_add(1);
        }
        let weighing = |severity| i32::try_from(self.diagnostics.iter().filter(|d| d.severity == severity).count()).unwrap_or(i32::MAX);
        counts.errors = weighing(Severity::Error);
        counts.warnings = weighing(Severity::Warning);
        counts
    }
}

closed_set! {
    /// What became of a row of a plan, where it is not what the plan says.
    Fate {
        /// Somebody left it out when they accepted the import.
        LeftOut = "LEFT_OUT", "Left out";
        /// It was written, and taken back.
        Reversed = "REVERSED", "Taken back";
        /// It was written, and stays: it was corrected since.
        Kept = "KEPT", "Kept";
        /// It was written, and could not be taken back.
        Failed = "FAILED", "Not taken back";
    }
}

/// A row that could not be done with as asked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub subject: Subject,
    /// The row's key in the plan.
    pub row_key: String,
    pub indicator: Option<Uuid>,
    pub period: Option<Period>,
    /// What people call it: `WM01 2023/24 Q1`, or for things that are not figures `element SP1`.
    pub key: String,
    pub because: String,
}

/// Why a stored plan can no longer be done.
#[derive(Debug, Clone)]
pub struct Stale {
    pub error: UserError,
    /// The rows of which something else is held by now, where it is rows; the first hundred.
    pub rows: Vec<Kept>,
}

/// Rows listed of a plan that is stale.
pub const STALE_MAX: usize = 100;

impl From<UserError> for Stale {
    fn from(error: UserError) -> Self {
        Self { error, rows: Vec::new() }
    }
}

impl Stale {
    /// Somebody changed what the plan was worked out from.
    pub fn changed(count: usize, rows: Vec<Kept>) -> Self {
        let named: Vec<String> = rows.iter().take(NAMED_MAX).map(|row| format!("{}: {}", row.key, row.because)).collect();
        let rest = count.saturating_sub(named.len());
        let rest = if rest == 0 { String::new() } else { format!("; and {rest} more") };
        let what = format!("something else is held for {count} of its rows. {}{rest}", named.join("; "));
        Self { error: out_of_date(&what), rows }
    }
}

/// Rows named in a message.
const NAMED_MAX: usize = 10;

/// What is said of a plan that is out of date, and what to do about it.
pub fn out_of_date(why: &str) -> UserError {
    let message = format!(
        "CHG-006: since this import was planned, {why}. Nothing was taken. Plan it anew (`importReplan`) to see what it would change now, \
        and accept that."
    );
    UserError::new("PLAN_OUT_OF_DATE", message, None)
}

/// What undoing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Rows taken back.
    pub reversed: i32,
    /// Rows that stay because they were corrected since.
    pub kept: Vec<Kept>,
    /// Rows that could not be taken back: asked for again, they are tried again.
    pub failed: Vec<Kept>,
}
