//! The statements that read observations and targets of many indicators at once.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rules::series::{Observation, Target};
use rules::status::Thresholds;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Value};
use uuid::Uuid;

use crate::access::Scope;
use crate::error::{Error, Result};
use crate::rows::{Row, as_at_condition, coming, one_of, read_rows};

/// What stands beside a figure: words and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub commentary: Option<String>,
    pub action: Option<String>,
    pub action_owner: Option<String>,
    pub action_due: Option<NaiveDate>,
    pub quality_note: Option<String>,
    pub reason: Option<String>,
    pub recorded_at: DateTime<Utc>,
    pub import: Option<Uuid>,
}

/// One indicator's figures, the earliest first.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    pub observations: Vec<Observation>,
    pub targets: Vec<Target>,
    /// Beside the observation of the same index; none for those whose words were not asked for.
    words: Vec<Option<Box<Words>>>,
    /// Which readings these are, beside the observation of the same index; empty where drafts are read.
    ids: Vec<Uuid>,
}

impl Figures {
    /// Of observations with the words beside each, and targets, both in order of period.
    pub fn of(observations: Vec<Observation>, words: Vec<Option<Words>>, ids: Vec<Uuid>, targets: Vec<Target>) -> Self {
        let words = words.into_iter().map(|words| words.map(Box::new)).collect();
        Self { observations, targets, words, ids }
    }

    /// Which reading an observation is, where it was asked in which version.
    pub fn id(&self, observation: usize) -> Option<Uuid> {
        self.ids.get(observation).copied()
    }

    /// What stands beside an observation, if it was asked for.
    pub fn words(&self, observation: usize) -> Option<&Words> {
        self.words.get(observation)?.as_deref()
    }

    /// Puts what came in the order of an index into the order of time.
    fn sort(&mut self) {
        self.targets.sort_by_key(|target| target.period);
        if self.observations.is_sorted_by_key(|observation| observation.period) {
            return;
        }
        let mut both: Vec<_> = self.observations.drain(..).zip(self.words.drain(..)).collect();
        both.sort_by_key(|(observation, _)| observation.period);
        (self.observations, self.words) = both.into_iter().unzip();
    }
}

/// Which figures are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Periods that start on or after this day.
    pub from: NaiveDate,
    /// Observations of periods that end on or before this day.
    pub until: NaiveDate,
    /// Words beside observations of periods that start on or after this day; none for none of them. PostgreSQL reads
    /// figures from an index alone, and words from the rows.
    pub words_from: Option<NaiveDate>,
    /// As they read at this instant; as they read now for none.
    pub as_at: Option<DateTime<Utc>>,
}

/// Figures of these indicators. Two statements, however many indicators and periods.
pub async fn figures(db: &DatabaseTransaction, scope: &Scope, indicators: &[Uuid], span: Span) -> Result<HashMap<Uuid, Figures>> {
    let mut found: HashMap<Uuid, Figures> = indicators.iter().map(|id| (*id, Figures::default())).collect();
    if indicators.is_empty() {
        return Ok(found);
    }
    observations(db, scope, indicators, span, &mut found).await?;
    targets(db, scope, indicators, span, &mut found).await?;
    for figures in found.values_mut() {
        figures.sort();
    }
    Ok(found)
}

/// What is read of an observation `o`, its words apart.
pub(super) const FIGURES: &str = "o.indicator_id, o.period_start, o.period_months, o.definition_version, o.value, o.numerator, o.denominator, \
    o.absence, o.state, o.forecast";
pub(super) const WORDS: &str =
    "o.recorded_at, o.commentary, o.remedial_action, o.remedial_owner, o.remedial_due, o.quality_note, o.reason, o.import_id";
pub(super) const NO_WORDS: &str = "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

async fn observations(
    db: &DatabaseTransaction,
    scope: &Scope,
    indicators: &[Uuid],
    span: Span,
    found: &mut HashMap<Uuid, Figures>,
) -> Result<()> {
    let mut values: Vec<Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let chosen = one_of(db.get_database_backend(), "o.indicator_id", indicators, &mut values);
    values.extend(span.as_at.map(Value::from));
    let as_at = as_at_condition("o", span.as_at, values.len());
    let condition =
        format!("o.council_id = $1 AND o.period_start >= $2 AND {chosen} AND o.period_end <= $3 AND {as_at} AND NOT o.withdrawn");
    let sql = match span.words_from {
        None => format!("SELECT {FIGURES} FROM observation o WHERE {condition}"),
        Some(from) => {
            values.push(from.into());
            let n = values.len();
            format!(
                "SELECT {FIGURES}, {NO_WORDS} FROM observation o WHERE {condition} AND o.period_start < ${n} UNION ALL \
                SELECT {FIGURES}, {WORDS} FROM observation o WHERE {condition} AND o.period_start >= ${n}"
            )
        }
    };
    // Thousands of rows: each is let go of before the next is read.
    let mut rows = coming(db, "loading figures", &sql, values).await?;
    while let Some(()) = rows
        .next(|row| {
            let Some(figures) = found.get_mut(&row.next()?) else { return Ok(()) };
            figures.observations.push(observation_of(&row)?);
            figures.words.push(if span.words_from.is_some() { words_of(&row)?.map(Box::new) } else { None });
            Ok(())
        })
        .await?
    {}
    Ok(())
}

/// The columns of [`FIGURES`] behind the indicator.
pub(super) fn observation_of(row: &Row<'_>) -> Result<Observation> {
    Ok(Observation {
        period: row.next_period()?,
        definition_version: u32::try_from(row.next::<i32>()?).map_err(|why| Error::internal("reading a figure's version", &why))?,
        value: row.next_decimal()?,
        numerator: row.next_decimal()?,
        denominator: row.next_decimal()?,
        absence: row.next_word()?,
        state: row.next_word()?.ok_or_else(|| Error::internal("reading a figure's state", &"NULL"))?,
        forecast: row.next_decimal()?,
    })
}

/// Target and levels, in the order statements name them.
pub(super) fn thresholds_of(row: &Row<'_>) -> Result<Thresholds> {
    Ok(Thresholds {
        target: row.next_decimal()?,
        intervention: row.next_decimal()?,
        lower: row.next_decimal()?,
        upper: row.next_decimal()?,
        intervention_lower: row.next_decimal()?,
        intervention_upper: row.next_decimal()?,
    })
}

pub(super) fn words_of(row: &Row<'_>) -> Result<Option<Words>> {
    let Some(recorded_at) = row.next()? else { return Ok(None) };
    Ok(Some(Words {
        recorded_at,
        commentary: row.next_text()?.map(str::to_owned),
        action: row.next_text()?.map(str::to_owned),
        action_owner: row.next_text()?.map(str::to_owned),
        action_due: row.next()?,
        quality_note: row.next_text()?.map(str::to_owned),
        reason: row.next_text()?.map(str::to_owned),
        import: row.next()?,
    }))
}

async fn targets(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[Uuid],
    span: Span,
    found: &mut HashMap<Uuid, Figures>,
) -> Result<()> {
    let mut values: Vec<Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let chosen = one_of(db.get_database_backend(), "t.indicator_id", indicators, &mut values);
    values.extend(span.as_at.map(Value::from));
    let as_at = as_at_condition("t", span.as_at, values.len());
    let sql = format!(
        "SELECT t.indicator_id, t.period_start, t.period_months, t.target, t.intervention, t.lower, t.upper, t.intervention_lower, \
            t.intervention_upper \
        FROM target t WHERE t.council_id = $1 AND t.period_start >= $2 AND t.period_start <= $3 AND {chosen} AND {as_at}"
    );
    read_rows(db, "loading targets", &sql, values, |row| {
        let Some(figures) = found.get_mut(&row.next()?) else { return Ok(()) };
        figures.targets.push(Target { period: row.next_period()?, thresholds: thresholds_of(&row)? });
        Ok(())
    })
    .await?;
    Ok(())
}

/// The reporting periods of an edition, the earliest first.
pub async fn reporting_periods(
    db: &impl ConnectionTrait,
    scope: &Scope,
    framework: Uuid,
) -> Result<Vec<rules::framework::ReportingPeriodRow>> {
    let sql = "SELECT period_start, period_months, open, due_on FROM reporting_period WHERE council_id = $1 AND framework_id = $2 \
        ORDER BY period_start, period_months";
    read_rows(db, "loading reporting periods", sql, vec![scope.council.into(), framework.into()], |row| {
        Ok(rules::framework::ReportingPeriodRow { period: row.next_period()?, open: row.next()?, due_on: row.next()? })
    })
    .await
}
