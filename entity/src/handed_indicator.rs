//! An indicator a predecessor handed over, as it is defined.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handed_indicator")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub to_council_id: Uuid,
    pub indicator_id: Uuid,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub metric: Option<String>,
    pub handed_at: DateTimeUtc,
    pub handed_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
