//! The audit trail: who did what, in which role, and when. Written in the transaction of what it tells of; the
//! database itself refuses to change or delete an event.

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde::Serialize;
use uuid::Uuid;

use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};

/// What happened.
pub struct Event<'a> {
    /// The verb, for instance `import.accept`.
    pub verb: &'a str,
    /// What it was done to, for instance `import 0190…`.
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub request: Option<Uuid>,
}

/// Records an event in the transaction of what it tells of.
pub async fn record(app: &App, tx: &Change, scope: &Scope, event: Event<'_>) -> Result<()> {
    let row = entity::audit_event::ActiveModel {
        council_id: Set(scope.council),
        id: Set(app.ids.next()),
        at: Set(app.clock.now()),
        person_id: Set(Some(scope.person)),
        role: Set(Some(scope.role.to_string())),
        verb: Set(event.verb.to_owned()),
        subject: Set(event.subject),
        before: Set(event.before),
        after: Set(event.after),
        request_id: Set(event.request.map(|id| id.to_string())),
    };
    entity::audit_event::Entity::insert(row).exec_without_returning(&**tx).await.context("recording an audit event")?;
    Ok(())
}

/// A state as the trail keeps it.
pub fn state(of: &impl Serialize) -> Option<String> {
    serde_json::to_string(of).ok()
}
