//! Writing proposals, and targets where they are approved.

use chrono::{DateTime, Utc};
use entity::target_proposal::{Column, Entity, Model};
use entity::{Dec, target, target_proposal_row as row, target_proposal_step as step};
use rules::status::Thresholds;
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::RowEntry;
use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::rows::months;

/// Enters a proposal.
pub async fn insert(tx: &Change, proposal: Model) -> Result<()> {
    let row = proposal.into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(&**tx).await.context("entering a proposed target")?;
    Ok(())
}

/// Writes what became of a proposal, if it still is what it was when it was read: false when somebody was faster.
pub async fn move_on(tx: &Change, was: i32, proposal: &Model) -> Result<bool> {
    let Model { council_id, id, .. } = *proposal;
    let set = proposal.clone();
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(council_id))
        .filter(Column::Id.eq(id))
        .filter(Column::Revision.eq(was))
        .col_expr(Column::State, Expr::value(set.state))
        .col_expr(Column::Revision, Expr::value(set.revision))
        .col_expr(Column::Version, Expr::value(set.version))
        .col_expr(Column::EffectiveFrom, Expr::value(set.effective_from))
        .col_expr(Column::Reason, Expr::value(set.reason))
        .col_expr(Column::EvidenceKind, Expr::value(set.evidence_kind))
        .col_expr(Column::Evidence, Expr::value(set.evidence))
        .col_expr(Column::DecisionBody, Expr::value(set.decision_body))
        .col_expr(Column::DecisionOn, Expr::value(set.decision_on))
        .col_expr(Column::DecisionReference, Expr::value(set.decision_reference))
        .col_expr(Column::ChangedAt, Expr::value(set.changed_at))
        .exec(&**tx)
        .await
        .context("moving a proposed target on")?;
    Ok(done.rows_affected == 1)
}

/// Enters the periods of a version. One statement: how many there may be is limited.
pub async fn write_rows(app: &App, tx: &Change, proposal: &Model, periods: &[(rules::period::Period, Thresholds)]) -> Result<()> {
    let rows = periods.iter().map(|(period, aimed)| row::Model {
        council_id: proposal.council_id,
        id: app.ids.next(),
        proposal_id: proposal.id,
        version: proposal.version,
        period_start: period.start(),
        period_months: months(*period),
        target: aimed.target.map(Dec),
        intervention: aimed.intervention.map(Dec),
        lower: aimed.lower.map(Dec),
        upper: aimed.upper.map(Dec),
        intervention_lower: aimed.intervention_lower.map(Dec),
        intervention_upper: aimed.intervention_upper.map(Dec),
        before_id: None,
        target_id: None,
    });
    let rows = rows.map(|row| row.into_active_model().reset_all());
    row::Entity::insert_many(rows).exec_without_returning(&**tx).await.context("entering the periods of a proposed target")?;
    Ok(())
}

/// Puts a step on record: it is never changed.
pub async fn record_step(tx: &Change, step: step::Model) -> Result<()> {
    let row = step.into_active_model().reset_all();
    step::Entity::insert(row).exec_without_returning(&**tx).await.context("recording a step of a proposed target")?;
    Ok(())
}

/// What approving writes beside the figures.
pub struct Decided<'a> {
    pub indicator: Uuid,
    pub approved_by: &'a str,
    pub evidence: Option<&'a str>,
    pub at: DateTime<Utc>,
}

/// Makes the periods of a proposal the targets: what was aimed at before is superseded, and both are named in the
/// proposal's rows. Four statements, however many periods.
pub async fn record_targets(app: &App, tx: &Change, scope: &Scope, rows: &[RowEntry], decided: &Decided<'_>) -> Result<()> {
    let before: Vec<Uuid> = rows.iter().filter_map(|row| row.current.map(|held| held.id)).collect();
    let superseded = target::Entity::update_many()
        .col_expr(target::Column::SupersededAt, Expr::value(decided.at))
        .filter(target::Column::CouncilId.eq(scope.council))
        .filter(target::Column::SupersededAt.is_null())
        .filter(target::Column::Id.is_in(before.iter().copied()))
        .exec(&**tx)
        .await
        .context("superseding targets")?;
    if usize::try_from(superseded.rows_affected).ok() != Some(before.len()) {
        return Err(Error::internal("superseding targets", &"one of them was superseded meanwhile"));
    }
    let ids: Vec<(&RowEntry, Uuid)> = rows.iter().map(|row| (row, app.ids.next())).collect();
    let targets = ids.iter().map(|(row, id)| target::Model {
        council_id: scope.council,
        id: *id,
        indicator_id: decided.indicator,
        period_start: row.period.start(),
        period_months: months(row.period),
        target: row.thresholds.target.map(Dec),
        intervention: row.thresholds.intervention.map(Dec),
        lower: row.thresholds.lower.map(Dec),
        upper: row.thresholds.upper.map(Dec),
        intervention_lower: row.thresholds.intervention_lower.map(Dec),
        intervention_upper: row.thresholds.intervention_upper.map(Dec),
        evidence: decided.evidence.map(str::to_owned),
        approved_by: Some(decided.approved_by.to_owned()),
        recorded_at: decided.at,
        superseded_at: None,
        recorded_by: Some(scope.person),
        import_id: None,
    });
    let targets = targets.map(|target| target.into_active_model().reset_all());
    target::Entity::insert_many(targets).exec_without_returning(&**tx).await.context("recording targets")?;
    name(tx, scope, &ids).await
}

/// Says in each row which target it became and which it superseded.
async fn name(tx: &Change, scope: &Scope, ids: &[(&RowEntry, Uuid)]) -> Result<()> {
    let (mut became, mut before) = (CaseStatement::new(), CaseStatement::new());
    for (entry, id) in ids {
        became = became.case(row::Column::Id.eq(entry.id), Expr::value(*id));
        before = before.case(row::Column::Id.eq(entry.id), Expr::value(entry.current.map(|held| held.id)));
    }
    row::Entity::update_many()
        .col_expr(row::Column::TargetId, became.into())
        .col_expr(row::Column::BeforeId, before.into())
        .filter(row::Column::CouncilId.eq(scope.council))
        .filter(row::Column::Id.is_in(ids.iter().map(|(entry, _)| entry.id)))
        .exec(&**tx)
        .await
        .context("linking a proposal to its targets")?;
    Ok(())
}
