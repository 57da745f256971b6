//! A meeting of a forum.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    pub held_on: Date,
    /// The reporting period it looks at.
    pub period_start: Option<Date>,
    pub period_months: Option<i32>,
    pub agenda_reference: Option<String>,
    pub title: Option<String>,
    /// PLANNED, HELD or CANCELLED.
    pub state: String,
    pub note: Option<String>,
    /// Grows with every change.
    pub revision: i32,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
