//! The log of what fired and ceased, as nodes saw it.

use std::sync::Arc;

use async_graphql::{Context, ID, SimpleObject};

use super::warning::{WarningEvidence, subject_id};
use super::words::{WarningKind, WarningSubject};
use crate::error::{ContextExt, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::warnings::Told;
use crate::warnings::eyes::{Viewing, may_look};
use crate::warnings::seats::Seats;
use crate::warnings::standing::{begins, period_of};
use crate::warnings::store::{self, Recorded};

/// Records looked at of one council, the latest: what is older is in the audit of the warnings that stand, or over.
const RECORDS_MAX: usize = 20_000;

/// A warning as it was seen to fire, and to cease.
#[derive(SimpleObject, Clone)]
pub struct WarningRecord {
    /// Opaque id: that of the warning.
    id: ID,
    /// Which rule fired.
    kind: WarningKind,
    /// What it is about.
    subject: WarningSubject,
    /// The opaque id of what it is about.
    subject_id: ID,
    /// The ref of that, as it was then; of a return that of its element.
    code: String,
    /// What that was called.
    title: String,
    /// The reporting period, of a return.
    period: Option<Period>,
    /// The day what it warns of began: of a period its first.
    since: Date,
    /// The period it began with, of rules over indicators.
    since_period: Option<Period>,
    /// The day the rule first fired, or the day it was seen where that is earlier.
    fired_on: Date,
    /// What it rested on when it was seen, by the figures as they were, drafts included.
    evidence: WarningEvidence,
    /// When it was seen.
    recorded_at: DateTime,
    /// Whether whoever listened was told: not of what the first look at a council, or at a rule that was just set, found standing.
    told: bool,
    /// The day it was seen no more; null while it stands.
    ceased_on: Option<Date>,
    /// When that was seen.
    ceased_at: Option<DateTime>,
}

crate::connection! {
    /// A page of the log of warnings.
    WarningRecordConnection, WarningRecordEdge, WarningRecord
}

impl WarningRecord {
    /// Of what is kept.
    pub fn of(recorded: &Recorded) -> Result<Self> {
        let told: Told = serde_json::from_str(&recorded.evidence).context("reading a warning")?;
        Ok(Self {
            id: id::id(Kind::Warning, recorded.id),
            kind: recorded.key.kind.into(),
            subject: recorded.key.subject.kind.into(),
            subject_id: subject_id(recorded.key.subject),
            code: told.code,
            title: told.title,
            period: told.period.map(Period),
            since: Date(begins(told.firing.since)),
            since_period: period_of(told.firing.since).map(Period),
            fired_on: Date(recorded.fired_on),
            evidence: (&told.firing).into(),
            recorded_at: DateTime(recorded.recorded_at),
            told: recorded.told,
            ceased_on: recorded.ceased_on.map(Date),
            ceased_at: recorded.ceased_at.map(DateTime),
        })
    }
}

/// What was seen to fire, or cease, since an instant, of what the viewer reads as it was recorded.
pub async fn feed(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    since: Option<DateTime>,
) -> Result<WarningRecordConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    let session = session(ctx);
    let actor = session.actor().await?;
    may_look(&actor)?;
    let today = session.app.clock.today();
    let (readings, snapshot) = session.readings(today).await?;
    let scope = actor.own_scope();
    let mut recorded = store::lately(&**snapshot, &scope, since.map(|at| at.0), RECORDS_MAX).await?;
    let seats = Seats::of(&snapshot, &scope, &recorded, today).await?;
    let viewing = Viewing::of(&actor, Arc::clone(&readings), &snapshot, seats.catalogue.as_ref(), today).await?;
    recorded.retain(|one| seats.seat(one.key.subject).is_some_and(|seat| viewing.sees(&actor, &seat)));
    let records = recorded.iter().map(WarningRecord::of).collect::<Result<Vec<_>>>()?;
    Ok(WarningRecordConnection::of(&records, &ask, |one| one.id.to_string(), WarningRecord::clone))
}
