//! The statements that keep and find imports, their plans and their findings.

use chrono::{DateTime, Utc};
use entity::{import, import_change, import_diagnostic, upload};
use importers::{Diagnostic, Place};
use rules::measure::Absence;
use rules::period::Period;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::pace::{KEEPING, Pace};
use super::plan::{Fate, Plan, PlannedChange};
use crate::access::{Scope, scoped};
use crate::app::Ids;
use crate::bulk::{Fields, Insert, Kind};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{execute, months, read_rows};

/// Findings inserted by one statement: 11 columns each stay under SQLite's 32,766 parameters.
const ROWS_A_STATEMENT: usize = 1_500;

pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<import::Model>> {
    scoped::<import::Entity>(scope).filter(import::Column::Id.eq(id)).one(db).await.context("finding an import")
}

pub async fn find_upload(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<upload::Model>> {
    scoped::<upload::Entity>(scope).filter(upload::Column::Id.eq(id)).one(db).await.context("finding an upload")
}

/// What a council sent.
pub struct Uploaded {
    pub count: i64,
    pub bytes: i64,
}

/// What a council sent since an instant.
pub async fn uploaded_since(db: &impl ConnectionTrait, scope: &Scope, since: DateTime<Utc>) -> Result<Uploaded> {
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM upload WHERE council_id = $1 AND created_at > $2";
    let read = read_rows(db, "counting what a council sent", sql, vec![scope.council.into(), since.into()], |row| {
        Ok(Uploaded { count: row.next()?, bytes: row.next()? })
    });
    Ok(read.await?.pop().unwrap_or(Uploaded { count: 0, bytes: 0 }))
}

/// Imports behind a cursor, the latest first, one more than a page holds; of one person, or everybody's.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Option<Uuid>,
    after: Option<Uuid>,
    first: usize,
) -> Result<Vec<import::Model>> {
    let mut query = scoped::<import::Entity>(scope);
    if let Some(person) = of {
        query = query.filter(import::Column::PersonId.eq(person));
    }
    if let Some(after) = after {
        query = query.filter(import::Column::Id.lt(after));
    }
    query.order_by_desc(import::Column::Id).limit(first as u64 + 1).all(db).await.context("listing imports")
}

pub async fn count(db: &impl ConnectionTrait, scope: &Scope, of: Option<Uuid>) -> Result<u64> {
    let mut query = scoped::<import::Entity>(scope);
    if let Some(person) = of {
        query = query.filter(import::Column::PersonId.eq(person));
    }
    query.count(db).await.context("counting imports")
}

/// Writes the whole row back.
pub async fn save(db: &impl ConnectionTrait, row: import::Model) -> Result<()> {
    let row = row.into_active_model().reset_all();
    import::Entity::update(row).exec(db).await.context("saving an import")?;
    Ok(())
}

/// Says of an import that waits or is being read that so much of it is done; whether that was news. It never falls, also
/// not when another node begins again.
pub async fn keep_progress(tx: &Change, scope: &Scope, import: Uuid, done: i32, total: i32) -> Result<bool> {
    let sql = "UPDATE import SET state = 'READING', done = $3, total = $4 \
        WHERE council_id = $1 AND id = $2 AND state IN ('QUEUED', 'READING') AND (total = 0 OR done < $3)";
    let values = vec![scope.council.into(), import.into(), done.into(), total.into()];
    Ok(execute(&**tx, "keeping how far an import is", sql, values).await? > 0)
}

/// Forgets the plan of an import.
pub async fn forget_plan(tx: &Change, scope: &Scope, import: Uuid) -> Result<()> {
    use import_change::Column as C;
    use import_diagnostic::Column as D;
    let doing = "forgetting a plan";
    import_change::Entity::delete_many()
        .filter(C::CouncilId.eq(scope.council).and(C::ImportId.eq(import)))
        .exec(&**tx)
        .await
        .context(doing)?;
    import_diagnostic::Entity::delete_many()
        .filter(D::CouncilId.eq(scope.council).and(D::ImportId.eq(import)))
        .exec(&**tx)
        .await
        .context(doing)?;
    Ok(())
}

/// Keeps a plan in place of any earlier one of the same import.
pub async fn keep_plan(tx: &Change, scope: &Scope, ids: &Ids, import: Uuid, plan: &Plan, pace: &Pace) -> Result<()> {
    let doing = "keeping a plan";
    forget_plan(tx, scope, import).await?;
    let same = vec![("council_id", scope.council.into()), ("import_id", import.into())];
    let mut changes = Insert::into(tx, doing, "import_change", same, &CHANGE);
    let mut pace = pace.rows(KEEPING, plan.changes.len());
    for (at, (change, seq)) in plan.changes.iter().zip(1..).enumerate() {
        pace.at(at).await;
        changes.row(tx, |fields| fill(fields, ids.next(), seq, change)).await?;
    }
    changes.finish(tx).await?;
    let diagnostics: Vec<_> = plan.diagnostics.iter().zip(1..).map(|(found, seq)| diagnostic_row(scope, ids, import, seq, found)).collect();
    for part in diagnostics.chunks(ROWS_A_STATEMENT) {
        import_diagnostic::Entity::insert_many(part.to_vec()).exec_without_returning(&**tx).await.context(doing)?;
    }
    Ok(())
}

/// Columns of a row of a plan that differ from row to row, in the order of [`fill`].
const CHANGE: [(&str, Kind); 29] = [
    ("id", Kind::Uuid),
    ("seq", Kind::Int),
    ("kind", Kind::Text),
    ("subject", Kind::Text),
    ("key", Kind::Text),
    ("indicator_id", Kind::Uuid),
    ("indicator_code", Kind::Text),
    ("period_start", Kind::Date),
    ("period_months", Kind::Int),
    ("before", Kind::Text),
    ("after", Kind::Text),
    ("before_row", Kind::Text),
    ("after_row", Kind::Text),
    ("sheet", Kind::Text),
    ("cell", Kind::Text),
    ("held_id", Kind::Uuid),
    ("definition_version", Kind::Int),
    ("value", Kind::Decimal),
    ("numerator", Kind::Decimal),
    ("denominator", Kind::Decimal),
    ("forecast", Kind::Decimal),
    ("absence", Kind::Text),
    ("state", Kind::Text),
    ("commentary", Kind::Text),
    ("remedial_action", Kind::Text),
    ("remedial_owner", Kind::Text),
    ("quality_note", Kind::Text),
    ("remedial_due", Kind::Date),
    ("reason", Kind::Text),
];

fn fill(fields: &mut Fields<'_>, id: Uuid, seq: i32, change: &PlannedChange) {
    let place = change.place.as_ref();
    fields.uuid(id);
    fields.int(seq);
    fields.text(change.kind.code());
    fields.text(change.subject.code());
    fields.text(change.key.as_str());
    fields.uuid(change.indicator);
    fields.text(change.indicator_code.as_deref());
    fields.date(change.period.map(Period::start));
    fields.int(change.period.map(months));
    fields.text(change.before.as_deref());
    fields.text(change.after.as_deref());
    fields.text(change.before_row.as_deref());
    fields.text(change.after_row.as_deref());
    fields.text(place.map(|place| place.sheet.as_str()));
    fields.text(place.map(|place| place.cell.as_str()));
    fields.uuid(change.held);
    let figure = change.figure.as_deref();
    fields.int(figure.map(|row| row.definition_version));
    fields.decimal(figure.and_then(|row| row.value));
    fields.decimal(figure.and_then(|row| row.numerator));
    fields.decimal(figure.and_then(|row| row.denominator));
    fields.decimal(figure.and_then(|row| row.forecast));
    fields.text(figure.and_then(|row| row.absence).map(Absence::code));
    fields.text(figure.map(|row| row.state.code()));
    fields.text(figure.and_then(|row| row.commentary.as_deref()));
    fields.text(figure.and_then(|row| row.action.as_deref()));
    fields.text(figure.and_then(|row| row.action_owner.as_deref()));
    fields.text(figure.and_then(|row| row.quality_note.as_deref()));
    fields.date(figure.and_then(|row| row.action_due));
    fields.text(change.reason.as_deref());
}

fn diagnostic_row(scope: &Scope, ids: &Ids, import: Uuid, seq: i32, found: &Diagnostic) -> import_diagnostic::ActiveModel {
    import_diagnostic::ActiveModel {
        council_id: Set(scope.council),
        id: Set(ids.next()),
        import_id: Set(import),
        seq: Set(seq),
        code: Set(found.code.to_string()),
        severity: Set(found.severity.to_string()),
        message: Set(found.message.clone()),
        suggestion: Set(found.suggestion.clone()),
        seen: Set(found.seen.clone()),
        expected: Set(found.expected.clone()),
        places: Set(serde_json::to_string(&found.places).unwrap_or_else(|_| "[]".into())),
        place_count: Set(i32::try_from(found.count).ok()),
    }
}

/// Rows of a plan behind a number, in order; all of them for no limit.
pub async fn changes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    import: Uuid,
    after: i32,
    limit: Option<usize>,
) -> Result<Vec<import_change::Model>> {
    changes_of(db, scope, import, None, (after, limit)).await
}

/// The rows of a plan that are applied when it is accepted: all but those left out, in order.
pub async fn taken(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<import_change::Model>> {
    use import_change::Column;
    let query = rows(scope, import, None).filter(Column::Outcome.is_null()).order_by_asc(Column::Seq);
    query.all(db).await.context("loading a plan")
}

/// Rows of a plan of which something became, behind a number and in order; of all its rows for no fate.
pub async fn changes_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    import: Uuid,
    fate: Option<Fate>,
    (after, limit): (i32, Option<usize>),
) -> Result<Vec<import_change::Model>> {
    use import_change::Column;
    rows(scope, import, fate)
        .filter(Column::Seq.gt(after))
        .order_by_asc(Column::Seq)
        .limit(limit.map(|n| n as u64))
        .all(db)
        .await
        .context("loading a plan")
}

fn rows(scope: &Scope, import: Uuid, fate: Option<Fate>) -> Select<import_change::Entity> {
    let query = scoped::<import_change::Entity>(scope).filter(import_change::Column::ImportId.eq(import));
    match fate {
        Some(fate) => query.filter(import_change::Column::Outcome.eq(fate.code())),
        None => query,
    }
}

pub async fn diagnostics(
    db: &impl ConnectionTrait,
    scope: &Scope,
    import: Uuid,
    after: i32,
    limit: Option<usize>,
) -> Result<Vec<import_diagnostic::Model>> {
    use import_diagnostic::Column;
    scoped::<import_diagnostic::Entity>(scope)
        .filter(Column::ImportId.eq(import).and(Column::Seq.gt(after)))
        .order_by_asc(Column::Seq)
        .limit(limit.map(|n| n as u64))
        .all(db)
        .await
        .context("loading an import's findings")
}

pub async fn count_changes(db: &impl ConnectionTrait, scope: &Scope, import: Uuid, fate: Option<Fate>) -> Result<u64> {
    rows(scope, import, fate).count(db).await.context("counting a plan")
}

pub async fn count_diagnostics(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<u64> {
    scoped::<import_diagnostic::Entity>(scope)
        .filter(import_diagnostic::Column::ImportId.eq(import))
        .count(db)
        .await
        .context("counting an import's findings")
}

/// The places of a stored finding.
pub fn places(row: &import_diagnostic::Model) -> Vec<Place> {
    serde_json::from_str(&row.places).unwrap_or_default()
}
