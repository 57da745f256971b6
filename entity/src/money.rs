//! Money of an element as at the end of a period, in pounds. Never overwritten: superseded.

use rules::delivery::money::Fund;
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "money")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record_id: Uuid,
    pub element_id: Uuid,
    pub period_start: Date,
    pub period_months: i32,
    pub fund: Text<Fund>,
    pub budget: Option<Dec>,
    pub virement: Option<Dec>,
    pub actual: Option<Dec>,
    pub forecast: Option<Dec>,
    pub tolerance: Option<Dec>,
    pub note: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
