//! Who did what when. Append-only on both databases: no row is ever changed or deleted.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its place in the council's chain, from 1; none for events from before there was one.
    pub seq: Option<i64>,
    pub at: DateTimeUtc,
    /// None for what the product did by itself.
    pub person_id: Option<Uuid>,
    /// Who, in words, as they were called then.
    pub actor: Option<String>,
    /// How they signed in.
    pub via: Option<String>,
    /// The role that allowed it.
    pub role: Option<String>,
    pub verb: String,
    pub subject: String,
    /// DONE, REFUSED or FAILED.
    pub outcome: Option<String>,
    /// JSON.
    pub before: Option<String>,
    /// JSON.
    pub after: Option<String>,
    pub request_id: Option<String>,
    /// Network address it came from.
    pub address: Option<String>,
    /// SHA-256 over the event and the hash of the one before, in hexadecimal.
    pub hash: Option<String>,
    /// The hash it continues from; of the first, a digest of the events from before the chain.
    pub previous_hash: Option<String>,
    /// What only the holder of the service's key can say of the place and the hash.
    pub seal: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
