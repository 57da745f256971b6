//! Published figures of several measures and areas, as compactly as a page of indicators needs them.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use rules::measure::Absence;
use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::datasets::Measure;
use super::one_of_words;
use crate::error::{Error, Result};
use crate::rows::{one_of, read_rows};

/// Figures one question may be about: measures by areas by periods.
pub const FIGURES_MAX: usize = 400_000;

/// Which figures. What is asked about is named by its place in these lists.
pub struct Wanted<'a> {
    pub measures: &'a [Measure],
    /// Codes, each once.
    pub areas: &'a [String],
    /// The first and last day of the periods asked about.
    pub days: (NaiveDate, NaiveDate),
}

/// A published figure.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub period: Period,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub absence: Option<Absence>,
    /// The release it is from, by its place in [`Published::releases`].
    pub release: usize,
}

/// What is published of several measures and areas.
#[derive(Default)]
pub struct Published {
    /// By measure and area, in the order of periods.
    cells: HashMap<(usize, usize), Vec<Cell>>,
    /// By measure, every period anybody has a figure of, in order.
    periods: Vec<Vec<Period>>,
    pub releases: Vec<Uuid>,
}

impl Published {
    /// The figure of an area for a period.
    pub fn cell(&self, measure: usize, area: usize, period: Period) -> Option<&Cell> {
        let cells = self.cells.get(&(measure, area))?;
        let at = cells.binary_search_by_key(&period, |cell| cell.period).ok()?;
        cells.get(at)
    }

    /// The periods of a measure for which anybody has a figure.
    pub fn periods(&self, measure: usize) -> &[Period] {
        self.periods.get(measure).map_or(&[], Vec::as_slice)
    }
}

/// What is published now. One statement, none where nothing is asked about. A year either way is read too: another year's months
/// may be the nearest there are.
pub async fn published(db: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Result<Published> {
    let Wanted { measures, areas, days: (from, until) } = wanted;
    if measures.is_empty() || areas.is_empty() {
        return Ok(Published::default());
    }
    let year = Months::new(12);
    let (from, until) = (from.checked_sub_months(year).unwrap_or(*from), until.checked_add_months(year).unwrap_or(*until));
    let mut values: Vec<Value> = vec![from.into(), until.into()];
    let backend = db.get_database_backend();
    let ids: Vec<Uuid> = measures.iter().map(|measure| measure.id).collect();
    let codes: Vec<&str> = areas.iter().map(String::as_str).collect();
    let of_measures = one_of(backend, "f.measure_id", &ids, &mut values);
    let of_areas = one_of_words(backend, "f.area_code", &codes, &mut values);
    let sql = format!(
        "SELECT f.measure_id, f.area_code, f.period_start, f.months, f.value, f.numerator, f.denominator, f.absence, f.release_id \
        FROM benchmark_figure f WHERE f.period_start >= $1 AND f.period_start <= $2 AND {of_measures} AND {of_areas} \
            AND f.superseded_at IS NULL LIMIT {}",
        FIGURES_MAX + 1
    );
    let measure_at: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let area_at: HashMap<&str, usize> = codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    let mut release_at: HashMap<Uuid, usize> = HashMap::new();
    let mut found = Published { periods: vec![Vec::new(); measures.len()], ..Published::default() };
    let rows = read_rows(db, "loading published figures", &sql, values, |row| {
        let (measure, area) = (measure_at.get(&row.next()?), row.next_text()?.and_then(|code| area_at.get(code)));
        let (Some(measure), Some(area)) = (measure, area) else { return Ok(()) };
        let period = row.next_period()?;
        let (value, numerator, denominator) = (row.next_decimal()?, row.next_decimal()?, row.next_decimal()?);
        let (absence, release): (_, Uuid) = (row.next_word()?, row.next()?);
        let next = release_at.len();
        let release = *release_at.entry(release).or_insert(next);
        found.cells.entry((*measure, *area)).or_default().push(Cell { period, value, numerator, denominator, absence, release });
        Ok(())
    });
    if rows.await?.len() > FIGURES_MAX {
        return Err(Error::limit(format!(
            "A comparison is of {FIGURES_MAX} published figures at most: ask for fewer indicators, fewer periods or a smaller group."
        )));
    }
    for ((measure, _), cells) in &mut found.cells {
        cells.sort_unstable_by_key(|cell| cell.period);
        if let Some(periods) = found.periods.get_mut(*measure) {
            periods.extend(cells.iter().map(|cell| cell.period));
        }
    }
    for periods in &mut found.periods {
        periods.sort_unstable();
        periods.dedup();
    }
    let mut releases: Vec<(usize, Uuid)> = release_at.into_iter().map(|(id, at)| (at, id)).collect();
    releases.sort_unstable();
    found.releases = releases.into_iter().map(|(_, id)| id).collect();
    Ok(found)
}
