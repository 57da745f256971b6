//! The closed words of warnings.

use async_graphql::Enum;

/// A rule of early warning.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::warning::Kind")]
pub enum WarningKind {
    /// Red for so many periods running.
    RedForPeriods,
    /// The manager's forecast of the year end is red.
    ForecastRed,
    /// Worse than the period before, so many periods running.
    Declining,
    /// The latest figure is a special cause on the worse side.
    SpecialCause,
    /// A return was not submitted by its day.
    ReturnOverdue,
    /// In the worst quarter of the comparator group.
    BottomQuartile,
    /// A risk scores above its appetite.
    RiskAboveAppetite,
    /// A milestone is later than agreed and not reached.
    MilestoneSlipped,
}

/// What a warning is about.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::warning::Subject")]
pub enum WarningSubject {
    /// An indicator through time.
    Indicator,
    /// A return.
    Return,
    /// A risk.
    Risk,
    /// A milestone.
    Milestone,
}

/// How a warning is handled.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "crate::warnings::handling::State")]
pub enum WarningState {
    /// Nobody did anything about it.
    Open,
    /// Somebody has seen it.
    Acknowledged,
    /// Somebody said what is behind it.
    Answered,
    /// It is left alone until a day: then it is again what it was before.
    Muted,
}

/// Something done about a warning.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "crate::warnings::handling::Act")]
pub enum WarningAct {
    /// Somebody has seen it.
    Acknowledge,
    /// Somebody says what is behind it.
    Answer,
    /// It is left alone until a day.
    Mute,
    /// It is left alone no more.
    Unmute,
}

/// Why a warning ceased.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::warning::Ceased")]
pub enum WarningCeased {
    /// What it warned of is so no longer.
    NoLonger,
    /// There is no figure to tell by: things may be as they were.
    NoFigure,
}
