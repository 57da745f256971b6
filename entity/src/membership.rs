//! An indicator's place in one edition: which element owns it there.

use rules::measure::Disposition;
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub framework_id: Uuid,
    pub indicator_id: Uuid,
    pub owner_id: Uuid,
    pub position: i32,
    /// What becomes of it in the next edition.
    pub disposition: Option<Text<Disposition>>,
    /// Why.
    pub disposition_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
