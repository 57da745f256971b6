//! Something told of an element that no figure tells. Never overwritten: superseded.

use rules::delivery::insight::InsightOrigin;
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record_id: Uuid,
    pub element_id: Uuid,
    pub origin: Text<InsightOrigin>,
    pub period_start: Option<Date>,
    pub period_months: Option<i32>,
    pub text: String,
    pub source: Option<String>,
    pub told_on: Date,
    pub sensitive: bool,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
