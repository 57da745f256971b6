//! Many rows in few statements.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, Iden, IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryFilter};
use uuid::Uuid;

use crate::access::Tenant;
use crate::db::Change;
use crate::error::{ContextExt, Result};

/// Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
const BINDS_MAX: usize = 30_000;

/// Columns that stay as they were entered when a row is written again.
const ENTERED_ONCE: [&str; 6] = ["council_id", "id", "created_at", "predecessor_id", "disposition", "disposition_reason"];

/// Writes rows; one whose id is there already is brought up to date. A statement for each few hundred rows.
pub async fn put<E>(tx: &Change, models: Vec<E::Model>) -> Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let written: Vec<E::Column> = E::Column::iter().filter(|column| !ENTERED_ONCE.contains(&column.to_string().as_str())).collect();
    let key: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
    let rows_max = (BINDS_MAX / columns.len().max(1)).max(1);
    let mut models = models.into_iter().peekable();
    while models.peek().is_some() {
        let rows = models.by_ref().take(rows_max).map(IntoActiveModel::into_active_model);
        let conflict = OnConflict::columns(key.iter().copied()).update_columns(written.iter().copied()).to_owned();
        E::insert_many(rows).on_conflict(conflict).exec_without_returning(&**tx).await.context("writing rows of a framework")?;
    }
    Ok(())
}

/// A table of facts that are superseded, never overwritten.
pub trait Dated: Tenant {
    const SUPERSEDED_AT: Self::Column;
    const ID: Self::Column;
}

macro_rules! dated {
    ($($table:ident),+ $(,)?) => { $(
        impl Dated for entity::$table::Entity {
            const SUPERSEDED_AT: Self::Column = entity::$table::Column::SupersededAt;
            const ID: Self::Column = entity::$table::Column::Id;
        }
    )+ };
}

dated!(
    indicator_version,
    target,
    status_rule,
    recommendation,
    project,
    milestone,
    dependency,
    action,
    risk,
    money,
    theme,
    assessment,
    insight,
);

/// Ends facts at an instant.
pub async fn supersede<E: Dated>(tx: &Change, council: Uuid, ids: &[Uuid], at: DateTime<Utc>) -> Result<()> {
    for ids in ids.chunks(BINDS_MAX) {
        E::update_many()
            .col_expr(E::SUPERSEDED_AT, Expr::value(at))
            .filter(E::COUNCIL.eq(council))
            .filter(E::SUPERSEDED_AT.is_null())
            .filter(E::ID.is_in(ids.iter().copied()))
            .exec(&**tx)
            .await
            .context("superseding what a framework said")?;
    }
    Ok(())
}

/// Removes rows that state no dated fact.
pub async fn remove<E: Tenant>(tx: &Change, council: Uuid, id: E::Column, ids: &[Uuid]) -> Result<()> {
    for ids in ids.chunks(BINDS_MAX) {
        let these = E::delete_many().filter(E::COUNCIL.eq(council)).filter(id.is_in(ids.iter().copied()));
        these.exec(&**tx).await.context("removing rows of a framework")?;
    }
    Ok(())
}
