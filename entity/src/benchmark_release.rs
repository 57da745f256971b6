//! A file of a dataset as it was published and brought in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benchmark_release")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub dataset_id: Uuid,
    pub edition: String,
    /// 1 for the first file of an edition.
    pub revision: i32,
    /// PROVISIONAL, FINAL or REVISED.
    pub state: String,
    pub published_on: Date,
    pub file_name: String,
    pub sha256: String,
    pub imported_at: DateTimeUtc,
    pub imported_by: String,
    /// How many it holds that differ from what was held before.
    pub figures: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
