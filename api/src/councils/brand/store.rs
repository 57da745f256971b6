//! The statements that read and write how a council's documents look.

use chrono::{DateTime, Utc};
use entity::council_brand::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::access::{Scope, scoped};
use crate::db::Change;
use crate::error::{ContextExt, Result};

/// What stood at an instant, or stands now; none where nothing was ever set.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, as_at: Option<DateTime<Utc>>) -> Result<Option<Model>> {
    let stood = match as_at {
        None => Condition::all().add(Column::SupersededAt.is_null()),
        Some(at) => Condition::all()
            .add(Column::RecordedAt.lte(at))
            .add(Condition::any().add(Column::SupersededAt.is_null()).add(Column::SupersededAt.gt(at))),
    };
    let latest = scoped::<Entity>(scope).filter(stood).order_by_desc(Column::RecordedAt).limit(1);
    latest.one(db).await.context("finding how a council's documents look")
}

/// Puts what is set now in the place of what stood.
pub async fn replace(tx: &Change, row: Model) -> Result<()> {
    let (council, at) = (row.council_id, row.recorded_at);
    let stood = Entity::update_many().filter(Column::CouncilId.eq(council)).filter(Column::SupersededAt.is_null());
    stood.col_expr(Column::SupersededAt, Expr::value(at)).exec(&**tx).await.context("superseding how documents look")?;
    let row = row.into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(&**tx).await.context("keeping how documents look")?;
    Ok(())
}
