//! A figure as it was approved: which reading of it, and how it was judged then. Approved again, it supersedes its own row.

use rules::status::Colour;
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approved_figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub return_id: Uuid,
    pub round: i32,
    pub indicator_id: Uuid,
    pub period_start: Date,
    pub period_end: Date,
    pub period_months: i32,
    /// None where no figure had been given.
    pub observation_id: Option<Uuid>,
    pub target: Option<Dec>,
    pub intervention: Option<Dec>,
    pub lower: Option<Dec>,
    pub upper: Option<Dec>,
    pub intervention_lower: Option<Dec>,
    pub intervention_upper: Option<Dec>,
    pub status: Text<Colour>,
    /// The reason of the status, in a sentence.
    pub because: String,
    pub approved_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
