//! What is delivered, as data: actions and the recommendations they answer, programmes and projects with their milestones, risks,
//! money. All of it decided by the caller, as at the pack's instant and for its readers; worded in the pack's language.

use chrono::NaiveDate;
use rules::delivery::action::{ActionCounts, ActionStatus, RecommendationSource, RecommendationWeight, Response};
use rules::delivery::money::Fund;
use rules::delivery::project::{DeliveryStatus, MilestoneState, Stage};
use rules::delivery::risk::{Rating, RiskMovement, RiskState};
use rules::exception::delivery::{CallKind, CallTrigger};
use rules::measure::Mode;
use rules::status::Status;
use rust_decimal::Decimal;

/// Everything of a pack beside its figures. Lists are printed in the order they are given; one that is empty has no sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackDelivery {
    /// Actions.
    pub actions: Vec<PackAction>,
    /// Recommendations, by the actions that answer them.
    pub recommendations: Vec<PackRecommendation>,
    /// Programmes and projects.
    pub projects: Vec<PackProject>,
    /// Their milestones.
    pub milestones: Vec<PackMilestone>,
    /// Risks; those that are open stand on the heat map too.
    pub risks: Vec<PackRisk>,
    /// The money of elements in the year of the pack.
    pub money: Vec<PackMoney>,
    /// What one of something costs.
    pub unit_costs: Vec<PackUnitCost>,
    /// What calls for attention, most points first: read among the indicators that do.
    pub calls: Vec<PackCall>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackAction {
    /// The ref.
    pub code: String,
    /// What is to be done.
    pub title: String,
    /// Title of the priority it stands under, as [`super::PackIndicator::priority`] has it.
    pub priority: Option<String>,
    /// Do, enable or influence.
    pub mode: Option<Mode>,
    /// The officer who leads it.
    pub lead_officer: String,
    /// The member who answers for it.
    pub lead_member: Option<String>,
    /// The day first said.
    pub due_on: Option<NaiveDate>,
    /// The day last said, where it is another.
    pub revised_due_on: Option<NaiveDate>,
    /// As reported.
    pub status: ActionStatus,
    /// As reported at the end of the period before; none where it was not reported on.
    pub status_before: Option<ActionStatus>,
    /// Days past its day; 0 where it is not overdue. See [`rules::delivery::action::lateness`].
    pub overdue_days: u32,
    /// What was last said of it.
    pub progress: Option<String>,
    /// Ref of the recommendation it answers.
    pub answers: Option<String>,
    /// The decision by which it was cancelled or deferred.
    pub decision: Option<String>,
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRecommendation {
    /// The ref.
    pub code: String,
    /// What is recommended.
    pub title: String,
    /// One of the report's own, or a suggestion beside them.
    pub weight: RecommendationWeight,
    /// What sort of body made it.
    pub source: RecommendationSource,
    /// Which body.
    pub made_by: Option<String>,
    /// When.
    pub made_on: Option<NaiveDate>,
    /// What was said to it.
    pub response: Response,
    /// The actions that answer it, by status.
    pub counts: ActionCounts,
    /// Who leads the answer.
    pub lead: Option<String>,
    /// By when it is to be met.
    pub due_on: Option<NaiveDate>,
    /// Where it stands: [`rules::delivery::action::standing`].
    pub standing: ActionStatus,
    /// What shows that it was met.
    pub evidence: Option<String>,
}

/// A programme or a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackProject {
    /// The ref.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Title of the programme it is part of.
    pub programme: Option<String>,
    /// It is a programme itself.
    pub is_programme: bool,
    /// How far it is.
    pub stage: Stage,
    /// Its time.
    pub time: Option<DeliveryStatus>,
    /// Its cost.
    pub cost: Option<DeliveryStatus>,
    /// Its scope.
    pub scope: Option<DeliveryStatus>,
    /// Its benefits.
    pub benefits: Option<DeliveryStatus>,
    /// The worst of the four: [`rules::delivery::project::worst`].
    pub overall: Option<DeliveryStatus>,
    /// The same at the end of the period before.
    pub overall_before: Option<DeliveryStatus>,
    /// The day first agreed for its end.
    pub baseline_end: NaiveDate,
    /// The day now expected, or on which it ended; none where nothing was said of it.
    pub forecast_end: Option<NaiveDate>,
    /// Days its end is later than agreed; below zero where it is sooner.
    pub slippage_days: i64,
    /// Pounds approved.
    pub budget: Option<Decimal>,
    /// Pounds spent so far.
    pub spent: Option<Decimal>,
    /// Pounds it is expected to cost.
    pub forecast_spend: Option<Decimal>,
    /// Pounds it is expected to cost above what was approved; below zero where less.
    pub variance: Option<Decimal>,
    /// The milestone that comes next, with the day it is expected.
    pub next_milestone: Option<(String, NaiveDate)>,
    /// Who manages it.
    pub manager: String,
    /// What was last said of it.
    pub summary: Option<String>,
}

/// A milestone of a programme or project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackMilestone {
    /// The ref.
    pub code: String,
    /// What is reached with it.
    pub title: String,
    /// Title of the programme or project.
    pub project: String,
    /// The day first agreed.
    pub baseline: NaiveDate,
    /// The day now expected; none where that is still the baseline.
    pub forecast: Option<NaiveDate>,
    /// The day it was reached.
    pub actual: Option<NaiveDate>,
    /// How it stands.
    pub state: MilestoneState,
    /// Days later than agreed; below zero where it is sooner.
    pub slippage_days: i64,
    /// What it waits for comes later than itself is expected: what that is, and the earliest day it can then be. No day of its own is
    /// changed by it.
    pub held_up_by: Option<(String, NaiveDate)>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What is to be known of it.
    pub note: Option<String>,
}

/// A risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRisk {
    /// The ref.
    pub code: String,
    /// What may happen.
    pub title: String,
    /// What it is a risk to: an element or an indicator.
    pub linked_to: Option<String>,
    /// Who answers for it.
    pub owner: String,
    /// Were nothing done about it.
    pub inherent: Rating,
    /// As things are.
    pub residual: Rating,
    /// As it is to become.
    pub target: Option<Rating>,
    /// The highest score that is borne, 1 to 25.
    pub appetite: u8,
    /// How the residual rating moved since the period before.
    pub movement: RiskMovement,
    /// What is done about it.
    pub controls: Option<String>,
    /// What else is to be done.
    pub further_action: Option<String>,
    /// By when.
    pub action_due: Option<NaiveDate>,
    /// Open, occurred or closed.
    pub state: RiskState,
    /// When it is looked at next.
    pub review_on: Option<NaiveDate>,
}

/// The money of an element in the year of the pack, in pounds: see [`rules::delivery::money::Position`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackMoney {
    /// Ref of the element.
    pub code: String,
    /// Title of the element.
    pub element: String,
    /// Revenue or capital.
    pub fund: Fund,
    /// The budget as it is now, with what was moved.
    pub budget: Option<Decimal>,
    /// What was moved, summed up.
    pub virements: Decimal,
    /// Spent so far.
    pub actual: Option<Decimal>,
    /// What the year is expected to come to.
    pub forecast: Option<Decimal>,
    /// The forecast above the budget; below zero what is left.
    pub variance: Option<Decimal>,
    /// The variance in per cent of the budget: 2.5 is 2.5%.
    pub variance_percent: Option<Decimal>,
    /// How the year is expected to end, held against the tolerance.
    pub status: Option<DeliveryStatus>,
    /// Why.
    pub note: Option<String>,
}

/// What one of something costs: an indicator that divides a cost by a volume. Where its status is suppressed, none of its figures is
/// printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackUnitCost {
    /// The indicator's ref.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Title of the service.
    pub service: String,
    /// What it cost, in pounds: the numerator.
    pub cost: Option<Decimal>,
    /// How many there were: the denominator.
    pub volume: Option<Decimal>,
    /// The cost of one.
    pub value: Option<Decimal>,
    /// The unit of it: `Pounds`.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u32,
    /// What was aimed at.
    pub target: Option<Decimal>,
    /// The cost of one in the period before.
    pub previous: Option<Decimal>,
    /// The judgement.
    pub status: Status,
}

/// Something beside the indicators that calls for attention: see [`rules::exception::delivery`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCall {
    /// What it is.
    pub what: CallKind,
    /// Its ref; of money the element's.
    pub code: String,
    /// Its title; of money the element's.
    pub title: String,
    /// Points it was given: it is a concern at 30 or more, else to be watched.
    pub points: u32,
    /// Why it is here, in the order to be read.
    pub triggers: Vec<CallTrigger>,
}
