//! Money of elements.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use async_graphql::{Context, Object, SimpleObject};
use rules::aggregate::rounded;
use rules::delivery::book::{DeliveryRow, MoneyRow, RecordKind};
use rules::delivery::money::{Fund as Purse, PERCENT_PLACES, Position, Tolerance};
use rules::delivery::rights;
use rules::measure::YearBasis;
use rules::period::Period;

use super::words::{DeliveryStatus, Fund};
use super::{At, Visible, ground, inside, places, remits};
use crate::delivery::{Which, records};
use crate::error::{Error, Result};
use crate::frameworks::graphql::Element;
use crate::graphql::scalars::{DateTime, Decimal, Period as PeriodScalar};
use crate::graphql::session::session;

/// What was told of an element's money for one period.
#[derive(SimpleObject, Clone)]
pub struct MoneyLine {
    /// The year, or a period of it.
    period: PeriodScalar,
    /// Pounds voted for the year.
    budget: Option<Decimal>,
    /// Pounds moved to it in the period; below zero, from it.
    virement: Option<Decimal>,
    /// Pounds spent from the beginning of the year to the end of the period.
    actual: Option<Decimal>,
    /// Pounds the year is expected to come to.
    forecast: Option<Decimal>,
    /// Per cent of the budget the year may end from it before it is amber.
    tolerance: Option<Decimal>,
    /// Why it is not as planned, and what is done about it.
    note: Option<String>,
    /// When it was recorded.
    recorded_at: DateTime,
    /// By whom.
    recorded_by: Option<String>,
}

/// Pounds of a year, as at the end of a period: what was voted and moved, spent, and what the year is expected to come to.
#[derive(SimpleObject)]
pub struct MoneyPosition {
    /// As voted.
    original_budget: Option<Decimal>,
    /// The sum of all that was moved to it.
    virements: Decimal,
    /// The budget as it is now: as voted, with what was moved.
    budget: Option<Decimal>,
    /// Spent from the beginning of the year.
    actual: Option<Decimal>,
    /// What the year is expected to come to.
    forecast: Option<Decimal>,
    /// Expected above the budget; below zero, under it.
    variance: Option<Decimal>,
    /// The variance in per cent of the budget; null of a budget of nothing.
    variance_percent: Option<Decimal>,
    /// Green within tolerance, amber within twice of it, red past that: of an underspend as of an overspend. The tolerance is as told of
    /// the element; where nothing is, 1% of the budget and £10,000 at least.
    status: Option<DeliveryStatus>,
}

impl MoneyPosition {
    fn new(of: Position, tolerance: &Tolerance) -> Self {
        Self {
            original_budget: of.original.map(Decimal),
            virements: Decimal(of.moved),
            budget: of.budget().map(Decimal),
            actual: of.actual.map(Decimal),
            forecast: of.forecast.map(Decimal),
            variance: of.variance().map(Decimal),
            variance_percent: of.variance_percent().map(|percent| Decimal(rounded(percent, PERCENT_PLACES))),
            status: of.status(tolerance).map(Into::into),
        }
    }
}

/// Money of an element in a year, revenue or capital.
#[derive(Clone)]
pub struct Money {
    element: String,
    fund: Purse,
    year: Period,
    position: Position,
    tolerance: Tolerance,
    /// With all that stands below the element.
    total: Position,
    lines: Vec<MoneyLine>,
}

/// Money of an element in a year, as at the end of a period of it.
#[Object]
impl Money {
    /// Ref of the element.
    async fn code(&self) -> &str {
        &self.element
    }

    /// The element; null where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        ground(ctx).await.map(|ground| ground.element(&self.element)).transpose()
    }

    /// Revenue or capital.
    async fn fund(&self) -> Fund {
        self.fund.into()
    }

    /// The financial year.
    async fn year(&self) -> PeriodScalar {
        PeriodScalar(self.year)
    }

    /// Its own money.
    async fn position(&self) -> MoneyPosition {
        MoneyPosition::new(self.position, &self.tolerance)
    }

    /// Its own with that of everything below it that the viewer may read.
    async fn total(&self) -> MoneyPosition {
        MoneyPosition::new(self.total, &self.tolerance)
    }

    /// What was told of each period by then, the earliest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn lines(&self) -> &[MoneyLine] {
        &self.lines
    }
}

/// What money is asked for.
pub struct Wanted {
    /// Positions are as at its end, of the financial year it stands in.
    pub until: Period,
    /// Ref of an element: it and what is below it.
    pub element: Option<String>,
    pub fund: Option<Fund>,
}

/// What is told of a year, of what the viewer may read. One statement an operation and year.
async fn of_year(ctx: &Context<'_>, year: Period, at: At) -> Result<Visible> {
    let mut known = session(ctx).delivery.money.lock().await;
    if let Some(told) = known.get(&(year, at.as_at)) {
        return Ok(Arc::clone(told));
    }
    let (scope, snapshot) = session(ctx).scope(rights::reads(RecordKind::Money)).await?;
    let remits = remits(ctx, &scope).await?;
    let places = places(ctx, RecordKind::Money, at).await?;
    let which = Which::Within { as_at: at.as_at, from: year.start(), until: year.end() };
    let found = records(&**snapshot, &scope, &[RecordKind::Money], which).await?;
    let placed = found.into_iter().map(|record| (places.of_record(&record), record));
    let told: Visible =
        Arc::new(placed.filter(|(place, _)| remits.covers(&scope, *place)).map(|(place, record)| (Arc::new(record), place)).collect());
    known.insert((year, at.as_at), Arc::clone(&told));
    Ok(told)
}

/// Money the viewer may read, in the framework's order.
pub async fn money(ctx: &Context<'_>, wanted: Wanted, at: At) -> Result<Vec<Money>> {
    let year = wanted
        .until
        .year_of(YearBasis::Financial)
        .ok_or_else(|| Error::bad_input("`period` stands in no financial year: ask for one, or for a quarter or month of one."))?;
    let ground = ground(ctx).await?;
    let asked = wanted.element.as_ref().map(|code| ground.below(code.trim()).unwrap_or_default());
    let fund: Option<Purse> = wanted.fund.map(Into::into);
    let all = of_year(ctx, year, at).await?;
    let mut of: HashMap<(&str, Purse), Vec<(&MoneyRow, MoneyLine)>> = HashMap::new();
    for (record, place) in all.iter() {
        let DeliveryRow::Money(row) = &record.row else { continue };
        let here = year.start() <= row.period.start() && row.period.end() <= year.end();
        let covered = asked.as_ref().is_none_or(|elements| inside(*place, elements));
        if !here || !covered || fund.is_some_and(|fund| fund != row.fund) {
            continue;
        }
        let line = MoneyLine {
            period: PeriodScalar(row.period),
            budget: row.budget.map(Decimal),
            virement: row.virement.map(Decimal),
            actual: row.actual.map(Decimal),
            forecast: row.forecast.map(Decimal),
            tolerance: row.tolerance.map(Decimal),
            note: row.note.clone(),
            recorded_at: DateTime(record.recorded_at),
            recorded_by: record.recorded_by.clone(),
        };
        of.entry((row.element.as_str(), row.fund)).or_default().push((row, line));
    }
    let too_large = || Error::bad_input("The sums of these elements are larger than can be held.");
    let mut positions: HashMap<(&str, Purse), Position> = HashMap::new();
    for (key, rows) in &of {
        let rows: Vec<&MoneyRow> = rows.iter().map(|(row, _)| *row).collect();
        positions.insert(*key, Position::of(&rows, wanted.until).ok_or_else(too_large)?);
    }
    let mut totals = positions.clone();
    if let Some(catalogue) = &ground.catalogue {
        let ids: HashMap<&str, Uuid> = catalogue.elements.iter().map(|of| (of.code.as_str(), of.id)).collect();
        for ((code, fund), position) in &positions {
            let Some(id) = ids.get(code) else { continue };
            // Of an element, and of each above it that has money of that fund itself.
            for above in catalogue.path(*id, wanted.until.end()).iter().filter(|above| above.id != *id) {
                if let Some(total) = totals.get_mut(&(above.code.as_str(), *fund)) {
                    *total = total.and(position).ok_or_else(too_large)?;
                }
            }
        }
    }
    let mut found = Vec::new();
    for ((element, fund), mut rows) in of {
        let position = positions.get(&(element, fund)).copied().unwrap_or_default();
        let total = totals.get(&(element, fund)).copied().unwrap_or(position);
        let told: Vec<&MoneyRow> = rows.iter().map(|(row, _)| *row).collect();
        let tolerance = Tolerance::of(&told, wanted.until);
        rows.sort_by_key(|(row, _)| (row.period.end(), std::cmp::Reverse(row.period.months())));
        let lines = rows.into_iter().filter(|(row, _)| row.period.end() <= wanted.until.end() || row.period == year);
        let lines = lines.map(|(_, line)| line).collect();
        found.push(Money { element: element.to_owned(), fund, year, position, tolerance, total, lines });
    }
    let order: HashMap<String, usize> = match &ground.catalogue {
        Some(catalogue) => {
            let ids = catalogue.in_order(wanted.until.end());
            ids.iter().enumerate().filter_map(|(at, id)| Some((catalogue.element(*id)?.code.clone(), at))).collect()
        }
        None => HashMap::new(),
    };
    found.sort_by_cached_key(|of| (order.get(&of.element).copied().unwrap_or(usize::MAX), of.element.clone(), of.fund));
    Ok(found)
}

/// Money of one element and fund in the year of a period, as at its end.
pub async fn of_element(ctx: &Context<'_>, (element, fund, until): (&str, Fund, Period)) -> Result<Option<Money>> {
    let wanted = Wanted { until, element: Some(element.to_owned()), fund: Some(fund) };
    let all = money(ctx, wanted, At::of(ctx, None)).await?;
    Ok(all.into_iter().find(|of| of.element.eq_ignore_ascii_case(element.trim())))
}
