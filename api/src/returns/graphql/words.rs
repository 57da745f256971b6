//! The closed words of returns, as the enums of the API.

use async_graphql::Enum;

/// Where a return stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::cycle::State")]
pub enum ReturnState {
    /// It takes figures.
    Open,
    /// The service stands by its figures; nobody else has looked yet.
    Submitted,
    /// Sent back with questions: it takes figures again.
    Queried,
    /// Somebody else has looked at the figures.
    Assured,
    /// Somebody answers for the figures; they are kept as they were then.
    Approved,
    /// What was approved is what the public reads.
    Published,
    /// What was approved stays so; the service stands by figures that came since, because they were not due then.
    LateSubmitted,
    /// What was approved stays so; its late figures were sent back with questions.
    LateQueried,
    /// What was approved stays so; somebody else has looked at its late figures.
    LateAssured,
}

/// What moves a return.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::cycle::Act")]
pub enum ReturnActKind {
    /// Stand by the figures.
    Submit,
    /// Take it back before anybody looked.
    Recall,
    /// Send it back to the service with questions on indicators.
    Query,
    /// Say that the figures were looked at.
    Assure,
    /// Answer for the figures.
    Approve,
    /// Let the public read what was approved.
    Publish,
    /// Take a correction: what was approved stays until the correction is approved in its turn.
    Reopen,
}

/// Something a figure lacks before its return can be submitted.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::cycle::Missing")]
pub enum ReturnMissing {
    /// Neither a figure nor a reason why there is none.
    Figure,
    /// What it shows and why.
    Explanation,
    /// What is done about it.
    Action,
    /// By whom.
    Owner,
    /// By when.
    Due,
}
