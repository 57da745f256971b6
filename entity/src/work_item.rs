//! Something a forum means to look at.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "work_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    /// None: not yet at a meeting.
    pub meeting_id: Option<Uuid>,
    pub title: String,
    pub description: Option<String>,
    pub element_id: Option<Uuid>,
    pub indicator_id: Option<Uuid>,
    /// Who brings it, by name or post.
    pub lead: Option<String>,
    /// PLANNED, DONE or DROPPED.
    pub state: String,
    pub position: i32,
    pub revision: i32,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
