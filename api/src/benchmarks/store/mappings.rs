//! Which published measure an indicator is, as the council says.

use entity::metric_mapping;
use rules::period::Period;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::access::Scope;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{self, read_rows};

/// A mapping that stands.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub row: metric_mapping::Model,
    /// The first period it is for; from the beginning for none.
    pub from: Option<Period>,
    /// The last period.
    pub until: Option<Period>,
}

impl Mapping {
    /// Whether it is for a period.
    pub fn covers(&self, period: Period) -> bool {
        self.from.is_none_or(|from| from.start() <= period.start()) && self.until.is_none_or(|until| period.end() <= until.end())
    }
}

/// Those that stand, by indicator, the earliest first. One statement.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Mapping>> {
    let sql = "SELECT id, indicator_id, dataset, measure, catalogue, catalogue_edition, metric, from_start, from_months, until_start, \
            until_months, same_definition, note, default_group, recorded_at, recorded_by \
        FROM metric_mapping WHERE council_id = $1 AND superseded_at IS NULL ORDER BY indicator_id, from_start NULLS FIRST, id";
    read_rows(db, "loading metric mappings", sql, vec![scope.council.into()], |row| {
        let (id, indicator_id, dataset, measure) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let (catalogue, catalogue_edition, metric) = (row.next()?, row.next()?, row.next()?);
        let (from, until) = (row.next_period_option()?, row.next_period_option()?);
        let (same_definition, note, default_group) = (row.next()?, row.next()?, row.next()?);
        let (recorded_at, recorded_by) = (row.next()?, row.next()?);
        let row = metric_mapping::Model {
            council_id: scope.council,
            id,
            indicator_id,
            dataset,
            measure,
            catalogue,
            catalogue_edition,
            metric,
            from_start: from.map(Period::start),
            from_months: from.map(rows::months),
            until_start: until.map(Period::start),
            until_months: until.map(rows::months),
            same_definition,
            note,
            default_group,
            recorded_at,
            superseded_at: None,
            recorded_by,
        };
        Ok(Mapping { row, from, until })
    })
    .await
}

/// Keeps a mapping.
pub async fn record(tx: &Change, row: metric_mapping::Model) -> Result<()> {
    let insert = metric_mapping::Entity::insert(row.into_active_model());
    insert.exec_without_returning(&**tx).await.context("keeping a metric mapping")?;
    Ok(())
}

/// Ends a mapping: it reads so no longer from an instant on.
pub async fn supersede(tx: &Change, scope: &Scope, id: Uuid, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    use metric_mapping::Column;
    let of = Column::CouncilId.eq(scope.council).and(Column::Id.eq(id));
    let update = metric_mapping::Entity::update_many().filter(of).col_expr(Column::SupersededAt, Expr::value(at));
    update.exec(&**tx).await.context("ending a metric mapping")?;
    Ok(())
}
