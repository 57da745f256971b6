//! Indicators a council shares: with whom, what for, from which period on and until when.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `COUNCIL`, `GROUP` or `ALL`.
    pub audience: String,
    pub to_council_id: Option<Uuid>,
    pub to_group_id: Option<Uuid>,
    pub purpose: String,
    pub from_start: Date,
    pub from_months: i32,
    /// The last day they are read.
    pub until_on: Option<Date>,
    pub recorded_at: DateTimeUtc,
    pub recorded_by: Uuid,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    /// The council's revision its figures were last copied at.
    pub copied_revision: Option<i64>,
    /// The day they were.
    pub copied_on: Option<Date>,
    pub copied_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
