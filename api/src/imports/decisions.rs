//! What people decided about an import, and the warnings they took upon themselves: written once, never changed.

use chrono::{DateTime, Utc};
use entity::{import_acknowledgement, import_decision};
use rules::closed_set;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::verbs::Deed;
use crate::access::Scope;
use crate::error::{ContextExt, Result};
use crate::rows::read_rows;

/// Decisions and acknowledgements listed of one import: there are a few, unless somebody plans it anew without end.
pub const LISTED_MAX: u64 = 200;

closed_set! {
    /// What was decided.
    Decided {
        /// Its plan was applied.
        Accepted = "ACCEPTED", "Accepted";
        /// Its plan is not to be applied.
        Declined = "DECLINED", "Refused";
        /// It was stopped before it had a plan.
        Cancelled = "CANCELLED", "Cancelled";
        /// It was planned anew.
        Replanned = "REPLANNED", "Planned anew";
        /// It was taken back.
        Undone = "UNDONE", "Undone";
    }
}

/// Keeps a decision.
pub async fn record(deed: &Deed<'_>, scope: &Scope, import: Uuid, kind: Decided, reason: Option<&str>) -> Result<()> {
    let row = import_decision::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        import_id: import,
        kind: kind.to_string(),
        reason: reason.map(str::to_owned),
        person_id: scope.person,
        at: deed.tx.at(&deed.app.clock),
    };
    let row = row.into_active_model();
    import_decision::Entity::insert(row).exec_without_returning(&**deed.tx).await.context("keeping a decision")?;
    Ok(())
}

/// A warning that was acknowledged: code, reason, places.
pub type Taken = (String, String, i32);

/// Keeps acknowledgements; nothing when there are none.
pub async fn acknowledge(deed: &Deed<'_>, scope: &Scope, import: Uuid, taken: &[Taken]) -> Result<()> {
    if taken.is_empty() {
        return Ok(());
    }
    let rows = taken.iter().map(|(code, reason, places)| {
        let row = import_acknowledgement::Model {
            council_id: scope.council,
            id: deed.app.ids.next(),
            import_id: import,
            code: code.clone(),
            reason: reason.clone(),
            places: *places,
            person_id: scope.person,
            at: deed.tx.at(&deed.app.clock),
        };
        row.into_active_model()
    });
    import_acknowledgement::Entity::insert_many(rows).exec_without_returning(&**deed.tx).await.context("keeping acknowledgements")?;
    Ok(())
}

/// A decision as it is read.
#[derive(Debug, Clone)]
pub struct DecisionEntry {
    pub kind: Decided,
    pub reason: Option<String>,
    pub at: DateTime<Utc>,
    pub person: String,
}

/// What was decided about an import, in order.
pub async fn decisions(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<DecisionEntry>> {
    let sql = format!(
        "SELECT d.kind, d.reason, d.at, p.name FROM import_decision d \
            JOIN person p ON p.council_id = d.council_id AND p.id = d.person_id \
        WHERE d.council_id = $1 AND d.import_id = $2 ORDER BY d.id LIMIT {LISTED_MAX}"
    );
    read_rows(db, "reading what was decided", &sql, vec![scope.council.into(), import.into()], |row| {
        let kind = row.next::<String>()?.parse().context("reading a decision")?;
        Ok(DecisionEntry { kind, reason: row.next()?, at: row.next()?, person: row.next()? })
    })
    .await
}

/// An acknowledgement as it is read.
#[derive(Debug, Clone)]
pub struct AcknowledgementEntry {
    pub code: String,
    pub reason: String,
    pub places: i32,
    pub at: DateTime<Utc>,
    pub person: String,
}

/// The warnings of an import that were acknowledged, in the order of their codes.
pub async fn acknowledgements(db: &impl ConnectionTrait, scope: &Scope, import: Uuid) -> Result<Vec<AcknowledgementEntry>> {
    let sql = format!(
        "SELECT a.code, a.reason, a.places, a.at, p.name FROM import_acknowledgement a \
            JOIN person p ON p.council_id = a.council_id AND p.id = a.person_id \
        WHERE a.council_id = $1 AND a.import_id = $2 ORDER BY a.code LIMIT {LISTED_MAX}"
    );
    read_rows(db, "reading acknowledgements", &sql, vec![scope.council.into(), import.into()], |row| {
        Ok(AcknowledgementEntry { code: row.next()?, reason: row.next()?, places: row.next()?, at: row.next()?, person: row.next()? })
    })
    .await
}
