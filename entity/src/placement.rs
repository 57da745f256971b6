//! Where an element stands from when until when. An element that moved has a row for each place.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub element_id: Uuid,
    /// The element's own, repeated so that a whole tree is one read.
    pub framework_id: Uuid,
    /// None at the top.
    pub parent_id: Option<Uuid>,
    /// Order among siblings.
    pub position: i32,
    /// None since the edition began.
    pub stands_from: Option<Date>,
    /// None while it still stands there.
    pub stands_until: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
