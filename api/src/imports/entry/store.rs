//! The statements that keep and find what was entered.

use entity::import_entry;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::Figure;
use crate::access::{Scope, scoped};
use crate::app::Ids;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};

/// Keeps what was sent with an import.
pub async fn keep(tx: &Change, scope: &Scope, ids: &Ids, import: Uuid, figures: String) -> Result<()> {
    let row = import_entry::Model { council_id: scope.council, id: ids.next(), import_id: import, figures };
    import_entry::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await.context("keeping what was entered")?;
    Ok(())
}

/// What was sent with an import, as JSON; none where it is a workbook.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Option<String>> {
    let found = scoped::<import_entry::Entity>(scope).filter(import_entry::Column::ImportId.eq(import)).one(db).await;
    Ok(found.context("finding what was entered")?.map(|row| row.figures))
}

/// The figures that were sent with an import.
pub async fn figures(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<Figure>> {
    let kept = find(db, scope, import).await?.ok_or_else(|| Error::internal("finding what was entered", &"nothing was kept"))?;
    serde_json::from_str(&kept).context("reading what was entered")
}
