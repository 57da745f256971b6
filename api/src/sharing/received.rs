//! The statements of what other councils share with a council: offers, and what is read of them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::Text;
use rules::measure::{Polarity, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::addressed::{ADDRESSED, ANSWERED, READ};
use super::named::{Named, named_of};
use super::{Answer, Audience, State, state_of};
use crate::access::Scope;
use crate::error::{Error, Result};
use crate::graphql::page::Ask;
use crate::rows::{Row, one_of, read_rows};

/// Figures read at once at most.
pub const FIGURES_MAX: usize = 20_000;

/// A share that is addressed to the council that asks.
#[derive(Debug, Clone)]
pub struct Received {
    pub id: Uuid,
    pub giver: Named,
    pub audience: Audience,
    pub group: Option<(Uuid, String)>,
    pub purpose: String,
    pub from: Period,
    pub until: Option<NaiveDate>,
    pub recorded_at: DateTime<Utc>,
    pub answer: Option<Answer>,
    /// Empty where nobody asked for them.
    pub indicators: Vec<Indicator>,
}

impl Received {
    pub fn state(&self, today: NaiveDate) -> State {
        state_of(false, self.until, self.audience, self.answer, today)
    }
}

/// An indicator that is shared with the council.
#[derive(Debug, Clone)]
pub struct Indicator {
    id: Uuid,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub metric: Option<String>,
    /// The earliest first.
    pub figures: Vec<Figure>,
}

/// A shared figure, as whoever reads it has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub title: String,
    pub unit: String,
    pub decimal_places: i32,
    pub polarity: Polarity,
    pub period: Period,
    pub value: Decimal,
    pub state: ValueState,
}

fn received_of(row: &Row<'_>) -> Result<Received> {
    let id = row.next()?;
    let giver = named_of(row)?.ok_or_else(|| Error::internal("reading a share", &"of no council"))?;
    Ok(Received {
        id,
        giver,
        audience: row.next::<Text<Audience>>()?.0,
        group: row.next::<Option<Uuid>>()?.zip(row.next()?),
        purpose: row.next()?,
        from: row.next_period()?,
        until: row.next()?,
        recorded_at: row.next()?,
        answer: row.next::<Option<Text<Answer>>>()?.map(|answer| answer.0),
        indicators: Vec::new(),
    })
}

fn select(more: &str) -> String {
    format!(
        "SELECT s.id, c.id, c.code, c.name, c.gss_code, s.audience, g.id, g.name, s.purpose, s.from_start, s.from_months, s.until_on, \
            s.recorded_at, a.answer \
        FROM share s JOIN council c ON c.id = s.council_id LEFT JOIN council_group g ON g.id = s.to_group_id {ANSWERED} \
        WHERE {ADDRESSED}{more}"
    )
}

/// What is shared with the council on a day, the latest first, one more than a page holds where there are more. One statement.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate, ask: &Ask) -> Result<Vec<Received>> {
    let after = ask.after.as_deref().map(|id| Uuid::try_parse(id).map_err(|_| Error::bad_input("`after` is not a cursor of this list.")));
    let mut values = vec![scope.council.into(), today.into()];
    let mut behind = "";
    if let Some(after) = after.transpose()? {
        values.push(after.into());
        behind = " AND s.id < $3";
    }
    let sql = format!("{} ORDER BY s.id DESC LIMIT {}", select(behind), ask.first.saturating_add(1));
    read_rows(db, "loading what is shared with a council", &sql, values, |row| received_of(&row)).await
}

/// How much is shared with the council on a day.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<usize> {
    let sql = format!("SELECT count(*) FROM share s JOIN council c ON c.id = s.council_id WHERE {ADDRESSED}");
    let values = vec![scope.council.into(), today.into()];
    let found = read_rows(db, "counting what is shared with a council", &sql, values, |row| row.next::<i64>()).await?;
    Ok(found.first().and_then(|count| usize::try_from(*count).ok()).unwrap_or_default())
}

/// One share that is addressed to the council on a day. One statement.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate, id: Uuid) -> Result<Option<Received>> {
    let values = vec![scope.council.into(), today.into(), id.into()];
    let found = read_rows(db, "finding what is shared", &select(" AND s.id = $3"), values, |row| received_of(&row)).await?;
    Ok(found.into_iter().next())
}

/// Fills in the indicators of these shares. One statement, none where there are none.
pub async fn fill_indicators(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate, shares: &mut [Received]) -> Result<()> {
    let ids: Vec<Uuid> = shares.iter().map(|share| share.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut values = vec![scope.council.into(), today.into()];
    let chosen = one_of(db.get_database_backend(), "s.id", &ids, &mut values);
    let sql = format!(
        "SELECT s.id, i.id, i.code, i.title, i.unit, i.metric FROM share_indicator i \
        JOIN share s ON s.council_id = i.council_id AND s.id = i.share_id JOIN council c ON c.id = s.council_id \
        WHERE {ADDRESSED} AND {chosen} ORDER BY i.code, i.id"
    );
    let mut found: HashMap<Uuid, Vec<Indicator>> = HashMap::new();
    read_rows(db, "loading the indicators that are shared", &sql, values, |row| {
        let share = row.next()?;
        let (id, code, title) = (row.next()?, row.next()?, row.next()?);
        found.entry(share).or_default().push(Indicator { id, code, title, unit: row.next()?, metric: row.next()?, figures: Vec::new() });
        Ok(())
    })
    .await?;
    for share in shares {
        share.indicators = found.remove(&share.id).unwrap_or_default();
    }
    Ok(())
}

/// Fills in the last figures of the indicators of these shares: of those that are read, none of an offer. One statement.
pub async fn fill_figures(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate, shares: &mut [Received], last: usize) -> Result<()> {
    let ids: Vec<Uuid> = shares.iter().map(|share| share.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut values = vec![scope.council.into(), today.into()];
    let chosen = one_of(db.get_database_backend(), "s.id", &ids, &mut values);
    let sql = format!(
        "SELECT n.share_indicator_id, n.title, n.unit, n.decimal_places, n.polarity, n.period_start, n.period_months, n.value, n.state FROM (\
            SELECT f.share_indicator_id, f.title, f.unit, f.decimal_places, f.polarity, f.period_start, f.period_months, f.value, f.state, \
                row_number() OVER (PARTITION BY f.council_id, f.share_indicator_id ORDER BY f.period_start DESC, f.period_months) AS nth \
            FROM shared_figure f JOIN share s ON s.council_id = f.council_id AND s.id = f.share_id JOIN council c ON c.id = s.council_id \
            {ANSWERED} WHERE {ADDRESSED} AND {READ} AND {chosen}\
        ) n WHERE n.nth <= {last} ORDER BY n.period_start, n.period_months LIMIT {}",
        FIGURES_MAX + 1
    );
    let mut found: HashMap<Uuid, Vec<Figure>> = HashMap::new();
    let rows = read_rows(db, "loading the figures that are shared", &sql, values, |row| {
        found.entry(row.next()?).or_default().push(figure_of(&row)?);
        Ok(())
    });
    if rows.await?.len() > FIGURES_MAX {
        return Err(Error::limit(format!(
            "That is more than {FIGURES_MAX} figures: ask for smaller pages (`first`) or fewer figures of each (`figures`)."
        )));
    }
    for indicator in shares.iter_mut().flat_map(|share| &mut share.indicators) {
        indicator.figures = found.remove(&indicator.id).unwrap_or_default();
    }
    Ok(())
}

/// The columns of a figure in the order statements name them, from its title on.
pub fn figure_of(row: &Row<'_>) -> Result<Figure> {
    Ok(Figure {
        title: row.next()?,
        unit: row.next()?,
        decimal_places: row.next()?,
        polarity: row.next::<Text<Polarity>>()?.0,
        period: row.next_period()?,
        value: row.next_decimal()?.ok_or_else(|| Error::internal("reading a shared figure", &"it has no value"))?,
        state: row.next::<Text<ValueState>>()?.0,
    })
}
