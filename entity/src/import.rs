//! A workbook on its way in: a plan first, then a change, perhaps undone. Its rows are [`crate::import_change`].

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub upload_id: Option<Uuid>,
    pub file_name: String,
    pub sha256: String,
    pub size_bytes: i64,
    /// QUEUED, READING, PLANNED, REFUSED, DECLINED, CANCELLED, ACCEPTED or UNDONE.
    pub state: String,
    /// The layout that was recognised.
    pub layout: Option<String>,
    /// The period asked for, where the layout does not name one.
    pub period_start: Option<Date>,
    pub period_months: Option<i32>,
    /// The service asked for.
    pub element_id: Option<Uuid>,
    /// Parts of the way to the plan that are done.
    pub done: i32,
    /// Of so many; 0 while it waits.
    pub total: i32,
    pub new_rows: i32,
    pub changed_rows: i32,
    pub same_rows: i32,
    pub refused_rows: i32,
    pub errors: i32,
    pub warnings: i32,
    /// Of what was read: the same file again has the same.
    pub digest: Option<String>,
    /// JSON.
    pub options: String,
    pub created_at: DateTimeUtc,
    pub planned_at: Option<DateTimeUtc>,
    pub accepted_at: Option<DateTimeUtc>,
    pub accepted_by: Option<Uuid>,
    pub undone_at: Option<DateTimeUtc>,
    /// Why it could not be read at all.
    pub failure: Option<String>,
    /// Rows somebody left out when they accepted it.
    pub left_out_rows: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
