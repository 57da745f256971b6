//! The statements that read observations and targets of many indicators at once.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Dec, Text};
use rules::measure::{Absence, ValueState};
use rules::series::{Observation, Target};
use rules::status::Thresholds;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::{Error, Result};
use crate::rows::{as_at_condition, read_rows};

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

/// One indicator's figures, the earliest first: observation `i` has words `i`.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    pub observations: Vec<Observation>,
    pub words: Vec<Words>,
    pub targets: Vec<Target>,
}

/// Which figures are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// Periods that start on or after this day.
    pub from: NaiveDate,
    /// Observations of periods that end on or before this day.
    pub until: NaiveDate,
    /// As they read at this instant; as they read now for none.
    pub as_at: Option<DateTime<Utc>>,
}

/// Figures of these indicators. Two statements, however many indicators and periods.
pub async fn figures(db: &impl ConnectionTrait, scope: &Scope, indicators: &[Uuid], span: Span) -> Result<HashMap<Uuid, Figures>> {
    let mut found: HashMap<Uuid, Figures> = indicators.iter().map(|id| (*id, Figures::default())).collect();
    if indicators.is_empty() {
        return Ok(found);
    }
    let (condition, values) = chosen(scope, indicators, span);
    observations(db, &condition, values.clone(), span, &mut found).await?;
    targets(db, &condition, values, span, &mut found).await?;
    for figures in found.values_mut() {
        figures.targets.sort_by_key(|target| target.period);
    }
    Ok(found)
}

/// The condition both statements share, and its parameters: `$1` the council, `$2` and `$3` the span, then the
/// indicators, and last the instant if one was given.
fn chosen(scope: &Scope, indicators: &[Uuid], span: Span) -> (String, Vec<sea_orm::Value>) {
    let mut values: Vec<sea_orm::Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let first = values.len() + 1;
    let places: Vec<String> = (first..first + indicators.len()).map(|n| format!("${n}")).collect();
    values.extend(indicators.iter().map(|id| sea_orm::Value::from(*id)));
    values.extend(span.as_at.map(sea_orm::Value::from));
    (format!("council_id = $1 AND period_start >= $2 AND indicator_id IN ({})", places.join(", ")), values)
}

async fn observations(
    db: &impl ConnectionTrait,
    condition: &str,
    values: Vec<sea_orm::Value>,
    span: Span,
    found: &mut HashMap<Uuid, Figures>,
) -> Result<()> {
    let as_at = as_at_condition("o", span.as_at, values.len());
    let sql = format!(
        "SELECT o.indicator_id, o.period_start, o.period_months, o.definition_version, o.value, o.numerator, o.denominator, o.absence, \
            o.state, o.forecast, o.commentary, o.remedial_action, o.remedial_owner, o.remedial_due, o.quality_note, o.reason, \
            o.recorded_at, o.import_id \
        FROM observation o WHERE {condition} AND o.period_end <= $3 AND {as_at} AND NOT o.withdrawn \
        ORDER BY o.indicator_id, o.period_start"
    );
    read_rows(db, "loading figures", &sql, values, |row| {
        let Some(figures) = found.get_mut(&row.next()?) else { return Ok(()) };
        let decimal = |row: &crate::rows::Row<'_>| -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        figures.observations.push(Observation {
            period: row.next_period()?,
            definition_version: u32::try_from(row.next::<i32>()?).map_err(|why| Error::internal("reading a figure's version", &why))?,
            value: decimal(&row)?,
            numerator: decimal(&row)?,
            denominator: decimal(&row)?,
            absence: row.next::<Option<Text<Absence>>>()?.map(|absence| absence.0),
            state: row.next::<Text<ValueState>>()?.0,
            forecast: decimal(&row)?,
        });
        figures.words.push(Words {
            commentary: row.next()?,
            action: row.next()?,
            action_owner: row.next()?,
            action_due: row.next()?,
            quality_note: row.next()?,
            reason: row.next()?,
            recorded_at: row.next()?,
            import: row.next()?,
        });
        Ok(())
    })
    .await?;
    Ok(())
}

async fn targets(
    db: &impl ConnectionTrait,
    condition: &str,
    values: Vec<sea_orm::Value>,
    span: Span,
    found: &mut HashMap<Uuid, Figures>,
) -> Result<()> {
    let as_at = as_at_condition("t", span.as_at, values.len());
    let sql = format!(
        "SELECT t.indicator_id, t.period_start, t.period_months, t.target, t.intervention, t.lower, t.upper, t.intervention_lower, \
            t.intervention_upper \
        FROM target t WHERE {condition} AND t.period_start <= $3 AND {as_at} ORDER BY t.indicator_id, t.period_start"
    );
    read_rows(db, "loading targets", &sql, values, |row| {
        let Some(figures) = found.get_mut(&row.next()?) else { return Ok(()) };
        let period = row.next_period()?;
        let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        figures.targets.push(Target {
            period,
            thresholds: Thresholds {
                target: decimal()?,
                intervention: decimal()?,
                lower: decimal()?,
                upper: decimal()?,
                intervention_lower: decimal()?,
                intervention_upper: decimal()?,
            },
        });
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
