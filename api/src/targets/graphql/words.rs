//! The closed words of a proposal's life, as enums of the API.

use async_graphql::Enum;

/// Where a proposed target stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::proposal::State")]
pub enum TargetState {
    /// The service proposes it; nobody else has looked yet.
    Proposed,
    /// Sent back to the service with a reason: to be proposed again, or withdrawn.
    Returned,
    /// The director recommends it.
    Recommended,
    /// The portfolio holder supports it.
    Reviewed,
    /// A scrutiny forum's comment is on record.
    Scrutinised,
    /// Decided: it is the target.
    Approved,
    /// Decided against.
    Refused,
    /// Taken back by the service.
    Withdrawn,
}

/// What moves a proposed target.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::proposal::Act")]
pub enum TargetAct {
    /// Say what should be aimed at; again, with other figures, while nobody looked yet or when it was returned.
    Propose,
    /// Recommend it, as the director.
    Recommend,
    /// Support it, as the portfolio holder.
    Review,
    /// Send it back to whoever proposed it.
    Return,
    /// Put a scrutiny forum's comment on record.
    Scrutinise,
    /// Record the decision that makes it the target.
    Approve,
    /// Record that it was decided against.
    Refuse,
    /// Take it back.
    Withdraw,
}

/// What has to come with an act on a proposed target.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::proposal::Needs")]
pub enum TargetNeeds {
    /// Nothing.
    Nothing,
    /// What is aimed at, for one period at least.
    Figures,
    /// Why.
    Reason,
    /// Which forum, and what it said.
    Comment,
    /// Who decided, when, and where that is minuted.
    Decision,
}

/// What a proposed target rests on.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::proposal::Evidence")]
pub enum TargetEvidence {
    /// What was reached before.
    Trend,
    /// What others reach.
    Benchmark,
    /// Both.
    Both,
    /// Neither: allowed, and marked so.
    None,
}
