//! How an action stood on a day. Never overwritten: superseded.

use rules::delivery::action::{ActionKind, ActionStatus};
use rules::measure::Mode;
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record_id: Uuid,
    pub title: String,
    pub kind: Text<ActionKind>,
    pub answers_id: Option<Uuid>,
    pub milestone_id: Option<Uuid>,
    pub indicator_id: Option<Uuid>,
    pub element_id: Option<Uuid>,
    pub mode: Option<Text<Mode>>,
    pub lead_officer: String,
    pub lead_member: Option<String>,
    pub due_on: Option<Date>,
    pub revised_due_on: Option<Date>,
    pub status: Text<ActionStatus>,
    pub progress: Option<String>,
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
