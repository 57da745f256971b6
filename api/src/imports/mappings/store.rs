//! The statements about kept mappings and about what tables were taken for.

use entity::{import_mapping, import_table};
use importers::TableRead;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::app::Ids;
use crate::db::Change;
use crate::error::{ContextExt, Result};

/// Those the council keeps, by name.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<import_mapping::Model>> {
    let query = scoped::<import_mapping::Entity>(scope).order_by_asc(import_mapping::Column::Name);
    query.all(db).await.context("listing mappings")
}

pub async fn count(db: &impl ConnectionTrait, scope: &Scope) -> Result<u64> {
    scoped::<import_mapping::Entity>(scope).count(db).await.context("counting mappings")
}

pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<import_mapping::Model>> {
    let query = scoped::<import_mapping::Entity>(scope).filter(import_mapping::Column::Id.eq(id));
    query.one(db).await.context("finding a mapping")
}

pub async fn named(db: &impl ConnectionTrait, scope: &Scope, name: &str) -> Result<Option<import_mapping::Model>> {
    let query = scoped::<import_mapping::Entity>(scope).filter(import_mapping::Column::Name.eq(name));
    query.one(db).await.context("finding a mapping by name")
}

/// Keeps a mapping that is new, or in place of what was kept of it.
pub async fn save(tx: &Change, row: import_mapping::Model, is_new: bool) -> Result<()> {
    let doing = "keeping a mapping";
    if is_new {
        import_mapping::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await.context(doing)?;
    } else {
        import_mapping::Entity::update(row.into_active_model().reset_all()).exec(&**tx).await.context(doing)?;
    }
    Ok(())
}

pub async fn remove(tx: &Change, scope: &Scope, id: Uuid) -> Result<()> {
    use import_mapping::Column;
    let query = import_mapping::Entity::delete_many().filter(Column::CouncilId.eq(scope.council).and(Column::Id.eq(id)));
    query.exec(&**tx).await.context("removing a mapping")?;
    Ok(())
}

/// Keeps what the tables of an import were taken for, in place of any earlier.
pub async fn keep_tables(tx: &Change, scope: &Scope, ids: &Ids, import: Uuid, tables: &[TableRead]) -> Result<()> {
    use import_table::Column;
    let doing = "keeping what tables were taken for";
    let earlier = Column::CouncilId.eq(scope.council).and(Column::ImportId.eq(import));
    import_table::Entity::delete_many().filter(earlier).exec(&**tx).await.context(doing)?;
    let mut rows = Vec::with_capacity(tables.len());
    for (table, seq) in tables.iter().zip(1..) {
        let taken_for = serde_json::to_string(table).context(doing)?;
        rows.push(import_table::Model { council_id: scope.council, id: ids.next(), import_id: import, seq, taken_for }.into_active_model());
    }
    if !rows.is_empty() {
        import_table::Entity::insert_many(rows).exec_without_returning(&**tx).await.context(doing)?;
    }
    Ok(())
}

/// What the tables of an import were taken for.
pub async fn tables(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<TableRead>> {
    use import_table::Column;
    let doing = "reading what tables were taken for";
    let query = scoped::<import_table::Entity>(scope).filter(Column::ImportId.eq(import)).order_by_asc(Column::Seq);
    let rows = query.all(db).await.context(doing)?;
    rows.iter().map(|row| serde_json::from_str(&row.taken_for).context(doing)).collect()
}
