//! A plan, outcome, service, project …: a thing of the framework. Where it stands is [`crate::placement`].

use rules::measure::{ElementKind, Level, Mode};
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "element")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub framework_id: Uuid,
    /// Unique in the edition.
    pub code: String,
    pub kind: Text<ElementKind>,
    pub level: Text<Level>,
    /// The council's own word for the kind.
    pub label: Option<String>,
    pub title: String,
    pub mode: Option<Text<Mode>>,
    pub description: Option<String>,
    pub owner: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
