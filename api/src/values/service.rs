//! Figures, judged: the one way from rows to what anybody is shown.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rules::period::Period;
use rules::series::{Point, Series, needed_from};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Figures, Span};
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::IndicatorEntry;

/// What is asked of a set of indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The last period wanted: each indicator answers in periods of its own frequency up to its end.
    pub until: Period,
    /// How many periods.
    pub last: usize,
    /// As everything read at this instant; as it reads now for none.
    pub as_at: Option<DateTime<Utc>>,
    /// The day from which "due" follows.
    pub today: NaiveDate,
}

/// One indicator's points and the words beside them.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    pub points: Vec<Point>,
    pub figures: Figures,
}

/// Judges these indicators over the periods asked for. Two statements.
pub async fn judged(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[&IndicatorEntry],
    asked: Asked,
) -> Result<HashMap<Uuid, Judged>> {
    let Some(from) = indicators
        .iter()
        .flat_map(|entry| entry.definitions.last())
        .map(|d| needed_from(asked.until, asked.last, d.frequency, d.year_basis))
        .min()
    else {
        return Ok(HashMap::new());
    };
    let ids: Vec<Uuid> = indicators.iter().map(|entry| entry.id).collect();
    let mut figures = store::figures(db, scope, &ids, Span { from, until: asked.until.end(), as_at: asked.as_at }).await?;
    Ok(indicators
        .iter()
        .map(|entry| {
            let figures = figures.remove(&entry.id).unwrap_or_default();
            let points = Series {
                definitions: &entry.definitions,
                observations: &figures.observations,
                targets: &figures.targets,
                rules: &entry.rules,
                today: asked.today,
            }
            .points(asked.until, asked.last);
            (entry.id, Judged { points, figures })
        })
        .collect())
}

/// The edition's reporting periods, the earliest first.
pub async fn reporting_periods(
    db: &impl ConnectionTrait,
    scope: &Scope,
    framework: Uuid,
) -> Result<Vec<rules::framework::ReportingPeriodRow>> {
    store::reporting_periods(db, scope, framework).await
}
