//! What was done to a return, by whom: never changed.

use rules::cycle::{Act, State};
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub return_id: Uuid,
    /// 1 for the first step of the return.
    pub seq: i32,
    pub round: i32,
    pub act: Text<Act>,
    pub from_state: Text<State>,
    pub to_state: Text<State>,
    pub person_id: Uuid,
    pub at: DateTimeUtc,
    pub reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
