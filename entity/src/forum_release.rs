//! A forum was given a reporting period's figures, as they read at an instant.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "forum_release")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    pub period_start: Date,
    pub period_end: Date,
    pub period_months: i32,
    /// The instant its figures stand for.
    pub as_at: DateTimeUtc,
    pub meeting_id: Option<Uuid>,
    /// Who released it.
    pub person_id: Uuid,
    pub note: Option<String>,
    /// Why it was released before everything was approved, or out of the cascade's order.
    pub despite: Option<String>,
    pub released_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    /// What stands in its place once withdrawn.
    pub notice: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
