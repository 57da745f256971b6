//! What is held already: the figures a plan compares with, the history it checks against, and the targets.

use std::collections::{BTreeSet, HashMap};

use chrono::{Months, NaiveDate};
use entity::{Dec, observation};
use rules::period::Period;
use rules::status::Thresholds;
use rust_decimal::Decimal;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, Value};
use uuid::Uuid;

use super::row::{FactKey, HeldRow};
use crate::access::{Scope, scoped};
use crate::error::{ContextExt, Result};
use crate::rows::{months, read_rows};

/// Past so many indicators, all of the council's are read and the unwanted passed over: their ids would not fit as
/// parameters of one statement.
const IDS_MAX: usize = 10_000;
/// Periods of history a check may look at.
const HISTORY_PERIODS: u32 = 13;

/// Indicators and the days their figures lie between.
#[derive(Debug, Clone, Default)]
pub struct Span {
    pub indicators: BTreeSet<Uuid>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Span {
    pub fn of(periods: impl IntoIterator<Item = (Uuid, Period)>) -> Self {
        let mut span = Self::default();
        for (indicator, period) in periods {
            span.indicators.insert(indicator);
            span.from = Some(span.from.map_or(period.start(), |from| Ord::min(from, period.start())));
            span.until = Some(span.until.map_or(period.end(), |until| Ord::max(until, period.end())));
        }
        span
    }
}

/// Everything held that a plan looks at.
#[derive(Debug, Default)]
pub struct Held {
    pub rows: HashMap<FactKey, HeldRow>,
    /// By indicator and version of the definition, in order of period.
    pub history: HashMap<(Uuid, i32), Vec<(Period, Past)>>,
    targets: HashMap<FactKey, Thresholds>,
}

/// One figure of the history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
}

impl Held {
    /// Three statements; none when nothing is asked.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, span: &Span) -> Result<Self> {
        let (Some(from), Some(until)) = (span.from, span.until) else { return Ok(Self::default()) };
        let rows = current(db, scope, span).await?;
        let mut held = Self { rows, ..Self::default() };
        held.load_history(db, scope, span, from, until).await?;
        held.load_targets(db, scope, span, from, until).await?;
        Ok(held)
    }

    async fn load_history(
        &mut self,
        db: &impl ConnectionTrait,
        scope: &Scope,
        span: &Span,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<()> {
        let mut values: Vec<Value> = vec![scope.council.into(), until.into()];
        let lengths = [1_u32, 3, 6, 12].map(|length| {
            values.push(back(from, length * HISTORY_PERIODS).into());
            format!("(period_months = {length} AND period_start >= ${})", values.len())
        });
        let sql = format!(
            "SELECT indicator_id, definition_version, period_start, period_months, value, numerator, denominator FROM observation \
            WHERE council_id = $1 AND superseded_at IS NULL AND NOT withdrawn AND period_end <= $2 AND ({}){}",
            lengths.join(" OR "),
            within(span, &mut values)
        );
        read_rows(db, "loading earlier figures", &sql, values, |row| {
            let (indicator, version): (Uuid, i32) = (row.next()?, row.next()?);
            let period = row.next_period()?;
            let past = Past { value: decimal(&row)?, numerator: decimal(&row)?, denominator: decimal(&row)? };
            self.history.entry((indicator, version)).or_default().push((period, past));
            Ok(())
        })
        .await?;
        for history in self.history.values_mut() {
            history.sort_by_key(|(period, _)| *period);
        }
        Ok(())
    }

    async fn load_targets(
        &mut self,
        db: &impl ConnectionTrait,
        scope: &Scope,
        span: &Span,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<()> {
        // A year's target begins up to twelve months before the period it is for.
        let mut values: Vec<Value> = vec![scope.council.into(), back(from, 12).into(), until.into()];
        let sql = format!(
            "SELECT indicator_id, period_start, period_months, target, intervention, lower, upper, intervention_lower, intervention_upper \
            FROM target WHERE council_id = $1 AND superseded_at IS NULL AND period_start >= $2 AND period_start <= $3{}",
            within(span, &mut values)
        );
        read_rows(db, "loading targets", &sql, values, |row| {
            let key: FactKey = (row.next()?, row.next()?, row.next()?);
            let thresholds = Thresholds {
                target: decimal(&row)?,
                intervention: decimal(&row)?,
                lower: decimal(&row)?,
                upper: decimal(&row)?,
                intervention_lower: decimal(&row)?,
                intervention_upper: decimal(&row)?,
            };
            self.targets.insert(key, thresholds);
            Ok(())
        })
        .await?;
        Ok(())
    }

    /// The period's own target and levels, else its year's: what `rules` judges by.
    pub fn thresholds(&self, indicator: Uuid, period: Period, year: Option<Period>) -> Thresholds {
        let of = |period: Period| self.targets.get(&(indicator, period.start(), months(period)));
        of(period).or_else(|| year.and_then(of)).copied().unwrap_or_default()
    }

    /// The least and most of the values held under a version.
    pub fn usual(&self, indicator: Uuid, version: i32) -> Option<(Decimal, Decimal)> {
        let mut values = self.history.get(&(indicator, version))?.iter().filter_map(|(_, past)| past.value);
        let first = values.next()?;
        Some(values.fold((first, first), |(least, most), value| (least.min(value), most.max(value))))
    }
}

/// The figures held for the periods of a span, withdrawn ones included: they would be superseded too. One statement.
pub async fn current(db: &impl ConnectionTrait, scope: &Scope, span: &Span) -> Result<HashMap<FactKey, HeldRow>> {
    let (Some(from), Some(until)) = (span.from, span.until) else { return Ok(HashMap::new()) };
    use observation::Column as C;
    let mut condition = C::SupersededAt.is_null().and(C::PeriodStart.gte(from)).and(C::PeriodStart.lte(until));
    if span.indicators.len() <= IDS_MAX {
        condition = condition.and(C::IndicatorId.is_in(span.indicators.iter().copied()));
    }
    let models = scoped::<observation::Entity>(scope).filter(condition).all(db).await.context("loading the figures held")?;
    models
        .into_iter()
        .map(|model| {
            let row = HeldRow::of(model)?;
            Ok((row.row.key(), row))
        })
        .collect()
}

fn within(span: &Span, values: &mut Vec<Value>) -> String {
    if span.indicators.len() > IDS_MAX {
        return String::new();
    }
    let first = values.len() + 1;
    values.extend(span.indicators.iter().map(|id| Value::from(*id)));
    let places: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
    format!(" AND indicator_id IN ({})", places.join(", "))
}

fn back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(day)
}

fn decimal(row: &crate::rows::Row<'_>) -> Result<Option<Decimal>> {
    Ok(row.next::<Option<Dec>>()?.map(|d| d.0))
}
