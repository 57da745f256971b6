//! The closed words of `rules`, as the enums of the API. The compiler asks for a variant here whenever one is added
//! there.

use async_graphql::Enum;

/// Which way is better.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Polarity")]
pub enum Polarity {
    /// More is better.
    HigherIsBetter,
    /// Less is better.
    LowerIsBetter,
    /// Inside a range is better than outside it.
    WithinRange,
    /// Neither way is better: the figure informs.
    None,
}

/// What an indicator is for.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Purpose")]
pub enum Purpose {
    /// Under the council's control: targets are expected.
    Operational,
    /// External and slower: a preferred direction, and never a target.
    Contextual,
}

/// How often a figure is due.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Frequency")]
pub enum Frequency {
    /// Every calendar month.
    Monthly,
    /// Every quarter of the financial year.
    Quarterly,
    /// April to September, October to March.
    HalfYearly,
    /// Once a year, of the indicator's own year basis.
    Annual,
}

/// Which twelve months make a year.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::YearBasis")]
pub enum YearBasis {
    /// April to March, the default.
    Financial,
    /// January to December.
    Calendar,
    /// September to August.
    Academic,
}

/// How periods make a year to date.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Aggregation")]
pub enum Aggregation {
    /// Added up.
    Sum,
    /// The mean of the periods reported.
    Mean,
    /// The last one reported.
    Latest,
    /// Sum of numerators over sum of denominators, times the multiplier; never the mean of ratios.
    Ratio,
    /// Each value already is the year to date.
    Cumulative,
}

/// Which of the three Es a measure speaks of (seed 002).
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Dimension")]
pub enum Dimension {
    /// What is spent.
    Economy,
    /// What is got for what is spent.
    Efficiency,
    /// What difference it makes.
    Effectiveness,
}

/// Why there is no value. Blank is none of these: it is no observation at all.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Absence")]
pub enum Absence {
    /// Nothing is owed for this period.
    NotDue,
    /// It was owed and not gathered.
    NotCollected,
    /// It exists and has not reached the council.
    NotAvailable,
    /// It is known and may not be shown, for instance small numbers.
    Suppressed,
}

/// How firm a value is.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::ValueState")]
pub enum ValueState {
    /// May yet change.
    Provisional,
    /// Settled.
    Final,
}

/// Which version of a figure is read.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::reading::Reading")]
pub enum Reading {
    /// As it is recorded, drafts included.
    Recorded,
    /// As it was approved. What was recorded before the workflow of returns counts as approved.
    Approved,
    /// As it was released to a forum of the viewer's.
    Released,
}

/// Where an indicator stands in its life.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Lifecycle")]
pub enum Lifecycle {
    /// Put forward, not yet collected.
    Proposed,
    /// Collected.
    Active,
    /// No longer collected; its history stays.
    Retired,
}

/// The three levels of a framework.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Level")]
pub enum Level {
    /// Plans, priorities, outcomes, themes, operating principles.
    Strategic,
    /// Directorates, services, teams.
    Directorate,
    /// Programmes, projects, milestones.
    Change,
}

/// What an element is; what may stand below what is .
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::ElementKind")]
pub enum ElementKind {
    /// A strategic plan.
    Plan,
    /// A priority of a plan.
    Priority,
    /// What residents should see change.
    Outcome,
    /// A theme that runs across plans.
    Theme,
    /// How the council works, whatever it works on.
    OperatingPrinciple,
    /// A directorate, department or division.
    Directorate,
    /// A service.
    Service,
    /// A team.
    Team,
    /// A change programme.
    Programme,
    /// A project.
    Project,
    /// A milestone.
    Milestone,
}

/// What the council's own part is: seed 001's "do, enable, influence".
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Mode")]
pub enum Mode {
    /// The council delivers it.
    Do,
    /// The council makes it possible for others.
    Enable,
    /// The council persuades others.
    Influence,
}

/// What a link of the golden thread says.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::LinkKind")]
pub enum LinkKind {
    /// A service, project or indicator helps bring an outcome about.
    ContributesTo,
    /// An outcome in one plan stands for one in another.
    MapsTo,
}

/// Where a framework edition stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::FrameworkState")]
pub enum FrameworkState {
    /// Being written.
    Draft,
    /// In force by a decision.
    Adopted,
    /// Followed by a later edition.
    Superseded,
}

/// What becomes of an indicator in the next edition.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::Disposition")]
pub enum Disposition {
    /// Carried on as it is.
    Retain,
    /// Carried on, changed.
    Amend,
    /// Not carried on.
    Remove,
}

/// What a forum is given of its remit.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::ForumGets")]
pub enum ForumGets {
    /// Everything in its remit.
    Everything,
    /// Headline indicators.
    Headline,
    /// Critical indicators.
    Critical,
    /// What calls for attention.
    ByException,
}

/// What sort of body a forum is.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::measure::ForumKind")]
pub enum ForumKind {
    /// An officers' board.
    Board,
    /// A performance clinic.
    Clinic,
    /// A leadership team.
    LeadershipTeam,
    /// The cabinet or executive.
    Cabinet,
    /// A scrutiny committee or panel.
    Scrutiny,
    /// An audit or governance committee.
    Governance,
}

/// A status: four colours, and five states that are not colours and are counted apart.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::status::Colour")]
pub enum Colour {
    /// On target or better.
    Green,
    /// Off target, within what is tolerated.
    Amber,
    /// Off target beyond what is tolerated.
    Red,
    /// Better than target by a margin.
    Blue,
    /// There is a value and nothing to judge it by.
    NoTarget,
    /// A value was due and there is none.
    NoData,
    /// Nothing is owed yet.
    NotDue,
    /// The question does not arise, for instance no forecast is made.
    NotApplicable,
    /// There is a value that may not be shown.
    Suppressed,
}

/// How a figure moved, in terms of better and worse; UP, SAME, DOWN where neither way is better.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::travel::Direction")]
pub enum Direction {
    /// Better than before.
    Improved,
    /// The same at shown precision.
    Same,
    /// Worse than before.
    Declined,
    /// Higher, for an indicator without a preference.
    Up,
    /// Lower, for an indicator without a preference.
    Down,
    /// Across a definition break, or either side is absent.
    NotComparable,
}

/// What is missing.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::thread::GapKind")]
pub enum GapKind {
    /// No indicator contributes to an outcome, nor to another outcome that maps to it.
    OutcomeWithoutIndicator,
    /// An indicator contributes to nothing.
    IndicatorWithoutOutcome,
    /// Nobody answers for an element.
    ElementWithoutOwner,
}
