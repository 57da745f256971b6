//! That a council is in a group, as it says for itself, from when until when.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "council_group_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of another council, mostly.
    pub group_id: Uuid,
    pub joined_at: DateTimeUtc,
    pub joined_by: Uuid,
    pub left_at: Option<DateTimeUtc>,
    pub left_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
