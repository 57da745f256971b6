//! Figures, judged: the one way from rows to what anybody is shown.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rules::period::Period;
use rules::series::{Point, Series, needed_from, shown_from};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
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
    /// Whether the words beside the figures shown are wanted too.
    pub words: bool,
    /// As everything read at this instant; as it reads now for none.
    pub as_at: Option<DateTime<Utc>>,
    /// The day from which "due" follows.
    pub today: NaiveDate,
}

impl Asked {
    /// Wide enough for another question too, where both are about the same periods as at the same instant.
    pub fn widened(self, other: &Self) -> Self {
        if (self.until, self.as_at, self.today) != (other.until, other.as_at, other.today) {
            return self;
        }
        Self { last: self.last.max(other.last), words: self.words || other.words, ..self }
    }
}

/// One indicator's points and the words beside them.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// Those that are seen.
    pub points: Vec<Point>,
    pub figures: Figures,
    /// The periods that were asked about, in order, where not every one of them is seen.
    pub periods: Option<Vec<Period>>,
}

impl Judged {
    /// The points among the last periods that were asked about: as many, where every period is seen.
    pub fn last(&self, count: usize) -> &[Point] {
        let from = match &self.periods {
            None => self.points.len().saturating_sub(count),
            Some(periods) => match periods.get(periods.len().saturating_sub(count)) {
                Some(first) => self.points.partition_point(|point| point.period < *first),
                None => self.points.len(),
            },
        };
        self.points.get(from..).unwrap_or_default()
    }
}

/// Judges these indicators over the periods asked for. Two statements.
pub async fn judged(
    db: &DatabaseTransaction,
    scope: &Scope,
    indicators: &[&IndicatorEntry],
    asked: Asked,
) -> Result<HashMap<Uuid, Judged>> {
    let Asked { until, last, .. } = asked;
    let versions = || indicators.iter().flat_map(|entry| &entry.definitions);
    let Some(from) = versions().map(|d| needed_from(until, last, d.frequency, d.year_basis)).min() else { return Ok(HashMap::new()) };
    let shown = versions().map(|d| shown_from(until, last, d.frequency, d.year_basis)).min();
    let span = Span { from, until: until.end(), words_from: shown.filter(|_| asked.words), as_at: asked.as_at };
    let ids: Vec<Uuid> = indicators.iter().map(|entry| entry.id).collect();
    let mut figures = store::figures(db, scope, &ids, span).await?;
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
            (entry.id, Judged { points, figures, periods: None })
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
