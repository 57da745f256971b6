//! Early warnings a council's webhook is told of: what fired lately, once each. What is muted is not told, nor what ceased before
//! its turn came.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rules::reminder::Kind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::about::{About, AboutWarning};
use super::owed::{Of, Owed};
use crate::access::Scope;
use crate::error::{ContextExt, Result};
use crate::graphql::id;
use crate::warnings::{self, Told, handling};

/// How long ago something fired that is still told: a node that slept over a weekend makes up for it.
const LATELY: Duration = Duration::days(4);
/// Warnings looked at of one council.
const WARNINGS_MAX: usize = 5_000;

/// What fired lately and stands. Two statements.
pub async fn lately(db: &impl ConnectionTrait, scope: &Scope, of: Of<'_>, now: DateTime<Utc>) -> Result<Vec<Owed>> {
    let mut fired = warnings::store::lately(db, scope, Some(now - LATELY), WARNINGS_MAX).await?;
    fired.retain(|one| one.told && one.ceased_at.is_none() && one.recorded_at >= now - LATELY);
    let ids: Vec<Uuid> = fired.iter().map(|one| one.id).collect();
    let steps = warnings::store::steps(db, scope, &ids).await?;
    let muted = |id: Uuid| steps.get(&id).is_some_and(|steps| handling::muted(steps, now.date_naive()).is_some());
    let mut owed = Vec::new();
    for one in fired.into_iter().filter(|one| !muted(one.id)) {
        let told: Told = serde_json::from_str(&one.evidence).context("reading a warning")?;
        let warning = AboutWarning {
            id: id::id(id::Kind::Warning, one.id).to_string(),
            kind: one.key.kind,
            subject: one.key.subject.kind,
            code: told.code,
            title: told.title,
            period: told.period,
            since: one.key.since,
        };
        let about = About { warning: Some(warning), ..of.about(Kind::EarlyWarning, None) };
        let mark = one.key.since.to_string();
        owed.push(Owed { subject: format!("warning {}", one.id), about, mark, people: Vec::new() });
    }
    Ok(owed)
}

/// Whether a warning still stands and is not muted.
pub async fn still(db: &impl ConnectionTrait, scope: &Scope, id: Uuid, today: NaiveDate) -> Result<bool> {
    let stands = warnings::store::recorded_one(db, scope, id).await?.is_some_and(|one| one.ceased_at.is_none());
    let steps = warnings::store::steps(db, scope, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(stands && handling::muted(&steps, today).is_none())
}
