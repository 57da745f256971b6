//! Where a council's reminders go, from when until when.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub webhook_url: Option<String>,
    /// Sealed.
    pub webhook_secret: Option<String>,
    pub by_mail: bool,
    /// Days before the last day.
    pub days_before: i32,
    /// Days between reminders of what is overdue.
    pub days_between: i32,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Uuid,
    /// Whether the webhook is told of early warnings.
    pub warnings: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
