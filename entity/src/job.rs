//! A long piece of work waiting for a node. Claimed across councils, and holds ids only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who asked: the job acts as them, with their rights read again.
    pub person_id: Uuid,
    /// The machine token they asked with.
    pub machine_id: Option<Uuid>,
    pub kind: String,
    /// The import or pack it is about.
    pub subject_id: Uuid,
    /// QUEUED, RUNNING, DONE or FAILED.
    pub state: String,
    pub attempts: i32,
    /// Until when the node that claimed it may be believed alive.
    pub lease_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// When a node last took it up: councils take turns.
    pub claimed_at: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
    pub failure: Option<String>,
    /// The request that asked for it, as logs know it; none on the command line.
    pub request_id: Option<Uuid>,
    /// The span of OpenTelemetry it was asked for in, where there was one.
    pub traceparent: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
