//! The statements of approved figures, and of the readings they are compared with.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Dec, Text};
use rules::period::Period;
use rules::status::{Colour, Thresholds};
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::super::derive::FigureKey;
use crate::access::Scope;
use crate::bulk::{Insert, Kind};
use crate::db::Change;
use crate::error::Result;
use crate::rows::{execute, months, one_of, read_rows};

/// Ids of one statement: they stay under SQLite's 32,766 parameters.
const IDS_A_STATEMENT: usize = 30_000;

/// Which reading of each figure is held now, by indicator and period; figures that were withdrawn are none. One statement.
pub async fn held(db: &impl ConnectionTrait, scope: &Scope, figures: &[FigureKey]) -> Result<HashMap<FigureKey, Uuid>> {
    let Some(asked) = Asked::of(figures) else { return Ok(HashMap::new()) };
    let (condition, values) = asked.condition(db, scope, "o");
    let sql = format!(
        "SELECT o.indicator_id, o.period_start, o.period_months, o.id FROM observation o WHERE {condition} AND o.superseded_at IS NULL \
        AND NOT o.withdrawn"
    );
    let rows = read_rows(db, "finding which readings are held", &sql, values, |row| Ok(((row.next()?, row.next_period()?), row.next()?)));
    Ok(rows.await?.into_iter().collect())
}

/// Those of these figures that were given, or for which it was said why there is none. One statement.
pub async fn given(db: &impl ConnectionTrait, scope: &Scope, figures: &[FigureKey]) -> Result<HashSet<FigureKey>> {
    let Some(asked) = Asked::of(figures) else { return Ok(HashSet::new()) };
    let (condition, values) = asked.condition(db, scope, "o");
    let sql = format!(
        "SELECT o.indicator_id, o.period_start, o.period_months FROM observation o WHERE {condition} AND o.superseded_at IS NULL \
        AND NOT o.withdrawn AND (o.value IS NOT NULL OR (o.numerator IS NOT NULL AND o.denominator IS NOT NULL) OR o.absence IS NOT NULL)"
    );
    let rows = read_rows(db, "finding which figures were given", &sql, values, |row| Ok((row.next()?, row.next_period()?)));
    Ok(rows.await?.into_iter().collect())
}

/// Figures of these indicators that are held or stand approved, in periods that end between two days. One statement; none for no
/// indicator.
pub async fn collected(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[Uuid],
    (from, until): (NaiveDate, NaiveDate),
) -> Result<HashSet<FigureKey>> {
    if indicators.is_empty() {
        return Ok(HashSet::new());
    }
    let mut values: Vec<Value> = vec![scope.council.into(), from.into(), until.into()];
    let mut of = |table: &str| {
        let chosen = one_of(db.get_database_backend(), &format!("{table}.indicator_id"), indicators, &mut values);
        format!(
            "SELECT {table}.indicator_id, {table}.period_start, {table}.period_months FROM {table} WHERE {table}.council_id = $1 \
            AND {table}.period_end >= $2 AND {table}.period_end <= $3 AND {table}.superseded_at IS NULL AND {chosen}"
        )
    };
    let sql = format!("{} AND NOT observation.withdrawn UNION {}", of("observation"), of("approved_figure"));
    let rows = read_rows(db, "finding figures of retired indicators", &sql, values, |row| Ok((row.next()?, row.next_period()?)));
    Ok(rows.await?.into_iter().collect())
}

/// A figure as it was approved.
#[derive(Debug, Clone)]
pub struct Approved {
    pub id: Uuid,
    pub observation: Option<Uuid>,
    /// The value as it was given; none where only the parts of it were.
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub status: Colour,
    pub because: String,
    pub approved_at: DateTime<Utc>,
}

/// These figures as they were last approved. One statement.
pub async fn approved(db: &impl ConnectionTrait, scope: &Scope, figures: &[FigureKey]) -> Result<HashMap<FigureKey, Approved>> {
    let Some(asked) = Asked::of(figures) else { return Ok(HashMap::new()) };
    let (condition, values) = asked.condition(db, scope, "a");
    let sql = format!(
        "SELECT a.indicator_id, a.period_start, a.period_months, a.id, a.observation_id, o.value, o.numerator, o.denominator, \
            a.status, a.because, a.approved_at \
        FROM approved_figure a LEFT JOIN observation o ON o.council_id = a.council_id AND o.id = a.observation_id \
        WHERE {condition} AND a.superseded_at IS NULL"
    );
    let rows = read_rows(db, "loading approved figures", &sql, values, |row| {
        let key = (row.next()?, row.next_period()?);
        let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        let approved = Approved {
            id: row.next()?,
            observation: row.next()?,
            value: decimal()?,
            numerator: decimal()?,
            denominator: decimal()?,
            status: row.next::<Text<Colour>>()?.0,
            because: row.next()?,
            approved_at: row.next()?,
        };
        Ok((key, approved))
    });
    Ok(rows.await?.into_iter().collect())
}

/// Indicators and the days their figures lie between: what narrows a statement. Which figures exactly, the caller knows.
struct Asked {
    indicators: Vec<Uuid>,
    from: chrono::NaiveDate,
    until: chrono::NaiveDate,
}

impl Asked {
    fn of(figures: &[FigureKey]) -> Option<Self> {
        let mut indicators: Vec<Uuid> = figures.iter().map(|(indicator, _)| *indicator).collect();
        indicators.sort_unstable();
        indicators.dedup();
        let from = figures.iter().map(|(_, period)| period.start()).min()?;
        let until = figures.iter().map(|(_, period)| period.end()).max()?;
        Some(Self { indicators, from, until })
    }

    fn condition(&self, db: &impl ConnectionTrait, scope: &Scope, table: &str) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = vec![scope.council.into(), self.from.into(), self.until.into()];
        let chosen = one_of(db.get_database_backend(), &format!("{table}.indicator_id"), &self.indicators, &mut values);
        let condition = format!("{table}.council_id = $1 AND {table}.period_start >= $2 AND {table}.period_end <= $3 AND {chosen}");
        (condition, values)
    }
}

/// A figure to be kept as it is approved.
pub struct Kept {
    pub id: Uuid,
    pub key: FigureKey,
    pub observation: Option<Uuid>,
    pub thresholds: Thresholds,
    pub status: Colour,
    pub because: String,
}

const COLUMNS: [(&str, Kind); 14] = [
    ("id", Kind::Uuid),
    ("indicator_id", Kind::Uuid),
    ("period_start", Kind::Date),
    ("period_end", Kind::Date),
    ("period_months", Kind::Int),
    ("observation_id", Kind::Uuid),
    ("target", Kind::Decimal),
    ("intervention", Kind::Decimal),
    ("lower", Kind::Decimal),
    ("upper", Kind::Decimal),
    ("intervention_lower", Kind::Decimal),
    ("intervention_upper", Kind::Decimal),
    ("status", Kind::Text),
    ("because", Kind::Text),
];

/// Which return, in which round, when.
#[derive(Debug, Clone, Copy)]
pub struct Approval {
    pub of: Uuid,
    pub round: i32,
    pub at: DateTime<Utc>,
}

/// Keeps figures as they are approved, and ends those that were approved before them.
pub async fn keep(tx: &Change, scope: &Scope, approval: Approval, before: &[Uuid], figures: &[Kept]) -> Result<()> {
    for some in before.chunks(IDS_A_STATEMENT) {
        let mut values: Vec<Value> = vec![scope.council.into(), approval.at.into()];
        let chosen = one_of(tx.get_database_backend(), "id", some, &mut values);
        let sql = format!("UPDATE approved_figure SET superseded_at = $2 WHERE council_id = $1 AND {chosen} AND superseded_at IS NULL");
        execute(&**tx, "ending earlier approvals", &sql, values).await?;
    }
    let same = vec![
        ("council_id", scope.council.into()),
        ("return_id", approval.of.into()),
        ("round", approval.round.into()),
        ("approved_at", approval.at.into()),
    ];
    let mut insert = Insert::into(tx, "keeping approved figures", "approved_figure", same, &COLUMNS);
    for Kept { id, key: (indicator, period), observation, thresholds, status, because } in figures {
        let period: Period = *period;
        insert
            .row(tx, |fields| {
                fields.uuid(*id);
                fields.uuid(*indicator);
                fields.date(period.start());
                fields.date(period.end());
                fields.int(months(period));
                fields.uuid(*observation);
                fields.decimal(thresholds.target);
                fields.decimal(thresholds.intervention);
                fields.decimal(thresholds.lower);
                fields.decimal(thresholds.upper);
                fields.decimal(thresholds.intervention_lower);
                fields.decimal(thresholds.intervention_upper);
                fields.text(status.code());
                fields.text(because.as_str());
            })
            .await?;
    }
    insert.finish(tx).await
}
