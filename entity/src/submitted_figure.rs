//! A figure as its return was submitted: which reading of it, or that there was none. Submitted again, it supersedes its own row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submitted_figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub return_id: Uuid,
    /// The step that submitted it.
    pub step_id: Uuid,
    pub indicator_id: Uuid,
    /// The figure's own period.
    pub period_start: Date,
    pub period_end: Date,
    pub period_months: i32,
    /// None where no figure had been given: it was not due.
    pub observation_id: Option<Uuid>,
    pub submitted_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
