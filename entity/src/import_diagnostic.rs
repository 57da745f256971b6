//! Something an import has to say about its workbook, with the places it was seen in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_diagnostic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub import_id: Uuid,
    pub seq: i32,
    /// A code of the importers' catalogue, never reused.
    pub code: String,
    /// ERROR, WARNING or INFO.
    pub severity: String,
    pub message: String,
    pub suggestion: Option<String>,
    pub seen: Option<String>,
    pub expected: Option<String>,
    /// JSON: a list of {sheet, cell}.
    pub places: String,
    /// How many places there are, listed or not; none for imports of earlier versions.
    pub place_count: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
