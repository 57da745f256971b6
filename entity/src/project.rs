//! How a programme or project stood on a day. Never overwritten: superseded.

use rules::delivery::project::{DeliveryStatus, Stage};
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record_id: Uuid,
    pub element_id: Uuid,
    pub stage: Text<Stage>,
    pub time: Option<Text<DeliveryStatus>>,
    pub cost: Option<Text<DeliveryStatus>>,
    pub scope: Option<Text<DeliveryStatus>>,
    pub benefits: Option<Text<DeliveryStatus>>,
    pub starts_on: Date,
    pub baseline_end: Date,
    pub forecast_end: Option<Date>,
    pub ended_on: Option<Date>,
    pub manager: String,
    pub sponsor: Option<String>,
    pub budget: Option<Dec>,
    pub spent: Option<Dec>,
    pub forecast_spend: Option<Dec>,
    pub summary: Option<String>,
    pub decision: Option<String>,
    pub as_at: Date,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
