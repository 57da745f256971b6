//! Something that was done about a warning. Never changed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warning_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub warning_id: Uuid,
    /// 1 for the first.
    pub seq: i32,
    pub act: String,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub since: Date,
    pub words: Option<String>,
    pub muted_until: Option<Date>,
    pub person_id: Uuid,
    pub at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
