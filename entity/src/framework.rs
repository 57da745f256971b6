//! One edition of a council's framework.

use rules::measure::FrameworkState;
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "framework")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// `2024/25`, unique in the council.
    pub edition: String,
    pub stands_from: Date,
    pub stands_until: Option<Date>,
    pub state: Text<FrameworkState>,
    pub adopted_by: Option<String>,
    pub adopted_on: Option<Date>,
    pub minute_reference: Option<String>,
    /// What a reader must know, for instance that figures are illustrative.
    pub note: Option<String>,
    /// The edition it follows.
    pub predecessor_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
