//! Reorganisation through the API.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::baseline::{PredecessorBaseline, predecessor_baseline};
use super::plan::{EndElementInput, EndGrantInput, ReorganisationPlan, ends};
use super::succession::CouncilSuccession;
use super::{CouncilSuccessionKind, SuccessionSide};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError, payload};
use crate::forums::deed::{Deed, finish};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;
use crate::reorganisation::names::{self, NameInput, Succession};
use crate::reorganisation::{handover, matched, plan, receive};

/// What a council says of another.
#[derive(InputObject)]
pub struct SuccessionNameInput {
    /// The council's own code.
    council: String,
    /// The other's code.
    other: String,
    /// What the other is to this one.
    side: SuccessionSide,
    /// The successor's first day, within ten years of today.
    on: Date,
    /// What becomes of the predecessor.
    kind: CouncilSuccessionKind,
}

/// What a council says no more.
#[derive(InputObject)]
pub struct SuccessionWithdrawInput {
    /// Which.
    succession: ID,
}

/// What came of naming a council, or saying so no more.
#[derive(SimpleObject)]
pub struct SuccessionPayload {
    /// What the council says as it is now; null when it was refused.
    succession: Option<CouncilSuccession>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `RECEIVER_NOT_FOUND`, `RECEIVER_IS_GIVER`, `DAY_OUT_OF_RANGE`,
    /// `SUCCESSION_NAMED`, `SUCCESSION_NOT_FOUND`, `TOO_MANY_COUNCILS`.
    user_errors: Vec<UserError>,
}

/// Figures to be handed over to a successor.
#[derive(InputObject)]
pub struct FiguresHandOverInput {
    /// The council's own code.
    council: String,
    /// The successor's code: both have named each other.
    to_council: String,
    /// Codes of indicators, 500 at most; all of the edition in force where none is named.
    #[graphql(default)]
    indicators: Vec<String>,
}

/// What came of handing figures over.
#[derive(SimpleObject)]
pub struct FiguresHandOverPayload {
    /// How many indicators.
    indicators: i32,
    /// How many figures of them.
    figures: i32,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `SUCCESSION_NOT_AGREED`, `NO_FRAMEWORK`, `INDICATORS_NEEDED`,
    /// `INDICATOR_NOT_FOUND`, `INDICATOR_SENSITIVE`.
    user_errors: Vec<UserError>,
}

/// Which of a predecessor's indicators is meant by one of the council's.
#[derive(InputObject)]
pub struct PredecessorIndicatorMapInput {
    /// The council's own code.
    council: String,
    /// The code of the council's indicator.
    indicator: String,
    /// The predecessor's code: both have named each other.
    predecessor: String,
    /// The predecessor's own ref for it; null: it has no such indicator.
    code: Option<String>,
    /// A period to answer the baseline of.
    period: Period,
}

/// What came of saying which indicator is meant.
#[derive(SimpleObject)]
pub struct PredecessorIndicatorMapPayload {
    /// The baseline as it is now; null when it was refused.
    baseline: Option<PredecessorBaseline>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `SUCCESSION_NOT_AGREED`, `INDICATOR_NOT_FOUND`, `INDICATOR_NOT_HANDED_OVER`,
    /// `UNIT_DIFFERS`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// A plan that was looked at, to be done.
#[derive(InputObject)]
pub struct ReorganisationApplyInput {
    /// The council's own code.
    council: String,
    /// The successor's code: both have named each other.
    successor: String,
    /// Elements that end, 1,000 elements and roles at most; the others are carried on.
    #[graphql(default)]
    end_elements: Vec<EndElementInput>,
    /// Roles that end; the others are carried on.
    #[graphql(default)]
    end_grants: Vec<EndGrantInput>,
    /// The `digest` of the plan as it was looked at.
    digest: String,
}

/// What came of applying a plan.
#[derive(SimpleObject)]
pub struct ReorganisationApplyPayload {
    /// The plan as it was done; null when it was refused, and nothing was done.
    plan: Option<ReorganisationPlan>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `SUCCESSION_NOT_AGREED`, `ELEMENT_NOT_FOUND`, `GRANT_NOT_FOUND`,
    /// `TOO_MANY_ENDS`, `PLAN_APPLIED`, `PLAN_CHANGED`, `PLAN_HAS_PROBLEMS`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// What a predecessor's plan carries, to be taken on.
#[derive(InputObject)]
pub struct ReorganisationReceiveInput {
    /// The council's own code.
    council: String,
    /// The predecessor's code: both have named each other, and it has applied its plan.
    predecessor: String,
    /// What is put before the codes of its elements, 20 characters at most: predecessors have the same codes, mostly.
    prefix: Option<String>,
    /// Look what would be taken on, and change nothing.
    #[graphql(default = false)]
    preview: bool,
}

/// What came of taking on what a predecessor's plan carries.
#[derive(SimpleObject)]
pub struct ReorganisationReceivePayload {
    /// How many elements stand in the framework, from the council's first day on.
    elements: i32,
    /// How many people are new to the council.
    people: i32,
    /// How many roles were given, from that day on.
    grants: i32,
    /// How many roles their holders have already.
    held: i32,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `SUCCESSION_NOT_AGREED`, `PLAN_NOT_APPLIED`, `PLAN_RECEIVED`, `NO_FRAMEWORK`,
    /// `ELEMENT_CODE_TAKEN`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Reorganisation.
#[derive(Default)]
pub struct ReorganisationMutation;

/// Reorganisation.
#[Object]
impl ReorganisationMutation {
    /// Says that another council follows this one, or came before it: agreed once the other says so too, of the same day and kind. Needs
    /// `REORGANISE`.
    async fn succession_name(&self, ctx: &Context<'_>, input: SuccessionNameInput) -> Option<Result<SuccessionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = NameInput {
                council: &input.council,
                side: input.side.into(),
                other: &input.other,
                on: input.on.0,
                kind: input.kind.into(),
            };
            let done = names::name(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            named(tx, done).await
        };
        Some(verb().await)
    }

    /// Says so no more; what was handed over to a successor is deleted. Needs `REORGANISE`.
    async fn succession_withdraw(&self, ctx: &Context<'_>, input: SuccessionWithdrawInput) -> Option<Result<SuccessionPayload>> {
        let verb = async || {
            let succession = id::expect(&input.succession, Kind::Succession)?;
            let (tx, actor) = session(ctx).change().await?;
            let done = names::withdraw(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, succession).await;
            named(tx, done).await
        };
        Some(verb().await)
    }

    /// Hands figures over to a successor, with numerators and denominators: what was approved where returns are approved, of the last
    /// twenty years. Said again, it replaces what was handed over before. Needs `SHARE_FIGURES`.
    async fn figures_hand_over(&self, ctx: &Context<'_>, input: FiguresHandOverInput) -> Option<Result<FiguresHandOverPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = handover::hand_over(&deed, &input.council, &input.to_council, &input.indicators).await;
            let (handed, user_errors) = finish(tx, done).await?;
            let number = |n: Option<usize>| n.and_then(|n| i32::try_from(n).ok()).unwrap_or_default();
            Ok(FiguresHandOverPayload {
                indicators: number(handed.map(|handed| handed.indicators)),
                figures: number(handed.map(|handed| handed.figures)),
                user_errors,
            })
        };
        Some(verb().await)
    }

    /// Says which of a predecessor's indicators is meant by one of the council's, where its metric and code do not. Needs
    /// `MANAGE_BENCHMARKS`.
    async fn predecessor_indicator_map(
        &self,
        ctx: &Context<'_>,
        input: PredecessorIndicatorMapInput,
    ) -> Option<Result<PredecessorIndicatorMapPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = matched::map(&deed, &input.council, &input.indicator, &input.predecessor, input.code.as_deref()).await;
            let (mapped, user_errors) = finish(tx, done).await?;
            let baseline = match mapped {
                Some(_) => predecessor_baseline(ctx, &input.indicator, input.period.0).await?,
                None => None,
            };
            Ok(PredecessorIndicatorMapPayload { baseline, user_errors })
        };
        Some(verb().await)
    }

    /// Ends elements and roles on the council's last day, by date, and tells the successor what to carry on: all of the plan that was
    /// looked at, or nothing. Needs `REORGANISE`.
    async fn reorganisation_apply(&self, ctx: &Context<'_>, input: ReorganisationApplyInput) -> Option<Result<ReorganisationApplyPayload>> {
        let verb = async || {
            let ends = ends(input.end_elements, input.end_grants)?;
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = plan::apply(&deed, &input.council, &input.successor, &ends, &input.digest).await;
            let (plan, user_errors) = finish(tx, done).await?;
            Ok(ReorganisationApplyPayload { plan: plan.map(Into::into), user_errors })
        };
        Some(verb().await)
    }

    /// Takes on what a predecessor's plan carries: its elements come into the edition in force on the council's first day, and its people
    /// have their roles from that day on, known by their addresses and entered where they are not. All of it or nothing. Needs
    /// `REORGANISE`.
    async fn reorganisation_receive(
        &self,
        ctx: &Context<'_>,
        input: ReorganisationReceiveInput,
    ) -> Option<Result<ReorganisationReceivePayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = receive::receive(&deed, &input.council, &input.predecessor, input.prefix.as_deref()).await;
            // What is only looked at is undone with the change it was worked out in.
            let (taken, user_errors) = if input.preview { payload(done)? } else { finish(tx, done).await? };
            let taken = taken.unwrap_or_default();
            let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
            Ok(ReorganisationReceivePayload {
                elements: number(taken.elements),
                people: number(taken.people),
                grants: number(taken.grants),
                held: number(taken.held),
                user_errors,
            })
        };
        Some(verb().await)
    }
}

async fn named(tx: Change, done: Result<Succession, Refusal>) -> Result<SuccessionPayload> {
    let (one, user_errors) = finish(tx, done).await?;
    Ok(SuccessionPayload { succession: one.map(|one| CouncilSuccession { one }), user_errors })
}
