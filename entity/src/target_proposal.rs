//! Targets of one indicator on their way to a decision.

use rules::proposal::{Evidence, State};
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    pub state: Text<State>,
    /// Grows with every act: one that names another is refused.
    pub revision: i32,
    /// 1 for the figures proposed first, 2 for those proposed after they were returned.
    pub version: i32,
    /// Periods that began before are left as they are.
    pub effective_from: Date,
    pub reason: Option<String>,
    pub evidence_kind: Text<Evidence>,
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
