//! Doing what a stored plan says: all of it, or nothing and the reason.

use std::collections::{HashMap, HashSet};

use entity::{import, import_change, indicator_version, observation};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::held::{Span, current};
use super::known::owners;
use super::row::{HeldRow, ObservationRow, Revision};
use super::stale;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result, UserError};
use crate::imports::plan::{ChangeKind, STALE_MAX, Stale, Subject, out_of_date};
use crate::values::calendar::{Taken, open_periods};

/// Rows of one INSERT: 26 columns each stay under SQLite's 32,766 parameters.
const ROWS_A_STATEMENT: usize = 1_200;
/// Ids of one UPDATE, for the same reason.
const IDS_A_STATEMENT: usize = 30_000;

/// A row of the plan that is to be written, or was found to be held already.
struct Planned {
    /// Its number in the plan.
    seq: i32,
    writes: bool,
    held: Option<Uuid>,
    row: ObservationRow,
}

/// Writes the figures of a stored plan: supersedes what they replace and inserts them, as the scope's person. First
/// makes sure that what is held, the definitions, the person's right and the open periods are as the plan found them;
/// if they are not, the answer is a user error and nothing is written.
pub async fn apply(
    app: &App,
    tx: &Change,
    scope: &Scope,
    import: Uuid,
    changes: &[import_change::Model],
    reason: Option<&str>,
) -> Result<Result<(), Stale>> {
    let planned: Vec<Planned> = changes.iter().filter_map(|change| planned(change).transpose()).collect::<Result<_>>()?;
    if planned.is_empty() {
        return Ok(Ok(()));
    }
    let span = Span::of(planned.iter().map(|p| (p.row.indicator, p.row.period)));
    if let Some(refusal) = still_true(tx, scope, import, &planned, &span).await? {
        return Ok(Err(refusal));
    }
    let now = app.clock.now();
    supersede(tx, scope, now, planned.iter().filter(|p| p.writes).filter_map(|p| p.held).collect()).await?;
    let revisions = planned.into_iter().filter(|p| p.writes).map(|p| Revision {
        id: app.ids.next(),
        council: scope.council,
        person: scope.person,
        import: Some(import),
        reason: reason.filter(|_| p.held.is_some()).map(str::to_owned),
        at: now,
        withdrawn: false,
        row: p.row,
    });
    insert(tx, revisions.collect()).await?;
    Ok(Ok(()))
}

fn planned(change: &import_change::Model) -> Result<Option<Planned>> {
    let kind: ChangeKind = change.kind.parse().context("reading a plan")?;
    if change.subject != Subject::Observation.code() || kind == ChangeKind::Refused {
        return Ok(None);
    }
    let after = change.after_row.as_deref().ok_or_else(|| Error::internal("reading a plan", &"a row without a figure"))?;
    let held = change.before_row.as_deref().map(serde_json::from_str::<HeldRow>).transpose().context("reading what a plan saw")?;
    Ok(Some(Planned {
        seq: change.seq,
        writes: kind != ChangeKind::Same,
        held: held.map(|held| held.observation),
        row: serde_json::from_str(after).context("reading a planned figure")?,
    }))
}

/// Why the plan can no longer be done.
async fn still_true(tx: &Change, scope: &Scope, import: Uuid, planned: &[Planned], span: &Span) -> Result<Option<Stale>> {
    let held = current(&**tx, scope, span).await?;
    let moved: Vec<i32> = planned.iter().filter(|p| held.get(&p.row.key()).map(|held| held.observation) != p.held).map(|p| p.seq).collect();
    if !moved.is_empty() {
        let rows = stale::rows(tx, scope, import, &moved[..moved.len().min(STALE_MAX)]).await?;
        return Ok(Some(Stale::changed(moved.len(), rows)));
    }
    if definitions_changed(tx, scope, import, span).await? {
        return Ok(Some(out_of_date("the framework's definitions were changed").into()));
    }
    if !covers_all(tx, scope, span).await? {
        return Err(Error::forbidden("Some of this import's indicators are not yours to enter."));
    }
    let calendar = open_periods(&**tx, scope).await?;
    let closed = planned.iter().filter(|p| p.writes).find(|p| !matches!(calendar.takes(p.row.period), Taken::Open(_)));
    Ok(closed.map(|p| {
        let message = format!("{} takes no more figures. {}", p.row.period, calendar.open_in_words());
        UserError::new("PERIOD_CLOSED", message, None).into()
    }))
}

/// Whether a definition of these indicators is younger than the plan.
async fn definitions_changed(tx: &Change, scope: &Scope, import: Uuid, span: &Span) -> Result<bool> {
    use indicator_version::Column as C;
    let planned_at = scoped::<import::Entity>(scope)
        .filter(import::Column::Id.eq(import))
        .select_only()
        .column(import::Column::PlannedAt)
        .into_tuple::<Option<chrono::DateTime<chrono::Utc>>>()
        .one(&**tx)
        .await
        .context("finding when an import was planned")?
        .flatten();
    let Some(planned_at) = planned_at else { return Ok(false) };
    let younger: Vec<Uuid> = scoped::<indicator_version::Entity>(scope)
        .filter(C::RecordedAt.gt(planned_at).or(C::SupersededAt.gt(planned_at)))
        .select_only()
        .column(C::IndicatorId)
        .into_tuple()
        .all(&**tx)
        .await
        .context("finding definitions younger than a plan")?;
    Ok(younger.iter().any(|id| span.indicators.contains(id)))
}

async fn covers_all(tx: &Change, scope: &Scope, span: &Span) -> Result<bool> {
    let wanted: HashSet<Uuid> = span.indicators.iter().copied().collect();
    let owners: HashMap<Uuid, Vec<Uuid>> = owners(&**tx, scope, &wanted).await?;
    Ok(wanted.iter().all(|id| owners.get(id).into_iter().flatten().any(|owner| scope.covers_indicator(*id, *owner))))
}

/// Ends the observations with these ids.
pub(super) async fn supersede(tx: &Change, scope: &Scope, now: chrono::DateTime<chrono::Utc>, ids: Vec<Uuid>) -> Result<()> {
    use observation::Column as C;
    for some in ids.chunks(IDS_A_STATEMENT) {
        observation::Entity::update_many()
            .col_expr(C::SupersededAt, Expr::value(now))
            .filter(C::CouncilId.eq(scope.council).and(C::Id.is_in(some.iter().copied())))
            .exec(&**tx)
            .await
            .context("superseding figures")?;
    }
    Ok(())
}

/// Writes revisions.
pub(super) async fn insert(tx: &Change, revisions: Vec<Revision>) -> Result<()> {
    let mut models: Vec<observation::ActiveModel> = revisions.into_iter().map(Revision::into_model).collect();
    while !models.is_empty() {
        let rest = models.split_off(models.len().min(ROWS_A_STATEMENT));
        observation::Entity::insert_many(models).exec_without_returning(&**tx).await.context("writing figures")?;
        models = rest;
    }
    Ok(())
}
