//! A reminder on its way, or sent.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// What it is about, by kind and id.
    pub subject: String,
    /// Whom it is for; none for the council's webhook.
    pub person_id: Option<Uuid>,
    /// MAIL or WEBHOOK.
    pub channel: String,
    /// What makes it the same reminder: sent once.
    pub once: String,
    /// JSON.
    pub payload: String,
    /// WAITING, SENT, FAILED or DROPPED.
    pub state: String,
    pub attempts: i32,
    /// When it is tried next.
    pub next_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
    pub last_error: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
