//! The statements that read and write items of work programmes.

use chrono::NaiveDate;
use entity::Text;
use entity::work_item::{Column, Entity, Model};
use rules::meeting::WorkState;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Value};
use uuid::Uuid;

use crate::access::Scope;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::rows::{Row, read_rows};

/// An item with the names of what it is about.
#[derive(Debug, Clone)]
pub struct ItemEntry {
    pub row: Model,
    pub state: WorkState,
    /// Ref and title.
    pub indicator: Option<(String, String)>,
    pub element: Option<(String, String)>,
}

/// Items listed at most: those planned, and those done in the days asked for.
const LISTED_MAX: usize = 5_000;

const COLUMNS: &str = "w.id, w.forum_id, w.meeting_id, w.title, w.description, w.element_id, w.indicator_id, w.lead, w.state, w.position, \
    w.revision, w.created_by, w.created_at, w.changed_at, i.code, \
    (SELECT v.title FROM indicator_version v WHERE v.council_id = w.council_id AND v.indicator_id = w.indicator_id \
        AND v.recorded_at <= w.created_at AND (v.superseded_at IS NULL OR v.superseded_at > w.created_at) \
        AND (v.applies_from IS NULL OR v.applies_from <= w.created_at) \
        ORDER BY v.version DESC LIMIT 1), e.code, e.title";
const TABLES: &str = "work_item w LEFT JOIN indicator i ON i.council_id = w.council_id AND i.id = w.indicator_id \
    LEFT JOIN element e ON e.council_id = w.council_id AND e.id = w.element_id";

/// Items of a forum in their order: all that are planned, and those of its meetings from a day until another. One statement.
pub async fn of_forum(
    db: &impl ConnectionTrait,
    scope: &Scope,
    forum: Uuid,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<ItemEntry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE w.council_id = $1 AND w.forum_id = $2 AND (w.state = '{}' OR w.meeting_id IN (\
            SELECT m.id FROM meeting m WHERE m.council_id = $1 AND m.forum_id = $2 AND m.held_on >= $3 AND m.held_on <= $4)) \
        ORDER BY w.position, w.id LIMIT {}",
        WorkState::Planned,
        LISTED_MAX + 1
    );
    let items = these(db, scope, &sql, vec![scope.council.into(), forum.into(), from.into(), until.into()]).await?;
    if items.len() > LISTED_MAX {
        return Err(Error::limit(format!("More than {LISTED_MAX} items stand in these days: ask for less.")));
    }
    Ok(items)
}

/// An item by id. One statement.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<ItemEntry>> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE w.council_id = $1 AND w.id = $2");
    Ok(these(db, scope, &sql, vec![scope.council.into(), id.into()]).await?.into_iter().next())
}

async fn these(db: &impl ConnectionTrait, scope: &Scope, sql: &str, values: Vec<Value>) -> Result<Vec<ItemEntry>> {
    read_rows(db, "loading a work programme", sql, values, |row| entry(scope.council, &row)).await
}

fn entry(council: Uuid, row: &Row<'_>) -> Result<ItemEntry> {
    let (id, forum_id, meeting_id) = (row.next()?, row.next()?, row.next()?);
    let (title, description, element_id, indicator_id) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let (lead, state) = (row.next()?, row.next::<Text<WorkState>>()?.0);
    let model = Model {
        council_id: council,
        id,
        forum_id,
        meeting_id,
        title,
        description,
        element_id,
        indicator_id,
        lead,
        state: state.to_string(),
        position: row.next()?,
        revision: row.next()?,
        created_by: row.next()?,
        created_at: row.next()?,
        changed_at: row.next()?,
    };
    let named = || -> Result<_> {
        let (code, title): (Option<String>, Option<String>) = (row.next()?, row.next()?);
        Ok(code.map(|code| (code, title.unwrap_or_default())))
    };
    Ok(ItemEntry { row: model, state, indicator: named()?, element: named()? })
}

/// How many items of a forum are planned, and the place behind the last. One statement.
pub async fn room(tx: &Change, scope: &Scope, forum: Uuid) -> Result<(i64, i32)> {
    let sql = "SELECT COALESCE(SUM(CASE WHEN state = $3 THEN 1 ELSE 0 END), 0), COALESCE(MAX(position), 0) FROM work_item \
        WHERE council_id = $1 AND forum_id = $2";
    let values = vec![scope.council.into(), forum.into(), WorkState::Planned.to_string().into()];
    let found = read_rows(&**tx, "counting a work programme", sql, values, |row| Ok((row.next::<i64>()?, row.next::<i32>()?))).await?;
    let (count, last) = found.into_iter().next().unwrap_or_default();
    Ok((count, last.saturating_add(1)))
}

/// Enters an item.
pub async fn insert(tx: &Change, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await.context("entering an item of work")?;
    Ok(())
}

/// Writes an item as it is after a change, over the revision before it.
pub async fn update(tx: &Change, after: &Model) -> Result<()> {
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(after.council_id))
        .filter(Column::Id.eq(after.id))
        .filter(Column::Revision.eq(after.revision - 1))
        .col_expr(Column::MeetingId, Expr::value(after.meeting_id))
        .col_expr(Column::Title, Expr::value(after.title.clone()))
        .col_expr(Column::Description, Expr::value(after.description.clone()))
        .col_expr(Column::ElementId, Expr::value(after.element_id))
        .col_expr(Column::IndicatorId, Expr::value(after.indicator_id))
        .col_expr(Column::Lead, Expr::value(after.lead.clone()))
        .col_expr(Column::State, Expr::value(after.state.clone()))
        .col_expr(Column::Position, Expr::value(after.position))
        .col_expr(Column::Revision, Expr::value(after.revision))
        .col_expr(Column::ChangedAt, Expr::value(after.changed_at))
        .exec(&**tx)
        .await
        .context("changing an item of work")?;
    // Changes of a council follow one another: nobody came between.
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::internal("changing an item of work", &"it is not as it was read")) }
}
