//! Doing what a stored plan says: all of it, or nothing and the reason.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::observation;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::known::owners;
use super::row::{REVISION, Revision};
use super::stale;
use crate::access::Scope;
use crate::app::App;
use crate::bulk::Insert;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result, UserError};
use crate::imports::plan::{STALE_MAX, Stale, out_of_date};
use crate::returns::locks::{Gate, Takes};
use crate::rows::{execute, read_rows};

/// Ids of one UPDATE: they stay under SQLite's 32,766 parameters.
const IDS_A_STATEMENT: usize = 30_000;

/// Rows of a plan that were neither refused nor left out, `c`, of import `$2` of council `$1`.
const TAKEN: &str = "c.council_id = $1 AND c.import_id = $2 AND c.subject = 'OBSERVATION' AND c.kind <> 'REFUSED' AND c.outcome IS NULL";
/// Those of them that change something.
const WRITTEN: &str =
    "c.council_id = $1 AND c.import_id = $2 AND c.subject = 'OBSERVATION' AND c.kind IN ('NEW', 'CHANGED') AND c.outcome IS NULL";

/// Columns of an observation that a plan keeps under the same name.
const SAME_NAME: &str = "indicator_id, definition_version, period_start, period_months, value, numerator, denominator, absence, state, \
    forecast, commentary, remedial_action, remedial_owner, remedial_due, quality_note, import_id, sheet, cell";

/// Writes the figures of a stored plan: supersedes what they replace and inserts them, as the scope's person. First
/// makes sure that what is held, the definitions, the person's right and the open periods are as the plan found them;
/// if they are not, the answer is a user error and nothing is written.
///
/// The plan never leaves the database: whatever its size, a fixed number of statements.
pub async fn apply(app: &App, tx: &Change, scope: &Scope, import: Uuid, reason: Option<&str>) -> Result<Result<(), Stale>> {
    if let Some(refusal) = still_true(app, tx, scope, import).await? {
        return Ok(Err(refusal));
    }
    let now = tx.at(&app.clock);
    let replace = format!(
        "UPDATE observation SET superseded_at = $3 WHERE council_id = $1 \
        AND id IN (SELECT c.held_id FROM import_change c WHERE {WRITTEN} AND c.held_id IS NOT NULL)"
    );
    execute(&**tx, "superseding figures", &replace, vec![scope.council.into(), import.into(), now.into()]).await?;
    let last_day = match tx.get_database_backend() {
        DbBackend::Postgres => "(c.period_start + make_interval(months => c.period_months) - interval '1 day')::date",
        _ => "date(c.period_start, '+' || c.period_months || ' months', '-1 day')",
    };
    let columns: Vec<String> = SAME_NAME.split(", ").map(|name| format!("c.{name}")).collect();
    let insert = format!(
        "INSERT INTO observation (council_id, id, period_end, reason, recorded_at, recorded_by, withdrawn, {SAME_NAME}) \
        SELECT c.council_id, c.id, {last_day}, CASE WHEN c.held_id IS NULL THEN NULL ELSE COALESCE(c.reason, $3) END, $4, $5, FALSE, {} \
        FROM import_change c WHERE {WRITTEN}",
        columns.join(", ")
    );
    let values = vec![scope.council.into(), import.into(), reason.into(), now.into(), scope.person.into()];
    execute(&**tx, "writing figures", &insert, values).await?;
    Ok(Ok(()))
}

/// Why the plan can no longer be done.
async fn still_true(app: &App, tx: &Change, scope: &Scope, import: Uuid) -> Result<Option<Stale>> {
    let of_plan = || vec![scope.council.into(), import.into()];
    let moved = format!(
        "SELECT c.seq FROM import_change c LEFT JOIN observation o ON o.council_id = c.council_id AND o.indicator_id = c.indicator_id \
            AND o.period_start = c.period_start AND o.period_months = c.period_months AND o.superseded_at IS NULL \
        WHERE {TAKEN} AND o.id IS DISTINCT FROM c.held_id ORDER BY c.seq"
    );
    let moved: Vec<i32> = read_rows(&**tx, "comparing a plan with what is held", &moved, of_plan(), |row| row.next()).await?;
    if !moved.is_empty() {
        let rows = stale::rows(tx, scope, import, &moved[..moved.len().min(STALE_MAX)]).await?;
        return Ok(Some(Stale::changed(moved.len(), rows)));
    }
    let indicators = format!("SELECT DISTINCT c.indicator_id FROM import_change c WHERE {TAKEN}");
    let indicators = read_rows(&**tx, "finding a plan's indicators", &indicators, of_plan(), |row| row.next()).await?;
    let indicators: HashSet<Uuid> = indicators.into_iter().collect();
    if definitions_changed(tx, scope, import, &indicators).await? {
        return Ok(Some(out_of_date("the framework's definitions were changed").into()));
    }
    if !covers_all(tx, scope, &indicators).await? {
        return Err(Error::forbidden("Some of this import's indicators are not yours to enter."));
    }
    no_longer_taken(app, tx, scope, import).await
}

/// Why a figure of the plan is not taken any more: its period was closed since, or its return submitted.
async fn no_longer_taken(app: &App, tx: &Change, scope: &Scope, import: Uuid) -> Result<Option<Stale>> {
    let figures = format!(
        "SELECT c.indicator_id, c.period_start, c.period_months FROM import_change c WHERE {WRITTEN} GROUP BY 1, 2, 3 ORDER BY 2, 3, 1"
    );
    let of_plan = vec![scope.council.into(), import.into()];
    let figures = read_rows(&**tx, "finding a plan's figures", &figures, of_plan, |row| Ok((row.next()?, row.next_period()?))).await?;
    let gate = Gate::load(&**tx, scope, app.clock.today()).await?;
    for (indicator, period) in figures {
        match gate.takes(&**tx, scope, indicator, period).await? {
            Takes::Yes(_) => {}
            Takes::Closed(_) | Takes::Unknown => {
                let message = format!("{period} takes no more figures. {}", gate.calendar.open_in_words());
                return Ok(Some(UserError::new("PERIOD_CLOSED", message, None).into()));
            }
            Takes::Locked(locked) => return Ok(Some(out_of_date(&locked.since()).into())),
        }
    }
    Ok(None)
}

/// Whether a definition of these indicators is younger than the plan.
async fn definitions_changed(tx: &Change, scope: &Scope, import: Uuid, indicators: &HashSet<Uuid>) -> Result<bool> {
    let sql = "SELECT v.indicator_id FROM import i JOIN indicator_version v ON v.council_id = i.council_id \
        AND (v.recorded_at > i.planned_at OR v.superseded_at > i.planned_at) WHERE i.council_id = $1 AND i.id = $2";
    let doing = "finding definitions younger than a plan";
    let younger = read_rows(&**tx, doing, sql, vec![scope.council.into(), import.into()], |row| row.next::<Uuid>()).await?;
    Ok(younger.iter().any(|id| indicators.contains(id)))
}

async fn covers_all(tx: &Change, scope: &Scope, wanted: &HashSet<Uuid>) -> Result<bool> {
    let owners: HashMap<Uuid, Vec<Uuid>> = owners(&**tx, scope, wanted).await?;
    Ok(wanted.iter().all(|id| owners.get(id).into_iter().flatten().any(|owner| scope.covers_indicator(*id, *owner))))
}

/// Ends the observations with these ids.
pub(super) async fn supersede(tx: &Change, scope: &Scope, now: DateTime<Utc>, ids: Vec<Uuid>) -> Result<()> {
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

/// Writes revisions, all for one reason.
pub(super) async fn insert(tx: &Change, scope: &Scope, now: DateTime<Utc>, reason: &str, revisions: &[Revision]) -> Result<()> {
    let same = vec![
        ("council_id", scope.council.into()),
        ("recorded_at", now.into()),
        ("recorded_by", scope.person.into()),
        ("reason", reason.into()),
    ];
    let mut insert = Insert::into(tx, "writing figures", "observation", same, &REVISION);
    for revision in revisions {
        insert.row(tx, |fields| revision.fill(fields)).await?;
    }
    insert.finish(tx).await
}
