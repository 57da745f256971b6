//! The statements that write what is published, and those the anonymous reading of it asks.

use chrono::{DateTime, Utc};
use entity::Text;
use entity::publication::{Column, Entity, Model};
use rules::measure::{Absence, Polarity, ValueState};
use rules::period::Period;
use rules::status::Colour;
use rust_decimal::Decimal;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::bulk::{Insert, Kind};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{execute, months, one_of, read_rows};

/// What is published of a period and of shorter ones inside it, withdrawn or not. One statement.
pub async fn current(db: &impl ConnectionTrait, scope: &Scope, period: Period) -> Result<Vec<Model>> {
    scoped::<Entity>(scope)
        .filter(Column::SupersededAt.is_null())
        .filter(Column::PeriodEnd.gte(period.start()))
        .filter(Column::PeriodEnd.lte(period.end()))
        .all(db)
        .await
        .context("loading what is published")
}

/// One published figure, withdrawn or not, by the indicator's code.
pub async fn published(db: &impl ConnectionTrait, scope: &Scope, code: &str, period: Period) -> Result<Option<Model>> {
    let sql = "SELECT id FROM indicator WHERE council_id = $1 AND (code = $2 OR upper(code) = $3)";
    let values = vec![scope.council.into(), code.into(), code.to_uppercase().into()];
    let Some(indicator) = read_rows(db, "finding an indicator", sql, values, |row| row.next::<Uuid>()).await?.into_iter().next() else {
        return Ok(None);
    };
    scoped::<Entity>(scope)
        .filter(Column::SupersededAt.is_null())
        .filter(Column::IndicatorId.eq(indicator))
        .filter(Column::PeriodStart.eq(period.start()))
        .filter(Column::PeriodMonths.eq(months(period)))
        .one(db)
        .await
        .context("finding what is published")
}

/// Lets others stand in the place of these from an instant on. One statement, none where there are none.
pub async fn supersede(tx: &Change, scope: &Scope, ids: &[Uuid], at: DateTime<Utc>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut values = vec![scope.council.into(), at.into()];
    let chosen = one_of(tx.get_database_backend(), "id", ids, &mut values);
    let sql = format!("UPDATE publication SET superseded_at = $2 WHERE council_id = $1 AND superseded_at IS NULL AND {chosen}");
    execute(&**tx, "superseding what was published", &sql, values).await?;
    Ok(())
}

/// Enters what is published now.
pub async fn insert(tx: &Change, scope: &Scope, at: DateTime<Utc>, rows: &[Model]) -> Result<()> {
    let same = vec![("council_id", scope.council.into()), ("published_at", at.into()), ("published_by", scope.person.into())];
    let columns = [
        ("id", Kind::Uuid),
        ("indicator_id", Kind::Uuid),
        ("observation_id", Kind::Uuid),
        ("period_start", Kind::Date),
        ("period_end", Kind::Date),
        ("period_months", Kind::Int),
        ("title", Kind::Text),
        ("unit", Kind::Text),
        ("polarity", Kind::Text),
        ("value", Kind::Decimal),
        ("numerator", Kind::Decimal),
        ("denominator", Kind::Decimal),
        ("absence", Kind::Text),
        ("state", Kind::Text),
        ("target", Kind::Decimal),
        ("intervention", Kind::Decimal),
        ("lower", Kind::Decimal),
        ("upper", Kind::Decimal),
        ("status", Kind::Text),
    ];
    let mut insert = Insert::into(tx, "publishing figures", "publication", same, &columns);
    for row in rows {
        let number = |figure: Option<entity::Dec>| -> Option<Decimal> { figure.map(|figure| figure.0) };
        insert
            .row(tx, |fields| {
                fields.uuid(row.id);
                fields.uuid(row.indicator_id);
                fields.uuid(row.observation_id);
                fields.date(row.period_start);
                fields.date(row.period_end);
                fields.int(row.period_months);
                fields.text(row.title.as_str());
                fields.text(row.unit.as_str());
                fields.text(row.polarity.0.code());
                fields.decimal(number(row.value));
                fields.decimal(number(row.numerator));
                fields.decimal(number(row.denominator));
                fields.text(row.absence.as_ref().map(|absence| absence.0.code()));
                fields.text(row.state.0.code());
                fields.decimal(number(row.target));
                fields.decimal(number(row.intervention));
                fields.decimal(number(row.lower));
                fields.decimal(number(row.upper));
                fields.text(row.status.0.code());
            })
            .await?;
    }
    insert.finish(tx).await
}

/// Puts a notice in the place of a published figure.
pub async fn withdraw(tx: &Change, scope: &Scope, id: Uuid, at: DateTime<Utc>, notice: &str) -> Result<()> {
    Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::Id.eq(id))
        .col_expr(Column::WithdrawnAt, Expr::value(at))
        .col_expr(Column::Notice, Expr::value(notice))
        .exec(&**tx)
        .await
        .context("withdrawing what was published")?;
    Ok(())
}

/// An indicator of which anything is published.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    pub code: String,
}

/// Indicators of which anything is published, by code, behind a code: so many. One statement.
pub async fn indicators(db: &impl ConnectionTrait, scope: &Scope, after: Option<&str>, many: usize) -> Result<Vec<Entry>> {
    let mut values = vec![scope.council.into(), i64::try_from(many).unwrap_or(i64::MAX).into()];
    let behind = after.map_or_else(String::new, |after| {
        values.push(after.into());
        format!(" AND i.code > ${}", values.len())
    });
    let sql = format!(
        "SELECT i.id, i.code FROM indicator i WHERE i.council_id = $1{behind} AND EXISTS (SELECT 1 FROM publication p \
            WHERE p.council_id = i.council_id AND p.indicator_id = i.id AND p.superseded_at IS NULL) ORDER BY i.code LIMIT $2"
    );
    read_rows(db, "reading what indicators are published", &sql, values, |row| Ok(Entry { id: row.next()?, code: row.next()? })).await
}

/// How many there are. One statement.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope) -> Result<usize> {
    let sql = "SELECT COUNT(DISTINCT indicator_id) FROM publication WHERE council_id = $1 AND superseded_at IS NULL";
    let rows = read_rows(db, "counting published indicators", sql, vec![scope.council.into()], |row| row.next::<i64>()).await?;
    Ok(rows.into_iter().next().and_then(|n| usize::try_from(n).ok()).unwrap_or_default())
}

/// The last published figures of each of these indicators, the earliest first, each with the definition it was published under.
/// One statement.
pub async fn figures(db: &impl ConnectionTrait, scope: &Scope, ids: &[Uuid], of_each: usize) -> Result<Vec<(Uuid, Figure)>> {
    let mut values = vec![scope.council.into(), i64::try_from(of_each).unwrap_or(i64::MAX).into()];
    let chosen = one_of(db.get_database_backend(), "q.indicator_id", ids, &mut values);
    let sql = format!(
        "SELECT p.indicator_id, p.title, p.unit, p.polarity, p.period_start, p.period_months, p.value, p.numerator, p.denominator, \
            p.target, p.intervention, p.lower, p.upper, p.absence, p.state, p.status, p.published_at, p.withdrawn_at, p.notice, v.definition \
        FROM (\
            SELECT q.*, row_number() OVER (PARTITION BY q.indicator_id ORDER BY q.period_end DESC, q.period_months) AS place \
            FROM publication q WHERE q.council_id = $1 AND q.superseded_at IS NULL AND {chosen}\
        ) p \
        LEFT JOIN observation o ON o.council_id = p.council_id AND o.id = p.observation_id \
        LEFT JOIN indicator_version v ON v.council_id = p.council_id AND v.indicator_id = p.indicator_id \
            AND v.version = o.definition_version AND v.recorded_at <= p.published_at \
            AND (v.superseded_at IS NULL OR v.superseded_at > p.published_at) \
        WHERE p.place <= $2 ORDER BY p.indicator_id, p.place DESC"
    );
    read_rows(db, "reading published figures", &sql, values, |row| {
        let indicator: Uuid = row.next()?;
        let (title, unit) = (row.next()?, row.next()?);
        let polarity = row.next::<Text<_>>()?.0;
        let period = row.next_period()?;
        let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<entity::Dec>>()?.map(|d| d.0)) };
        let [value, numerator, denominator, target, intervention, lower, upper] =
            [decimal()?, decimal()?, decimal()?, decimal()?, decimal()?, decimal()?, decimal()?];
        let absence = row.next::<Option<Text<Absence>>>()?.map(|absence| absence.0);
        let (state, status) = (row.next::<Text<_>>()?.0, row.next::<Text<_>>()?.0);
        let (published_at, withdrawn_at, notice) = (row.next()?, row.next()?, row.next()?);
        let definition = row.next()?;
        let figure = Figure {
            title,
            unit,
            polarity,
            period,
            value,
            numerator,
            denominator,
            absence,
            state,
            target,
            intervention,
            lower,
            upper,
            status,
            published_at,
            withdrawn_at,
            notice,
            definition,
        };
        Ok((indicator, figure.shown()))
    })
    .await
}

/// A figure as the public reads it.
#[derive(Debug, Clone)]
pub struct Figure {
    pub title: String,
    pub unit: String,
    pub polarity: Polarity,
    pub period: Period,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub absence: Option<Absence>,
    pub state: ValueState,
    pub target: Option<Decimal>,
    pub intervention: Option<Decimal>,
    pub lower: Option<Decimal>,
    pub upper: Option<Decimal>,
    pub status: Colour,
    pub published_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub notice: Option<String>,
    pub definition: Option<String>,
}

impl Figure {
    /// Of a withdrawn figure its period and the notice are left; of a suppressed one no number but what was aimed at.
    fn shown(self) -> Self {
        let withdrawn = self.withdrawn_at.is_some();
        let withheld = withdrawn || self.absence == Some(Absence::Suppressed);
        let number = |figure: Option<Decimal>| figure.filter(|_| !withheld);
        let aimed = |figure: Option<Decimal>| figure.filter(|_| !withdrawn);
        Self {
            value: number(self.value),
            numerator: number(self.numerator),
            denominator: number(self.denominator),
            absence: self.absence.filter(|_| !withdrawn),
            target: aimed(self.target),
            intervention: aimed(self.intervention),
            lower: aimed(self.lower),
            upper: aimed(self.upper),
            notice: self.notice.filter(|_| withdrawn),
            ..self
        }
    }
}
