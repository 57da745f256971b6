//! Acts on warnings, on the rules that fire them, and on charts.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use super::chart::ControlBaseline;
use super::list;
use super::rules::{WarningParameterInput, WarningRule};
use super::warning::Warning;
use super::words::WarningKind;
use crate::error::{Error, Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;
use crate::warnings::verbs::{self, Deed, Subject, Wanted};
use crate::warnings::{baseline, rule, store};

/// A warning somebody has seen.
#[derive(InputObject)]
pub struct WarningAcknowledgeInput {
    /// Which.
    warning: ID,
    /// The revision it was read at.
    revision: i32,
}

/// What is behind a warning.
#[derive(InputObject)]
pub struct WarningAnswerInput {
    /// Which.
    warning: ID,
    /// The revision it was read at.
    revision: i32,
    /// What is behind it and what is done, 4,000 characters at most.
    text: String,
}

/// A warning to be left alone for a while.
#[derive(InputObject)]
pub struct WarningMuteInput {
    /// Which.
    warning: ID,
    /// The revision it was read at.
    revision: i32,
    /// Why, 4,000 characters at most.
    reason: String,
    /// The last day it is left alone, 366 days from now at most: then it is there again.
    until: Date,
}

/// A warning to be left alone no more.
#[derive(InputObject)]
pub struct WarningUnmuteInput {
    /// Which.
    warning: ID,
    /// The revision it was read at.
    revision: i32,
}

/// What came of acting on a warning.
#[derive(SimpleObject)]
pub struct WarningPayload {
    /// The warning as it is now; null where it does not stand any more.
    warning: Option<Warning>,
    /// What the person can put right: `WARNING_NOT_FOUND`, `WARNING_MOVED`, `WARNING_NOT_NOW`, `TEXT_NEEDED`, `REASON_NEEDED`,
    /// `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `UNTIL_OUT_OF_RANGE`.
    user_errors: Vec<UserError>,
}

/// A rule to be set: all of it.
#[derive(InputObject)]
pub struct WarningRuleSetInput {
    /// The council's code.
    council: String,
    /// Which rule.
    kind: WarningKind,
    /// Whether it fires.
    enabled: bool,
    /// How it is set; what is not given is as it comes.
    #[graphql(default)]
    parameters: Vec<WarningParameterInput>,
}

/// What came of setting a rule.
#[derive(SimpleObject)]
pub struct WarningRuleSetPayload {
    /// The rule as it is now.
    rule: Option<WarningRule>,
    /// What the person can put right: `COUNCIL_NOT_FOUND`, `PARAMETER_UNKNOWN`, `PARAMETER_OUT_OF_BOUNDS`, `PARAMETER_TWICE`.
    user_errors: Vec<UserError>,
}

/// From when the limits of an indicator's chart are to be taken anew.
#[derive(InputObject)]
pub struct ControlBaselineSetInput {
    /// The council's code.
    council: String,
    /// The indicator's ref.
    indicator: String,
    /// The first period of the new process: one of the indicator's own.
    from: Period,
    /// What changed then, 2,000 characters at most.
    reason: String,
}

/// A baseline that was set in error.
#[derive(InputObject)]
pub struct ControlBaselineWithdrawInput {
    /// Which.
    baseline: ID,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// What came of setting, or withdrawing, a baseline.
#[derive(SimpleObject)]
pub struct ControlBaselinePayload {
    /// The baselines of the indicator as they are now; null where nothing was done.
    baselines: Option<Vec<ControlBaseline>>,
    /// What the person can put right: `COUNCIL_NOT_FOUND`, `INDICATOR_NOT_FOUND`, `BASELINE_NOT_FOUND`, `PERIOD_UNSUITED`,
    /// `TOO_MANY_BASELINES`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Acts on warnings, on the rules that fire them, and on charts.
#[derive(Default)]
pub struct WarningMutation;

#[Object]
impl WarningMutation {
    /// Say that somebody has seen a warning. Needs `ACT_ON_WARNINGS` over what it is about.
    async fn warning_acknowledge(&self, ctx: &Context<'_>, input: WarningAcknowledgeInput) -> Option<Result<WarningPayload>> {
        Some(act(ctx, &input.warning, input.revision, Wanted::Acknowledge).await)
    }

    /// Say what is behind a warning and what is done. Needs `ACT_ON_WARNINGS` over what it is about.
    async fn warning_answer(&self, ctx: &Context<'_>, input: WarningAnswerInput) -> Option<Result<WarningPayload>> {
        Some(act(ctx, &input.warning, input.revision, Wanted::Answer { text: &input.text }).await)
    }

    /// Leave a warning alone until a day, for a reason: it is listed as muted, and is there again afterwards. Needs
    /// `ACT_ON_WARNINGS` over what it is about.
    async fn warning_mute(&self, ctx: &Context<'_>, input: WarningMuteInput) -> Option<Result<WarningPayload>> {
        let wanted = Wanted::Mute { reason: &input.reason, until: input.until.0 };
        Some(act(ctx, &input.warning, input.revision, wanted).await)
    }

    /// Leave a warning alone no more. Needs `ACT_ON_WARNINGS` over what it is about.
    async fn warning_unmute(&self, ctx: &Context<'_>, input: WarningUnmuteInput) -> Option<Result<WarningPayload>> {
        Some(act(ctx, &input.warning, input.revision, Wanted::Unmute).await)
    }

    /// Set a rule of early warning: on or off, and how. Needs `EDIT_FRAMEWORK`.
    async fn warning_rule_set(&self, ctx: &Context<'_>, input: WarningRuleSetInput) -> Option<Result<WarningRuleSetPayload>> {
        let act = async || {
            let (rule, user_errors) = payload(set_rule(ctx, &input).await)?;
            Ok(WarningRuleSetPayload { rule, user_errors })
        };
        Some(act().await)
    }

    /// Have the centre line and limits of an indicator's chart taken anew from a period on. Needs `EDIT_FRAMEWORK`.
    async fn control_baseline_set(&self, ctx: &Context<'_>, input: ControlBaselineSetInput) -> Option<Result<ControlBaselinePayload>> {
        let act = async || {
            let set = async || {
                let (tx, actor) = session(ctx).change().await?;
                actor.scope_for(Permission::EditFramework)?;
                of_council(&input.council, &actor)?;
                let of = baseline::set(&session(ctx).app, &tx, &actor, (&input.indicator, input.from.0, &input.reason)).await?;
                tx.commit().await?;
                baselines(ctx, of).await
            };
            let (baselines, user_errors) = payload(set().await)?;
            Ok(ControlBaselinePayload { baselines, user_errors })
        };
        Some(act().await)
    }

    /// Withdraw a baseline that was set in error. Needs `EDIT_FRAMEWORK`.
    async fn control_baseline_withdraw(
        &self,
        ctx: &Context<'_>,
        input: ControlBaselineWithdrawInput,
    ) -> Option<Result<ControlBaselinePayload>> {
        let act = async || {
            let withdraw = async || {
                let (tx, actor) = session(ctx).change().await?;
                let id = id::expect(&input.baseline, Kind::ControlBaseline).ok();
                let of = baseline::withdraw(&session(ctx).app, &tx, &actor, (id, &input.reason)).await?;
                tx.commit().await?;
                baselines(ctx, of).await
            };
            let (baselines, user_errors) = payload(withdraw().await)?;
            Ok(ControlBaselinePayload { baselines, user_errors })
        };
        Some(act().await)
    }
}

fn of_council(code: &str, actor: &crate::access::Actor) -> Result<(), UserError> {
    if code == actor.council.code {
        return Ok(());
    }
    Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])))
}

async fn act(ctx: &Context<'_>, warning: &ID, revision: i32, wanted: Wanted<'_>) -> Result<WarningPayload> {
    let (id, user_errors) = payload(done(ctx, warning, revision, &wanted).await)?;
    let warning = match id {
        Some(id) => list::find(ctx, id).await?,
        None => None,
    };
    Ok(WarningPayload { warning, user_errors })
}

async fn done(ctx: &Context<'_>, warning: &ID, revision: i32, wanted: &Wanted<'_>) -> Result<Uuid, Refusal> {
    // Whoever may act on no warning is told so, whatever they name.
    session(ctx).actor().await?.scope_for(Permission::ActOnWarnings)?;
    let found = match verbs::wanted_id(warning) {
        Some(id) => list::find(ctx, id).await?,
        None => None,
    };
    let Some(found) = found else { return Err(verbs::not_found()) };
    let one = &found.shown().one;
    let name = format!("{} {}", one.key.subject.kind.words(), one.named.code);
    // Rights are read once more inside the change.
    let (tx, actor) = session(ctx).change().await?;
    let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
    verbs::act(&deed, &Subject { key: one.key, seat: &one.seat, name: &name }, revision, wanted).await?;
    tx.commit().await?;
    session(ctx).refresh().await;
    Ok(found.uuid())
}

async fn set_rule(ctx: &Context<'_>, input: &WarningRuleSetInput) -> Result<WarningRule, Refusal> {
    let (tx, actor) = session(ctx).change().await?;
    actor.scope_for(Permission::EditFramework)?;
    of_council(&input.council, &actor)?;
    let parameters = input.parameters.iter().map(|of| (of.name.as_str(), i64::from(of.value))).collect();
    let wanted = rule::Wanted { kind: input.kind.into(), enabled: input.enabled, parameters };
    let book = rule::set(&session(ctx).app, &tx, &actor, &wanted).await?;
    tx.commit().await?;
    let found = book.rule(wanted.kind).ok_or_else(|| Error::internal("setting a rule of early warning", &"it is not there"))?;
    Ok(found.into())
}

async fn baselines(ctx: &Context<'_>, indicator: Uuid) -> Result<Vec<ControlBaseline>, Refusal> {
    session(ctx).refresh().await;
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let all = store::baselines(&**snapshot, &actor.own_scope(), None).await?;
    Ok(all.get(&indicator).into_iter().flatten().map(Into::into).collect())
}
