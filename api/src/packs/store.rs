//! The statements that read and write packs.

use entity::pack::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::state::State;
use crate::access::scope::{Within, of_council};
use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;

/// Packs of the forums inside a scope.
fn within(scope: &Scope) -> Select<Entity> {
    let packs = scoped::<Entity>(scope);
    match &scope.within {
        Within::Council => packs,
        Within::Only(only) => packs.filter(Column::ForumId.is_in(only.forums.iter().copied())),
    }
}

/// One pack, of a forum inside the scope.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>> {
    within(scope).filter(Column::Id.eq(id)).one(db).await.context("finding a pack")
}

/// Packs behind the cursor, the latest first: one more than the page holds, if there are more.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, ask: &Ask) -> Result<Vec<Model>> {
    let after = ask.after.as_deref().map(|id| Uuid::try_parse(id).context("reading a cursor")).transpose()?;
    let mut packs = within(scope).order_by_desc(Column::Id).limit(u64::try_from(ask.first).unwrap_or(u64::MAX).saturating_add(1));
    if let Some(after) = after {
        packs = packs.filter(Column::Id.lt(after));
    }
    packs.all(db).await.context("loading packs")
}

/// How many packs there are inside the scope.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope) -> Result<usize> {
    let found = within(scope).count(db).await.context("counting packs")?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

/// The last pack this forum was given before another was asked for.
pub async fn previous(db: &impl ConnectionTrait, scope: &Scope, pack: &Model) -> Result<Option<Model>> {
    scoped::<Entity>(scope)
        .filter(Column::ForumId.eq(pack.forum_id))
        .filter(Column::State.eq(State::Ready.code()))
        .filter(Column::AsAt.lt(pack.as_at))
        .order_by_desc(Column::AsAt)
        .limit(1)
        .one(db)
        .await
        .context("finding the last pack")
}

/// Enters a pack.
pub async fn insert(tx: &Change, pack: Model) -> Result<()> {
    let row = pack.into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(&**tx).await.context("entering a pack")?;
    Ok(())
}

/// What was rendered, as the row keeps it.
pub struct Kept {
    pub sha256: String,
    pub size_bytes: i64,
    pub storage_key: String,
    pub file_name: String,
}

/// Says that a pack is being built; false when it is READY or FAILED already.
pub async fn mark_building(tx: &Change, council: Uuid, id: Uuid) -> Result<bool> {
    move_on(tx, council, id, vec![(Column::State, Expr::value(State::Building.code()))]).await
}

/// Says that a pack is there; false when it was already.
pub async fn mark_ready(tx: &Change, council: Uuid, id: Uuid, kept: &Kept) -> Result<bool> {
    let set = vec![
        (Column::State, Expr::value(State::Ready.code())),
        (Column::Sha256, Expr::value(kept.sha256.clone())),
        (Column::SizeBytes, Expr::value(kept.size_bytes)),
        (Column::StorageKey, Expr::value(kept.storage_key.clone())),
        (Column::FileName, Expr::value(kept.file_name.clone())),
    ];
    move_on(tx, council, id, set).await
}

/// Says that a pack will not come, and why; false when it is there already.
pub async fn mark_failed(tx: &Change, council: Uuid, id: Uuid, why: &str) -> Result<bool> {
    let set = vec![(Column::State, Expr::value(State::Failed.code())), (Column::Failure, Expr::value(why))];
    move_on(tx, council, id, set).await
}

/// A pack that is READY or FAILED never changes again: the condition is in the statement itself, so that two nodes
/// that built the same pack cannot both say so.
async fn move_on(tx: &Change, council: Uuid, id: Uuid, set: Vec<(Column, sea_orm::sea_query::SimpleExpr)>) -> Result<bool> {
    let open = [State::Queued.code(), State::Building.code()];
    let mut update =
        Entity::update_many().filter(Column::CouncilId.eq(council)).filter(Column::Id.eq(id)).filter(Column::State.is_in(open));
    for (column, value) in set {
        update = update.col_expr(column, value);
    }
    let done = update.exec(&**tx).await.context("moving a pack on")?;
    Ok(done.rows_affected > 0)
}

/// A job's own pack, whatever the person who asked for it may still see.
pub async fn of_job(db: &impl ConnectionTrait, council: Uuid, id: Uuid) -> Result<Option<Model>> {
    of_council::<Entity>(council).filter(Column::Id.eq(id)).one(db).await.context("finding a job's pack")
}
