//! What is aimed at in one period, or in a year for all its periods. Never overwritten: superseded.

use sea_orm::entity::prelude::*;

use crate::Dec;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub period_start: Date,
    pub period_months: i32,
    pub target: Option<Dec>,
    pub intervention: Option<Dec>,
    pub lower: Option<Dec>,
    pub upper: Option<Dec>,
    pub intervention_lower: Option<Dec>,
    pub intervention_upper: Option<Dec>,
    /// The trend or benchmark behind it.
    pub evidence: Option<String>,
    pub approved_by: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
