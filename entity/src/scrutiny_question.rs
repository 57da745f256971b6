//! A question, a recommendation, or a call for information, and where it stands.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scrutiny_question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// None: called for by the cabinet, or raised by internal audit.
    pub forum_id: Option<Uuid>,
    pub meeting_id: Option<Uuid>,
    /// Its number in the council.
    pub number: i32,
    /// QUESTION, RECOMMENDATION or INFORMATION.
    pub kind: String,
    pub indicator_id: Option<Uuid>,
    pub element_id: Option<Uuid>,
    pub period_start: Option<Date>,
    pub period_months: Option<i32>,
    pub words: String,
    /// Which member asked, by name.
    pub asked_by: Option<String>,
    pub recorded_by: Uuid,
    pub recorded_at: DateTimeUtc,
    pub assigned_to: Option<Uuid>,
    pub due_on: Option<Date>,
    pub state: String,
    pub revision: i32,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
