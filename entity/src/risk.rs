//! A risk as it was looked at on a day. Never overwritten: superseded.

use rules::delivery::risk::RiskState;
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "risk")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record_id: Uuid,
    pub title: String,
    pub cause: String,
    pub event: String,
    pub impact: String,
    pub element_id: Uuid,
    pub indicator_id: Option<Uuid>,
    pub owner: String,
    pub inherent_likelihood: i32,
    pub inherent_impact: i32,
    pub residual_likelihood: i32,
    pub residual_impact: i32,
    pub target_likelihood: Option<i32>,
    pub target_impact: Option<i32>,
    pub appetite: i32,
    pub controls: Option<String>,
    pub further_action: Option<String>,
    pub action_due: Option<Date>,
    pub state: Text<RiskState>,
    pub review_on: Option<Date>,
    pub review: Option<String>,
    pub as_at: Date,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
