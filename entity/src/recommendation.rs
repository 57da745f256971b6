//! A recommendation as it reads from an instant on. Never overwritten: superseded.

use rules::delivery::action::{RecommendationSource, RecommendationWeight, Response};
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record_id: Uuid,
    pub title: String,
    pub weight: Text<RecommendationWeight>,
    pub source: Text<RecommendationSource>,
    pub report: Option<String>,
    pub made_by: Option<String>,
    pub made_on: Option<Date>,
    pub element_id: Option<Uuid>,
    pub response: Text<Response>,
    pub reply: Option<String>,
    pub lead: Option<String>,
    pub due_on: Option<Date>,
    pub evidence: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
