//! One period's proposed target.

use sea_orm::entity::prelude::*;

use crate::Dec;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_proposal_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub proposal_id: Uuid,
    /// Of which version of the proposal.
    pub version: i32,
    pub period_start: Date,
    pub period_months: i32,
    pub target: Option<Dec>,
    pub intervention: Option<Dec>,
    pub lower: Option<Dec>,
    pub upper: Option<Dec>,
    pub intervention_lower: Option<Dec>,
    pub intervention_upper: Option<Dec>,
    /// What it superseded when it was approved.
    pub before_id: Option<Uuid>,
    /// What was written when it was approved.
    pub target_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
