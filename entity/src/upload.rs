//! A file somebody sent, waiting to be imported.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub file_name: String,
    pub size_bytes: i64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Where the file store keeps it.
    pub storage_key: String,
    pub created_at: DateTimeUtc,
    /// From when it may be swept away.
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
