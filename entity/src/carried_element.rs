//! An element that is carried on by the successor.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carried_element")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reorganisation_id: Uuid,
    pub to_council_id: Uuid,
    pub element_id: Uuid,
    pub code: String,
    pub kind: String,
    pub title: String,
    pub label: Option<String>,
    pub description: Option<String>,
    pub owner: Option<String>,
    pub parent_code: Option<String>,
    pub position: i32,
    /// `CARRIED`.
    pub fate: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
