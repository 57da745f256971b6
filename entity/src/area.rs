//! A place figures are published for: a council, a region, a nation.

use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "area")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The statisticians' code.
    pub code: String,
    pub name: String,
    pub kind: Text<rules::area::AuthorityType>,
    /// The region of England or the nation it is in.
    pub region: Option<String>,
    pub stands_from: Option<Date>,
    /// The last day it stood.
    pub stands_until: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
