//! A body that is given figures.

use rules::measure::{ForumGets, ForumKind};
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "forum")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unique in the council.
    pub code: String,
    pub title: String,
    pub kind: Text<ForumKind>,
    /// Its place in the cascade, 1 first.
    pub position: i32,
    /// `Quarterly`, `Monthly`.
    pub meets: Option<String>,
    pub gets: Text<ForumGets>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
