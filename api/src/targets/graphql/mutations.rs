//! Acts on proposed targets.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use rules::status::Thresholds;
use uuid::Uuid;

use super::list;
use super::proposal::TargetProposal;
use super::words::TargetEvidence;
use crate::db::Change;
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Decimal, Period};
use crate::graphql::session::session;
use crate::targets::verbs::{self, Aim, ApproveInput, Comment, Deed, ProposeInput, StepInput};

/// What should be aimed at in a period.
#[derive(InputObject)]
pub struct TargetAimInput {
    /// One of the indicator's own periods, or its year.
    period: Period,
    /// What is aimed at.
    target: Option<Decimal>,
    /// Past this, somebody steps in. On the worse side of the target.
    intervention: Option<Decimal>,
    /// The least that is on target, where the target is a range.
    lower: Option<Decimal>,
    /// The most that is on target, where the target is a range.
    upper: Option<Decimal>,
    /// The least that is not red, where the target is a range.
    intervention_lower: Option<Decimal>,
    /// The most that is not red, where the target is a range.
    intervention_upper: Option<Decimal>,
}

impl From<&TargetAimInput> for Aim {
    fn from(of: &TargetAimInput) -> Self {
        let exact = |number: Option<Decimal>| number.map(|number| number.0);
        let thresholds = Thresholds {
            target: exact(of.target),
            intervention: exact(of.intervention),
            lower: exact(of.lower),
            upper: exact(of.upper),
            intervention_lower: exact(of.intervention_lower),
            intervention_upper: exact(of.intervention_upper),
        };
        Self { period: of.period.0, thresholds }
    }
}

/// What a proposal rests on.
#[derive(InputObject)]
pub struct TargetEvidenceInput {
    /// A trend, a benchmark, both, or neither: a target without evidence can be proposed, and is marked so.
    kind: TargetEvidence,
    /// What it shows, 2,000 characters at most. Needed unless there is none.
    words: Option<String>,
}

/// Targets to be proposed.
#[derive(InputObject)]
pub struct TargetProposeInput {
    /// The council's code.
    council: String,
    /// The indicator's code. Not needed where a proposal is made again.
    indicator: Option<String>,
    /// The proposal to be made again, with other figures: while nobody looked at it yet, or when it was returned.
    proposal: Option<ID>,
    /// The revision it was read at, where one is made again.
    revision: Option<i32>,
    /// From which day it is to hold.
    effective_from: Date,
    /// What should be aimed at, by period: 60 at most.
    targets: Vec<TargetAimInput>,
    /// Why, 2,000 characters at most.
    reason: Option<String>,
    /// What it rests on.
    evidence: TargetEvidenceInput,
}

/// A proposal to be recommended.
#[derive(InputObject)]
pub struct TargetRecommendInput {
    /// Which.
    proposal: ID,
    /// The revision it was read at.
    revision: i32,
    /// What you make of it, 4,000 characters at most.
    comment: Option<String>,
}

/// A portfolio holder's review.
#[derive(InputObject)]
pub struct TargetReviewInput {
    /// Which.
    proposal: ID,
    /// The revision it was read at.
    revision: i32,
    /// True to support it, false to return it to whoever proposed it.
    supported: bool,
    /// What you make of it; why, where it is returned. 2,000 characters at most for a reason, 4,000 for a comment.
    comment: Option<String>,
}

/// A forum's comment to be put on record.
#[derive(InputObject)]
pub struct TargetScrutiniseInput {
    /// Which.
    proposal: ID,
    /// The revision it was read at.
    revision: i32,
    /// Code of the forum.
    forum: String,
    /// What it said, 4,000 characters at most.
    comment: String,
}

/// The decision that makes a proposal the target.
#[derive(InputObject)]
pub struct TargetApproveInput {
    /// Which.
    proposal: ID,
    /// The revision it was read at.
    revision: i32,
    /// The body that decided.
    decided_by: String,
    /// When, today at the latest.
    decided_on: Date,
    /// Where it is minuted.
    reference: String,
    /// What the decision says of periods that began before the target takes effect. Needed where the proposal has such
    /// periods, and refused where it has none.
    reaching_back: Option<String>,
}

/// A proposal that was decided against.
#[derive(InputObject)]
pub struct TargetRefuseInput {
    /// Which.
    proposal: ID,
    /// The revision it was read at.
    revision: i32,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// A proposal to be taken back.
#[derive(InputObject)]
pub struct TargetWithdrawInput {
    /// Which.
    proposal: ID,
    /// The revision it was read at.
    revision: i32,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// What became of an act on a proposed target.
#[derive(SimpleObject)]
pub struct TargetProposalPayload {
    /// The proposal as it is now; null when the act was refused.
    proposal: Option<TargetProposal>,
    /// What can be put right. Of any act: `PROPOSAL_NOT_FOUND`; `PROPOSAL_MOVED`, where somebody was faster; `PROPOSAL_NOT_NOW`;
    /// `SEPARATION_OF_DUTIES`. Of proposing: `COUNCIL_NOT_FOUND`, `INDICATOR_NOT_FOUND`, `INDICATOR_RETIRED`, `INDICATOR_OTHER`,
    /// `TARGETS_NEEDED`, `TARGET_EMPTY`, `PERIOD_TWICE`, `PERIOD_UNSUITED`, `CONTEXTUAL_TARGET`, `INTERVENTION_ON_WRONG_SIDE`,
    /// `INTERVENTION_WITHOUT_SIDE`, `RANGE_NOT_NESTED`, `RANGE_MISSING`, `TEXT_NEEDED`, `EVIDENCE_KIND_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`, `ALREADY_PROPOSED`, `REVISION_NEEDED`. Of the others: `REASON_NEEDED`, `FORUM_NOT_FOUND`,
    /// `DECISION_NEEDED`, `DECISION_TO_COME`, `REACHES_BACK`, `REACHES_BACK_NOWHERE`.
    user_errors: Vec<UserError>,
}

/// Proposed targets.
#[derive(Default)]
pub struct TargetMutation;

/// Proposed targets.
#[Object]
impl TargetMutation {
    /// Proposes what an indicator should aim at, or proposes it again with other figures.
    async fn target_propose(&self, ctx: &Context<'_>, input: TargetProposeInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let aims: Vec<Aim> = input.targets.iter().map(Aim::from).collect();
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = match again(&input) {
                Ok(again) => verbs::propose(&deed, &proposed(&input, &aims, again)).await,
                Err(refused) => Err(refused),
            };
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Recommends a proposal, as the director of whoever proposed it.
    async fn target_recommend(&self, ctx: &Context<'_>, input: TargetRecommendInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::recommend(&deed, of(&input.proposal, input.revision), input.comment.as_deref()).await;
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Supports a proposal as the portfolio holder, or returns it with a reason.
    async fn target_review(&self, ctx: &Context<'_>, input: TargetReviewInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let of = of(&input.proposal, input.revision);
            let done = verbs::review(&deed, of, input.supported, input.comment.as_deref()).await;
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Puts a scrutiny forum's comment on a proposal on record.
    async fn target_scrutinise(&self, ctx: &Context<'_>, input: TargetScrutiniseInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let comment = Comment { forum: &input.forum, words: &input.comment };
            let done = verbs::scrutinise(&deed, of(&input.proposal, input.revision), &comment).await;
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Records the decision that makes a proposal the target. What was aimed at before is superseded and kept.
    async fn target_approve(&self, ctx: &Context<'_>, input: TargetApproveInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let decision = ApproveInput {
                of: of(&input.proposal, input.revision),
                body: &input.decided_by,
                on: input.decided_on.0,
                reference: &input.reference,
                reaching_back: input.reaching_back.as_deref(),
            };
            let done = verbs::approve(&deed, &decision).await;
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Records that a proposal was decided against.
    async fn target_refuse(&self, ctx: &Context<'_>, input: TargetRefuseInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::refuse(&deed, of(&input.proposal, input.revision), &input.reason).await;
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Takes a proposal back.
    async fn target_withdraw(&self, ctx: &Context<'_>, input: TargetWithdrawInput) -> Option<Result<TargetProposalPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::withdraw(&deed, of(&input.proposal, input.revision), &input.reason).await;
            shown(ctx, tx, done).await
        };
        Some(verb().await)
    }
}

fn of(proposal: &ID, revision: i32) -> StepInput {
    StepInput { proposal: id::expect(proposal, Kind::TargetProposal).ok(), revision }
}

/// The proposal that is made again, if one is.
fn again(input: &TargetProposeInput) -> Result<Option<(Option<Uuid>, i32)>, Refusal> {
    match (&input.proposal, input.revision) {
        (None, _) => Ok(None),
        (Some(proposal), Some(revision)) => Ok(Some((id::expect(proposal, Kind::TargetProposal).ok(), revision))),
        (Some(_), None) => {
            let message = "Say which revision of the proposal you read: it is made again as you read it, or not at all.";
            Err(UserError::new("REVISION_NEEDED", message, Some(&["input", "revision"])).into())
        }
    }
}

fn proposed<'a>(input: &'a TargetProposeInput, aims: &'a [Aim], again: Option<(Option<Uuid>, i32)>) -> ProposeInput<'a> {
    ProposeInput {
        council: &input.council,
        indicator: input.indicator.as_deref(),
        again,
        effective_from: input.effective_from.0,
        aims,
        reason: input.reason.as_deref(),
        evidence_kind: input.evidence.kind.into(),
        evidence: input.evidence.words.as_deref(),
    }
}

/// Commits what was done and shows the proposal as it is then; lets go of what was refused.
async fn shown(ctx: &Context<'_>, tx: Change, done: Result<Uuid, Refusal>) -> Result<TargetProposalPayload> {
    let (done, user_errors) = payload(done)?;
    let proposal = match done {
        Some(id) => {
            tx.commit().await?;
            list::find(ctx, id).await?
        }
        None => None,
    };
    Ok(TargetProposalPayload { proposal, user_errors })
}
