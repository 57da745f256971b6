//! A figure as the public reads it: what it read when it was published, judged as it was then. Published again, it
//! supersedes its own row; withdrawn, a notice stands in its place.

use rules::measure::{Absence, Polarity, ValueState};
use rules::status::Colour;
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    /// The reading that was published; none for a figure nobody gave.
    pub observation_id: Option<Uuid>,
    pub period_start: Date,
    pub period_end: Date,
    pub period_months: i32,
    pub title: String,
    pub unit: String,
    pub polarity: Text<Polarity>,
    pub value: Option<Dec>,
    pub numerator: Option<Dec>,
    pub denominator: Option<Dec>,
    /// Why there is no value.
    pub absence: Option<Text<Absence>>,
    pub state: Text<ValueState>,
    pub target: Option<Dec>,
    pub intervention: Option<Dec>,
    pub lower: Option<Dec>,
    pub upper: Option<Dec>,
    pub status: Text<Colour>,
    pub published_at: DateTimeUtc,
    pub published_by: Uuid,
    pub superseded_at: Option<DateTimeUtc>,
    pub withdrawn_at: Option<DateTimeUtc>,
    /// What stands in the place of a withdrawn figure.
    pub notice: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
