//! Figures that other councils share with this one: beside published ones, and marked.

use std::collections::HashMap;

use chrono::NaiveDate;
use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::figures::{FIGURES_MAX, Wanted};
use super::one_of_words;
use crate::access::Scope;
use crate::error::{Error, Result};
use crate::rows::{one_of, read_rows};
use crate::sharing::addressed::{ADDRESSED, ANSWERED, READ};

/// A figure another council shares. It stands in for a published one that is not there, never beside it.
#[derive(Debug, Clone)]
pub struct SharedFigure {
    /// The measure's place in what was asked about.
    pub measure: usize,
    /// The area's place in what was asked about.
    pub area: usize,
    pub period: Period,
    pub value: Option<Decimal>,
}

/// What is shared with a council of these measures and areas on a day, the latest share's first: of indicators that their own councils
/// map to the measure. One statement, none where nothing is asked about.
pub async fn shared(db: &impl ConnectionTrait, scope: &Scope, wanted: &Wanted<'_>, today: NaiveDate) -> Result<Vec<SharedFigure>> {
    let Wanted { measures, areas, days: (from, until) } = wanted;
    if measures.is_empty() || areas.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![scope.council.into(), today.into(), (*from).into(), (*until).into()];
    let backend = db.get_database_backend();
    let ids: Vec<Uuid> = measures.iter().map(|measure| measure.id).collect();
    let codes: Vec<&str> = areas.iter().map(String::as_str).collect();
    let of_measures = one_of(backend, "f.measure_id", &ids, &mut values);
    let of_areas = one_of_words(backend, "upper(c.gss_code)", &codes, &mut values);
    let sql = format!(
        "SELECT q.measure_id, q.area, q.period_start, q.period_months, q.value FROM (\
            SELECT f.measure_id, upper(c.gss_code) AS area, f.period_start, f.period_months, f.value, row_number() OVER (\
                PARTITION BY f.measure_id, upper(c.gss_code), f.period_start, f.period_months ORDER BY s.id DESC, f.code, f.id) AS nth \
            FROM shared_figure f JOIN share s ON s.council_id = f.council_id AND s.id = f.share_id \
            JOIN council c ON c.id = s.council_id {ANSWERED} \
            WHERE {ADDRESSED} AND {READ} AND f.period_start >= $3 AND f.period_start <= $4 AND {of_measures} AND {of_areas}) q \
        WHERE q.nth = 1 LIMIT {}",
        FIGURES_MAX + 1
    );
    let measure_at: HashMap<Uuid, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let area_at: HashMap<&str, usize> = codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    let mut found = Vec::new();
    let rows = read_rows(db, "loading what is shared for comparison", &sql, values, |row| {
        let (measure, area) = (measure_at.get(&row.next()?), row.next_text()?.and_then(|code| area_at.get(code)));
        let (Some(measure), Some(area)) = (measure, area) else { return Ok(()) };
        let (period, value) = (row.next_period()?, row.next_decimal()?);
        found.push(SharedFigure { measure: *measure, area: *area, period, value });
        Ok(())
    });
    if rows.await?.len() > FIGURES_MAX {
        return Err(Error::limit(format!("A comparison is of {FIGURES_MAX} shared figures at most: ask for fewer indicators or periods.")));
    }
    Ok(found)
}
