//! Targets of one indicator on their way to a decision.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub state: String,
    pub revision: i32,
    /// Periods that began before are left as they are.
    pub effective_from: Date,
    pub reason: Option<String>,
    /// TREND, BENCHMARK, BOTH or NONE.
    pub evidence_kind: String,
    pub evidence: Option<String>,
    pub proposed_by: Uuid,
    pub proposed_at: DateTimeUtc,
    pub decision_body: Option<String>,
    pub decision_on: Option<Date>,
    pub decision_reference: Option<String>,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
