//! What was done about a question, by whom: never changed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question_id: Uuid,
    /// 1 for the first step.
    pub seq: i32,
    pub act: String,
    pub from_state: String,
    pub to_state: String,
    pub person_id: Uuid,
    pub at: DateTimeUtc,
    /// The answer, or why it was returned.
    pub words: Option<String>,
    /// Who was to answer from this step on.
    pub assigned_to: Option<Uuid>,
    /// By which day.
    pub due_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
