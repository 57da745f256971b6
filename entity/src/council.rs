//! A council: the tenant itself. Its own id is what every other row carries as `council_id`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "council")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `devon`: what URLs, tokens and workbooks call it. Unique.
    pub code: String,
    pub name: String,
    /// `County`, `District`, `Unitary`: the council's own word.
    pub kind: String,
    /// The national code, for instance `E10000008`.
    pub gss_code: Option<String>,
    pub created_at: DateTimeUtc,
    /// Since when nobody of it may sign in.
    pub suspended_at: Option<DateTimeUtc>,
    /// How often anything of it was changed.
    pub revision: i64,
    /// A number drawn for the last change: where a database was set back, the same revision may be another state.
    pub last_change: i64,
    /// When anything of it was changed last, by the clock of whoever did.
    pub changed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
