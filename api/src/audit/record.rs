//! Writing events.

use chrono::{DateTime, Utc};
use rules::permission::Role;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Statement};
use serde::Serialize;
use uuid::Uuid;

use super::{chain, store};
use crate::access::scope::of_council;
use crate::access::{By, Scope};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};

rules::closed_set! {
    /// How what an event tells of ended.
    Outcome {
        /// It was done.
        Done = "DONE", "Done";
        /// It was refused: whoever asked had not the right.
        Refused = "REFUSED", "Refused";
        /// It was tried and failed: a wrong password, for instance.
        Failed = "FAILED", "Failed";
    }
}

/// What happened.
pub struct Event<'a> {
    /// The verb, for instance `import.accept`.
    pub verb: &'a str,
    /// What it was done to, for instance `import 0190…`.
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Who is behind an event that no [`Scope`] allowed: a sign-in, a refusal, the platform operator's act.
pub struct Behind<'a> {
    /// None when it is nobody of the council, or nobody known.
    pub person: Option<Uuid>,
    pub role: Option<Role>,
    pub by: &'a By,
}

/// The same with every role held: of a refusal, and of a download, no single one stands behind it.
pub(super) struct Who<'a> {
    pub person: Option<Uuid>,
    /// Codes, separated by commas.
    pub roles: Option<String>,
    pub by: &'a By,
}

/// Records an event in the transaction of what it tells of.
pub async fn record(app: &App, tx: &Change, scope: &Scope, event: Event<'_>) -> Result<()> {
    let behind = Behind { person: Some(scope.person), role: Some(scope.role), by: &scope.by };
    record_of(app, tx, scope.council, &behind, Outcome::Done, event).await
}

/// Records an event that no scope stands behind.
pub async fn record_of(app: &App, tx: &Change, council: Uuid, behind: &Behind<'_>, outcome: Outcome, event: Event<'_>) -> Result<()> {
    let who = Who { person: behind.person, roles: behind.role.map(|role| role.to_string()), by: behind.by };
    append(app, tx, council, &who, outcome, event).await
}

/// Puts an event at the end of a council's chain: three statements. Changes of one council follow one another
/// ([`crate::db::Db::change`]), so that the end does not move in between.
pub(super) async fn append(app: &App, tx: &Change, council: Uuid, who: &Who<'_>, outcome: Outcome, event: Event<'_>) -> Result<()> {
    let (seq, previous) = match head(&**tx, council).await? {
        Some(head) => (head.seq + 1, head.hash),
        None => (1, store::before_the_chain(&**tx, council).await?.digest),
    };
    let by = who.by;
    let mut row = entity::audit_event::Model {
        council_id: council,
        id: app.ids.next(),
        seq: Some(seq),
        at: tx.at(&app.clock),
        person_id: who.person,
        actor: Some(by.actor.clone()),
        via: Some(by.via.clone()),
        role: who.roles.clone(),
        verb: event.verb.to_owned(),
        subject: event.subject,
        outcome: Some(outcome.to_string()),
        before: event.before,
        after: event.after,
        request_id: by.origin.request.map(|id| id.to_string()),
        address: by.origin.address.map(|address| address.to_string()),
        hash: None,
        previous_hash: None,
        seal: None,
    };
    let hash = chain::hash(&previous, &row);
    let seal = seal(app, council, seq, &hash)?;
    (row.hash, row.previous_hash, row.seal) = (Some(hash.clone()), Some(previous), Some(seal));
    let at = row.at;
    let row = row.into_active_model();
    entity::audit_event::Entity::insert(row).exec_without_returning(&**tx).await.context("recording an audit event")?;
    let upsert = "INSERT INTO audit_head (council_id, id, seq, hash, seal, at) VALUES ($1, $1, $2, $3, $4, $5) \
        ON CONFLICT (council_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, seal = excluded.seal, at = excluded.at";
    let seal = seal_head(app, council, seq, &hash, at)?;
    let values = [council.into(), seq.into(), hash.into(), seal.into(), at.into()];
    let statement = Statement::from_sql_and_values(app.db.backend(), upsert, values);
    tx.execute_raw(statement).await.context("moving the end of the audit trail")?;
    Ok(())
}

/// Where a council's chain ends; none before its first event.
pub async fn head(db: &impl ConnectionTrait, council: Uuid) -> Result<Option<entity::audit_head::Model>> {
    of_council::<entity::audit_head::Entity>(council).one(db).await.context("finding the end of the audit trail")
}

/// What only the holder of the service's key can say of an event at a place.
pub fn seal(app: &App, council: Uuid, seq: i64, hash: &str) -> Result<String> {
    let sealed = app.keys.seal(&format!("audit trail {council} {seq} {hash}"))?;
    String::from_utf8(sealed).context("sealing the audit trail")
}

/// What only the holder of the service's key can say of where a trail ended at an instant. Another text than an event's
/// seal: whoever takes the last events away cannot copy it from the one that is then the last.
pub fn seal_head(app: &App, council: Uuid, seq: i64, hash: &str, at: DateTime<Utc>) -> Result<String> {
    let sealed = app.keys.seal(&format!("audit head {council} {seq} {hash} {}", at.timestamp_micros()))?;
    String::from_utf8(sealed).context("sealing the end of the audit trail")
}

/// A state as the trail keeps it.
pub fn state(of: &impl Serialize) -> Option<String> {
    serde_json::to_string(of).ok()
}
