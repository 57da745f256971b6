//! Which published measure an indicator is, in which periods.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_mapping")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub dataset: Option<String>,
    pub measure: Option<String>,
    pub catalogue: Option<String>,
    pub catalogue_edition: Option<String>,
    pub metric: Option<String>,
    /// The first period; from the beginning for none.
    pub from_start: Option<Date>,
    pub from_months: Option<i32>,
    /// The last period.
    pub until_start: Option<Date>,
    pub until_months: Option<i32>,
    /// Whether the council counts what the measure counts.
    pub same_definition: bool,
    /// What differs, or what broke.
    pub note: Option<String>,
    /// Whom it is compared with unless somebody says otherwise.
    pub default_group: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
