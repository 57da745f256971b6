//! A person's role that is carried on by the successor.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carried_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reorganisation_id: Uuid,
    pub to_council_id: Uuid,
    pub grant_id: Uuid,
    pub email: String,
    pub name: String,
    pub role: String,
    pub element_code: Option<String>,
    /// `CARRIED`.
    pub fate: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
