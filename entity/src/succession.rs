//! That a council names another as its successor or its predecessor. Agreed where both do, of the same day.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "succession")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What the other is to this one: `SUCCESSOR` or `PREDECESSOR`.
    pub side: String,
    pub other_council_id: Uuid,
    /// The successor's first day.
    pub on_date: Date,
    /// A code of `rules::area::SuccessionKind`.
    pub kind: String,
    pub recorded_at: DateTimeUtc,
    pub recorded_by: Uuid,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
