//! What a council answered that was offered figures.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The other council's.
    pub share_id: Uuid,
    pub of_council_id: Uuid,
    /// `ACCEPTED` or `DECLINED`.
    pub answer: String,
    pub note: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub recorded_by: Uuid,
    pub superseded_at: Option<DateTimeUtc>,
    /// When it was noted that the share was withdrawn or ended.
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
