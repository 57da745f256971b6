//! On which days a reporting period opens and closes by itself.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "period_schedule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub period_start: Date,
    pub period_months: i32,
    /// The day it opens.
    pub opens_on: Date,
    /// The last day it is open; none while nobody said.
    pub closes_on: Option<Date>,
    /// When it was opened by this.
    pub opened_at: Option<DateTimeUtc>,
    /// When it was closed by this.
    pub closed_at: Option<DateTimeUtc>,
    pub set_by: Uuid,
    pub set_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
