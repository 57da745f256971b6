//! An edition of a national framework, as it was published.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub edition: String,
    pub title: String,
    pub publisher: String,
    pub published_on: Option<Date>,
    pub in_force_from: Option<Date>,
    pub in_force_until: Option<Date>,
    pub licence: String,
    /// Where it is published.
    pub source: Option<String>,
    /// Of what it was read from: the same is not recorded twice.
    pub sha256: String,
    pub recorded_at: DateTimeUtc,
    /// When the same edition was recorded anew.
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
