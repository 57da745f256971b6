//! Somebody who may sign in at a council. A person of two councils is two rows.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Stored lower case; unique in the council.
    pub email: String,
    pub name: String,
    pub created_at: DateTimeUtc,
    /// Since when they may not sign in.
    pub suspended_at: Option<DateTimeUtc>,
    /// Tokens issued earlier are refused.
    pub tokens_valid_from: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
