//! A plan that was applied in the predecessor: what it ended, and what it gave to whom.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reorganisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub to_council_id: Uuid,
    /// The successor's first day.
    pub on_date: Date,
    /// Of the plan as it was looked at.
    pub digest: String,
    pub applied_at: DateTimeUtc,
    pub applied_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
