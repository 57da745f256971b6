//! The statement that reads published figures.

use entity::{Dec, Text};
use rules::measure::{Absence, Polarity, ValueState};
use rules::period::Period;
use rules::status::Colour;
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};

use crate::access::Scope;
use crate::error::Result;
use crate::rows::read_rows;

/// Rows of one table at most.
pub const ROWS_MAX: usize = 10_000;

/// A figure as the public reads it.
#[derive(Debug, Clone)]
pub struct Published {
    pub code: String,
    pub title: String,
    pub unit: String,
    pub polarity: Polarity,
    pub period: Period,
    /// None where there is none, where it may not be shown, and where it was withdrawn.
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub absence: Option<Absence>,
    pub state: ValueState,
    pub target: Option<Decimal>,
    pub intervention: Option<Decimal>,
    pub lower: Option<Decimal>,
    pub upper: Option<Decimal>,
    /// None where it was withdrawn.
    pub status: Option<Colour>,
    pub published_on: chrono::NaiveDate,
    /// What stands in the place of a withdrawn figure.
    pub notice: Option<String>,
}

/// Which of them.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// The latest of every indicator, by ref.
    Latest,
    /// All of one indicator, the earliest first.
    Of(&'a str),
}

/// Published figures. One statement.
pub async fn published(db: &impl ConnectionTrait, scope: &Scope, which: Which<'_>) -> Result<Vec<Published>> {
    let mut values: Vec<Value> = vec![scope.council.into()];
    let (place, inside, chosen, order) = match which {
        Which::Latest => {
            let place = "row_number() OVER (PARTITION BY q.indicator_id ORDER BY q.period_end DESC, q.period_months DESC)";
            (place, "", "p.place = 1", "p.code")
        }
        Which::Of(code) => {
            // Not every database knows the capitals of every letter.
            values.extend([Value::from(code), code.to_uppercase().into()]);
            ("1", " AND (i.code = $2 OR upper(i.code) = $3)", "p.place = 1", "p.period_end, p.period_months DESC")
        }
    };
    let sql = format!(
        "SELECT p.code, p.title, p.unit, p.polarity, p.period_start, p.period_months, p.value, p.numerator, p.denominator, p.target, \
            p.intervention, p.lower, p.upper, p.absence, p.state, p.status, p.published_at, p.withdrawn_at, p.notice \
        FROM (\
            SELECT i.code, q.*, {place} AS place \
            FROM publication q JOIN indicator i ON i.council_id = q.council_id AND i.id = q.indicator_id \
            WHERE q.council_id = $1 AND q.superseded_at IS NULL{inside}\
        ) p WHERE {chosen} ORDER BY {order} LIMIT {ROWS_MAX}"
    );
    read_rows(db, "reading what is published", &sql, values, |row| {
        let (code, title, unit) = (row.next()?, row.next()?, row.next()?);
        let polarity = row.next::<Text<Polarity>>()?.0;
        let period = row.next_period()?;
        let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        let (value, numerator, denominator) = (decimal()?, decimal()?, decimal()?);
        let (target, intervention, lower, upper) = (decimal()?, decimal()?, decimal()?, decimal()?);
        let absence = row.next::<Option<Text<Absence>>>()?.map(|absence| absence.0);
        let (state, status) = (row.next::<Text<ValueState>>()?.0, row.next::<Text<Colour>>()?.0);
        let published_at: chrono::DateTime<chrono::Utc> = row.next()?;
        let withdrawn = row.next::<Option<chrono::DateTime<chrono::Utc>>>()?.is_some();
        let notice: Option<String> = row.next()?;
        let shown = |figure: Option<Decimal>| figure.filter(|_| !withdrawn && absence != Some(Absence::Suppressed));
        Ok(Published {
            code,
            title,
            unit,
            polarity,
            period,
            value: shown(value),
            numerator: shown(numerator),
            denominator: shown(denominator),
            absence: absence.filter(|_| !withdrawn),
            state,
            target: target.filter(|_| !withdrawn),
            intervention: intervention.filter(|_| !withdrawn),
            lower: lower.filter(|_| !withdrawn),
            upper: upper.filter(|_| !withdrawn),
            status: (!withdrawn).then_some(status),
            published_on: published_at.date_naive(),
            notice: notice.filter(|_| withdrawn),
        })
    })
    .await
}
