//! What was done about a proposal, by whom: never changed.

use rules::proposal::{Act, State};
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_proposal_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub proposal_id: Uuid,
    /// 1 for the first step.
    pub seq: i32,
    pub act: Text<Act>,
    pub from_state: Text<State>,
    pub to_state: Text<State>,
    pub person_id: Uuid,
    /// Whose comment it is.
    pub forum_id: Option<Uuid>,
    pub at: DateTimeUtc,
    pub words: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
