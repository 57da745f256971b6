//! A copy of a figure for whoever it is shared with: made, renewed and deleted by its own council alone.

use sea_orm::entity::prelude::*;

use crate::Dec;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shared_figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub share_id: Uuid,
    pub share_indicator_id: Uuid,
    /// With whom, as its share says: whoever reads is found by it.
    pub audience: String,
    pub to_council_id: Option<Uuid>,
    pub to_group_id: Option<Uuid>,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub decimal_places: i32,
    pub polarity: String,
    pub metric: Option<String>,
    pub period_start: Date,
    pub period_months: i32,
    pub value: Dec,
    pub state: String,
    pub copied_at: DateTimeUtc,
    /// The published measure its indicator is mapped to.
    pub measure_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
