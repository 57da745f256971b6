//! Reading what was aimed at, then and now.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rules::period::Period;
use rules::status::Thresholds;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::read::thresholds;
use crate::access::Scope;
use crate::error::Result;
use crate::rows::{one_of, read_rows};

/// One target of an indicator, in force or superseded.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    pub period: Period,
    pub thresholds: Thresholds,
    pub evidence: Option<String>,
    pub approved_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub recorded_by: Option<String>,
    /// Whether an import brought it.
    pub imported: bool,
    /// The proposal it came from.
    pub proposal: Option<Decided>,
}

/// What the proposal behind a target says.
#[derive(Debug, Clone)]
pub struct Decided {
    pub proposal: Uuid,
    pub effective_from: NaiveDate,
    pub body: Option<String>,
    pub on: Option<NaiveDate>,
    pub reference: Option<String>,
}

/// Every target these indicators ever had: by period, and of one period the latest first. One statement.
pub async fn history(db: &impl ConnectionTrait, scope: &Scope, indicators: &[Uuid]) -> Result<HashMap<Uuid, Vec<Entry>>> {
    let mut found: HashMap<Uuid, Vec<Entry>> = HashMap::new();
    if indicators.is_empty() {
        return Ok(found);
    }
    let mut values: Vec<Value> = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "t.indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT t.indicator_id, t.id, t.period_start, t.period_months, t.target, t.intervention, t.lower, t.upper, t.intervention_lower, \
            t.intervention_upper, t.evidence, t.approved_by, t.recorded_at, t.superseded_at, w.name, t.import_id, p.id, p.effective_from, \
            p.decision_body, p.decision_on, p.decision_reference \
        FROM target t LEFT JOIN person w ON w.council_id = t.council_id AND w.id = t.recorded_by \
        LEFT JOIN target_proposal_row r ON r.council_id = t.council_id AND r.target_id = t.id \
        LEFT JOIN target_proposal p ON p.council_id = r.council_id AND p.id = r.proposal_id \
        WHERE t.council_id = $1 AND {chosen}"
    );
    read_rows(db, "loading what was aimed at", &sql, values, |row| {
        let indicator: Uuid = row.next()?;
        let (id, period) = (row.next()?, row.next_period()?);
        let thresholds = thresholds(&row)?;
        let (evidence, approved_by) = (row.next()?, row.next()?);
        let (recorded_at, superseded_at) = (row.next()?, row.next()?);
        let (recorded_by, import) = (row.next()?, row.next::<Option<Uuid>>()?);
        let (proposal, from) = (row.next::<Option<Uuid>>()?, row.next::<Option<NaiveDate>>()?);
        let (body, on, reference) = (row.next()?, row.next()?, row.next()?);
        let decided = |(proposal, effective_from)| Decided { proposal, effective_from, body, on, reference };
        found.entry(indicator).or_default().push(Entry {
            id,
            period,
            thresholds,
            evidence,
            approved_by,
            recorded_at,
            superseded_at,
            recorded_by,
            imported: import.is_some(),
            proposal: proposal.zip(from).map(decided),
        });
        Ok(())
    })
    .await?;
    for entries in found.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.period, entry.recorded_at, entry.id)));
    }
    Ok(found)
}
