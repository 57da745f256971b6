//! Something an officer was told of a pack when it was made. Never in the pack itself.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pack_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pack_id: Uuid,
    /// 1, 2, … in the order to be read.
    pub seq: i32,
    /// `C01`.
    pub code: String,
    /// The ref of the indicator it is about.
    pub indicator: String,
    pub words: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
