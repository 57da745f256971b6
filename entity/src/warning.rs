//! A warning that fired, as a node saw it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warning")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// INDICATOR, RETURN, RISK or MILESTONE.
    pub subject_kind: String,
    pub subject_id: Uuid,
    /// The day what it warns of began: with the kind and the subject, what makes it this warning.
    pub since: Date,
    pub fired_on: Date,
    /// JSON, as it was when it fired.
    pub evidence: String,
    /// Whether whoever listens was told: not of what a first look found standing.
    pub told: bool,
    pub recorded_at: DateTimeUtc,
    pub ceased_on: Option<Date>,
    pub ceased_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
