//! The closed words of delivery, as the enums of the API.

use async_graphql::Enum;

/// What an action belongs to.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::action::ActionKind")]
pub enum ActionKind {
    /// The corporate plan.
    CorporatePlan,
    /// The plan of a service.
    ServicePlan,
    /// It is to bring a figure back on target.
    Remedial,
    /// It answers a recommendation.
    Recommendation,
}

/// Where an action stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::action::ActionStatus")]
pub enum ActionStatus {
    /// Nothing was done yet.
    NotStarted,
    /// Under way, and expected in time.
    OnTrack,
    /// Under way, and it may not be in time.
    AtRisk,
    /// Under way, and not in time as things are.
    OffTrack,
    /// Done.
    Completed,
    /// Given up by a decision.
    Cancelled,
    /// Put off by a decision.
    Deferred,
}

/// Where a recommendation comes from.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::action::RecommendationSource")]
pub enum RecommendationSource {
    /// Peers from other councils.
    PeerChallenge,
    /// The council's internal audit.
    InternalAudit,
    /// The external auditor.
    ExternalAudit,
    /// An inspectorate.
    Inspection,
    /// A scrutiny committee.
    Scrutiny,
    /// The Ombudsman.
    Ombudsman,
    /// Somebody else.
    Other,
}

/// Whether a recommendation is one of a report's own, or a suggestion made beside them.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::action::RecommendationWeight")]
pub enum RecommendationWeight {
    /// One of the formal recommendations.
    Formal,
    /// An additional recommendation or suggestion.
    Additional,
}

/// What was said to a recommendation.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::action::Response")]
pub enum RecommendationResponse {
    /// Nothing yet.
    Awaited,
    /// It will be done.
    Accepted,
    /// Some of it will.
    Partly,
    /// It will not.
    Rejected,
}

/// How far a programme or project is.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::project::Stage")]
pub enum ProjectStage {
    /// Thought about.
    Concept,
    /// Its case is being made.
    BusinessCase,
    /// Being planned.
    Planning,
    /// Being done.
    Delivery,
    /// Done; what it brought is being looked at.
    Closing,
    /// Over.
    Closed,
    /// Stopped for now by a decision.
    OnHold,
    /// Given up by a decision.
    Cancelled,
}

/// How one side of something stands: time, cost, scope or benefits of a project, or money.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::project::DeliveryStatus")]
pub enum DeliveryStatus {
    /// As planned.
    Green,
    /// Not quite, and it can be put right by whoever runs it.
    Amber,
    /// Not, and somebody else has to decide.
    Red,
}

/// How a milestone stands on a day.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::project::MilestoneState")]
pub enum MilestoneState {
    /// To come, when it was agreed or sooner.
    OnTime,
    /// To come, later than agreed.
    Slipped,
    /// Not reached, and its day is past.
    Overdue,
    /// Reached when it was agreed or sooner.
    Reached,
    /// Reached later than agreed.
    ReachedLate,
}

/// How bad a risk is: likelihood times impact.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[graphql(remote = "rules::delivery::risk::RiskBand")]
pub enum RiskBand {
    /// 1 to 4.
    Low,
    /// 5 to 9.
    Medium,
    /// 10 to 16.
    High,
    /// 20 and 25.
    VeryHigh,
}

/// How a risk moved.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::risk::RiskMovement")]
pub enum RiskMovement {
    /// Nothing to compare it with.
    New,
    /// A higher score than before.
    Up,
    /// The same score.
    Same,
    /// A lower score than before.
    Down,
}

/// Whether a risk is still looked after.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::risk::RiskState")]
pub enum RiskState {
    /// It may happen.
    Open,
    /// It happened: it is an issue now.
    Occurred,
    /// It can no longer happen, or was accepted for good.
    Closed,
}

/// Which of a council's purses money is of.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::money::Fund")]
pub enum Fund {
    /// For what is used up within the year.
    Revenue,
    /// For what lasts.
    Capital,
}

/// Where an insight comes from.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::insight::InsightOrigin")]
pub enum InsightOrigin {
    /// Those who answer for the element, in their own words.
    Narrative,
    /// Residents and users, asked or unasked.
    CustomerFeedback,
    /// Complaints and what was learned from them.
    Complaints,
    /// Those who do the work.
    Staff,
    /// Those the council works with.
    Partner,
    /// An inspectorate.
    Inspection,
    /// Peers from other councils.
    PeerChallenge,
}
