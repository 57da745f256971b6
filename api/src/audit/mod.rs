//! The audit trail: who did what, in which role, and when. Written in the transaction of what it tells of; the
//! database itself refuses to change or delete an event.
//!
//! Promises: the events of a council are numbered from one without a gap, and each carries a hash over itself and the
//! hash of the one before ([`chain`]). Where the chain ends is kept apart, sealed with the service's key, so that
//! whoever may write to the database but has not the key can neither change an event nor drop the last ones unseen.

pub mod chain;

use rules::permission::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Statement};
use serde::Serialize;
use uuid::Uuid;

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

/// Records an event in the transaction of what it tells of.
pub async fn record(app: &App, tx: &Change, scope: &Scope, event: Event<'_>) -> Result<()> {
    let behind = Behind { person: Some(scope.person), role: Some(scope.role), by: &scope.by };
    record_of(app, tx, scope.council, &behind, Outcome::Done, event).await
}

/// Records an event that no scope stands behind.
pub async fn record_of(app: &App, tx: &Change, council: Uuid, behind: &Behind<'_>, outcome: Outcome, event: Event<'_>) -> Result<()> {
    let (seq, previous) = match head(&**tx, council).await? {
        Some(head) => (head.seq, head.hash),
        None => (0, before_the_chain(&**tx, council).await?),
    };
    let mut row = entity::audit_event::Model {
        council_id: council,
        id: app.ids.next(),
        seq: Some(seq + 1),
        at: app.clock.now(),
        person_id: behind.person,
        actor: Some(behind.by.actor.clone()),
        via: Some(behind.by.via.clone()),
        role: behind.role.map(|role| role.to_string()),
        verb: event.verb.to_owned(),
        subject: event.subject,
        outcome: Some(outcome.to_string()),
        before: event.before,
        after: event.after,
        request_id: behind.by.origin.request.map(|id| id.to_string()),
        address: behind.by.origin.address.map(|address| address.to_string()),
        hash: None,
    };
    let hash = chain::hash(&previous, &row);
    row.hash = Some(hash.clone());
    let at = row.at;
    let row = row.into_active_model();
    entity::audit_event::Entity::insert(row).exec_without_returning(&**tx).await.context("recording an audit event")?;
    let seal = seal(app, council, seq + 1, &hash)?;
    let upsert = "INSERT INTO audit_head (council_id, id, seq, hash, seal, at) VALUES ($1, $1, $2, $3, $4, $5) \
        ON CONFLICT (council_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, seal = excluded.seal, at = excluded.at";
    let values = [council.into(), (seq + 1).into(), hash.into(), seal.into(), at.into()];
    let statement = Statement::from_sql_and_values(app.db.backend(), upsert, values);
    tx.execute_raw(statement).await.context("moving the end of the audit trail")?;
    Ok(())
}

/// Where a council's chain ends; none before its first event.
pub async fn head(db: &impl ConnectionTrait, council: Uuid) -> Result<Option<entity::audit_head::Model>> {
    of_council::<entity::audit_head::Entity>(council).one(db).await.context("finding the end of the audit trail")
}

/// What the chain begins with: a digest of the events from before there was one.
pub async fn before_the_chain(db: &impl ConnectionTrait, council: Uuid) -> Result<String> {
    use entity::audit_event::Column;
    let unchained = of_council::<entity::audit_event::Entity>(council).filter(Column::Seq.is_null());
    let rows = unchained.order_by_asc(Column::At).order_by_asc(Column::Id).all(db).await.context("reading the audit trail")?;
    Ok(rows.iter().fold(chain::BEGINNING.to_owned(), |before, row| chain::hash(&before, row)))
}

/// What only the holder of the service's key can say of the end of a chain.
pub fn seal(app: &App, council: Uuid, seq: i64, hash: &str) -> Result<String> {
    let sealed = app.keys.seal(&format!("audit trail {council} {seq} {hash}"))?;
    String::from_utf8(sealed).context("sealing the audit trail")
}

/// A state as the trail keeps it.
pub fn state(of: &impl Serialize) -> Option<String> {
    serde_json::to_string(of).ok()
}
