//! What a pack says in words of its own, as data: rules, changes and why, to be worded in the pack's language.

use chrono::NaiveDate;
use rules::measure::Absence;
use rules::period::Period;
use rules::status::{Shape, Thresholds};
use rust_decimal::Decimal;

/// How the latest status of an indicator is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HowSet {
    /// Not at all: a contextual measure has no target.
    Contextual,
    /// Not yet: no period of it was due.
    NothingDue,
    /// Not at all: no rule was in force.
    NoRule,
    /// By a rule.
    Rule {
        /// Its own rule, or the framework's.
        own: bool,
        /// The day the rule applies from.
        applies_from: NaiveDate,
        /// The rule.
        shape: Shape,
        /// What the latest figure was held against.
        thresholds: Thresholds,
    },
}

/// A rule that was in force, for the Key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRule {
    /// Code of the indicator whose own rule it is; none for the framework's.
    pub of: Option<String>,
    /// The day it applies from.
    pub applies_from: NaiveDate,
    /// The rule.
    pub shape: Shape,
}

/// What sort of thing reads otherwise than in the last pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// An indicator that is new.
    Added,
    /// An indicator that is no longer reported.
    Removed,
    /// What is counted.
    Definition,
    /// What is aimed at.
    Target,
    /// A figure.
    Value,
}

impl Change {
    /// Every sort.
    pub const ALL: [Self; 5] = [Self::Added, Self::Removed, Self::Definition, Self::Target, Self::Value];

    /// Its code: `ADDED`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Removed => "REMOVED",
            Self::Definition => "DEFINITION",
            Self::Target => "TARGET",
            Self::Value => "VALUE",
        }
    }
}

/// What stood, or stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stood {
    /// A figure, or why there was none.
    Figure {
        /// Of which period.
        period: Period,
        /// The figure; none when there was none or it may not be shown.
        value: Option<Decimal>,
        /// Why there was none.
        absence: Option<Absence>,
    },
    /// Targets and levels.
    Thresholds {
        /// For which period.
        period: Period,
        /// Which; all none where no target was set.
        thresholds: Thresholds,
    },
    /// A title and a definition.
    Definition {
        /// What it was called.
        title: String,
        /// What was counted.
        definition: String,
    },
    /// It was not in the framework, or is not any more.
    NotInFramework,
}

/// Why something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nobody said.
    NotSaid,
    /// Not for the readers of this pack.
    Withheld,
    /// In the words of whoever changed it.
    Said(String),
    /// The figure was withdrawn.
    Withdrawn,
    /// A new definition applies from a period.
    AppliesFrom(Period),
}
