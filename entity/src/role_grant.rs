//! A role given to a person, over what, and from when until when.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// A code of `rules::permission`.
    pub role: String,
    /// COUNCIL, ELEMENT, INDICATOR or FORUM: which of the three ids below is filled.
    pub scope_kind: String,
    pub element_id: Option<Uuid>,
    pub indicator_id: Option<Uuid>,
    pub forum_id: Option<Uuid>,
    pub from_on: Date,
    /// The last day; none while open-ended.
    pub until_on: Option<Date>,
    /// Whom a deputy deputises for.
    pub deputy_for: Option<Uuid>,
    pub reason: Option<String>,
    /// None for grants made when the council was created.
    pub granted_by: Option<Uuid>,
    /// The group of the council's directory that brings the role.
    pub directory_group: Option<String>,
    pub created_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
    pub withdrawn_by: Option<Uuid>,
    pub withdrawn_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
