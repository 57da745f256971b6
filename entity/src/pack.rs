//! A document for a forum's meeting: rendered once, kept by its hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pack")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub forum_id: Uuid,
    /// Who asked for it.
    pub person_id: Uuid,
    pub period_start: Date,
    pub period_months: i32,
    /// SCRUTINY, EXCEPTIONS, CABINET, OFFICER or OPEN_DATA.
    pub profile: String,
    /// Chart every indicator, not the exceptions alone.
    pub chart_all: bool,
    /// The instant its figures stand for.
    pub as_at: DateTimeUtc,
    pub meeting_on: Option<Date>,
    /// QUEUED, BUILDING, READY or FAILED.
    pub state: String,
    pub sha256: Option<String>,
    pub size_bytes: Option<i64>,
    pub storage_key: Option<String>,
    pub file_name: Option<String>,
    pub failure: Option<String>,
    pub created_at: DateTimeUtc,
    /// Whose edition it is, of the forum's remit; none for the whole of the remit.
    pub element_id: Option<Uuid>,
    /// Whether it shows indicators that elements outside that element's subtree own.
    pub reaches_beyond: bool,
    /// The language of its headings: a tag, `en-GB`.
    pub language: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
