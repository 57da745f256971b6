//! From the database to rows of data, an indicator at a time.

use entity::{Dec, Text};
use rules::measure::{Absence, ValueState};
use rules::period::Period;
use rules::series::{Observation, Target, needed_from};
use rules::status::Thresholds;
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::rows::{self, Held, Range, Reading};
use super::write::Sink;
use crate::access::Scope;
use crate::db::Snapshot;
use crate::error::{Error, Result};
use crate::frameworks::Catalogue;
use crate::rows::{Row, coming, one_of};

/// Which indicators, and which periods of them.
pub struct Chosen {
    /// In the catalogue's order.
    pub entries: Vec<Uuid>,
    pub from: Option<Period>,
    pub until: Option<Period>,
    /// The day from which "due" follows.
    pub today: chrono::NaiveDate,
}

/// What a row of the statement is.
enum Found {
    Target(Target),
    Reading(Reading),
}

/// Sends every row to the writer. One statement, whose rows come in the catalogue's order and are never all in memory:
/// those of one indicator are. False when there are more than an export holds.
pub async fn send(snapshot: &Snapshot, scope: &Scope, catalogue: &Catalogue, chosen: &Chosen, sink: Sink) -> Result<bool> {
    if chosen.entries.is_empty() {
        return Ok(true);
    }
    let (sql, values) = statement(snapshot, scope, catalogue, chosen);
    let places = rows::places(catalogue, &chosen.entries);
    let range = Range { from: chosen.from, until: chosen.until, today: chosen.today };
    let mut found = coming(snapshot, "reading figures to export", &sql, values).await?;
    let mut sink = sink;
    let mut of: Option<(Uuid, Held)> = None;
    let rows_of = |(id, held): (Uuid, Held)| {
        let entry = catalogue.indicator(id)?;
        Some(rows::of(entry, *places.get(&id)?, held, range))
    };
    while let Some((indicator, found)) = found.next(|row| read(&row)).await? {
        if of.as_ref().is_none_or(|(id, _)| *id != indicator) {
            let done = of.replace((indicator, Held::default())).and_then(rows_of);
            if !sink.take(done.unwrap_or_default()).await? {
                return Ok(false);
            }
        }
        if let Some((_, held)) = &mut of {
            match found {
                Found::Target(target) => held.targets.push(target),
                Found::Reading(reading) => held.readings.push(reading),
            }
        }
    }
    sink.take(of.and_then(rows_of).unwrap_or_default()).await
}

/// Targets and all readings of figures, in the catalogue's order of indicators.
fn statement(snapshot: &Snapshot, scope: &Scope, catalogue: &Catalogue, chosen: &Chosen) -> (String, Vec<Value>) {
    let earliest = chosen.from.and_then(|from| {
        let entries = chosen.entries.iter().filter_map(|id| catalogue.indicator(*id));
        // Judging looks back: last year's figure, and the year's so far.
        entries.flat_map(|entry| &entry.definitions).map(|d| needed_from(from, 2, d.frequency, d.year_basis)).min()
    });
    let latest = chosen.until.map(Period::end);
    let everything = |year: i32| chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let mut values: Vec<Value> = vec![
        scope.council.into(),
        catalogue.edition.id.into(),
        earliest.unwrap_or_else(|| everything(1900)).into(),
        latest.unwrap_or_else(|| everything(9999)).into(),
    ];
    let backend = snapshot.get_database_backend();
    let of_targets = one_of(backend, "t.indicator_id", &chosen.entries, &mut values);
    let of_figures = of_targets.replacen("t.indicator_id", "o.indicator_id", 1);
    let sql = format!(
        "SELECT f.indicator_id, f.kind, f.period_start, f.period_months, f.a, f.b, f.c, f.d, f.e, f.g, f.version, f.absence, f.state, \
            f.recorded_at, f.superseded_at \
        FROM (\
            SELECT t.indicator_id, 0 AS kind, t.period_start, t.period_months, t.target AS a, t.intervention AS b, t.lower AS c, \
                t.upper AS d, t.intervention_lower AS e, t.intervention_upper AS g, NULL AS version, NULL AS absence, NULL AS state, \
                NULL AS recorded_at, NULL AS superseded_at \
            FROM target t WHERE t.council_id = $1 AND t.period_start >= $3 AND t.period_start <= $4 AND {of_targets} \
                AND t.superseded_at IS NULL \
            UNION ALL \
            SELECT o.indicator_id, 1, o.period_start, o.period_months, o.value, o.numerator, o.denominator, o.forecast, NULL, NULL, \
                o.definition_version, o.absence, o.state, o.recorded_at, o.superseded_at \
            FROM observation o WHERE o.council_id = $1 AND o.period_start >= $3 AND o.period_end <= $4 AND {of_figures} \
                AND NOT o.withdrawn\
        ) f \
        JOIN membership m ON m.council_id = $1 AND m.framework_id = $2 AND m.indicator_id = f.indicator_id \
        JOIN indicator i ON i.council_id = $1 AND i.id = f.indicator_id \
        ORDER BY m.position, i.code, f.indicator_id, f.kind, f.period_start, f.recorded_at"
    );
    (sql, values)
}

fn read(row: &Row<'_>) -> Result<(Uuid, Found)> {
    let (indicator, kind): (Uuid, i32) = (row.next()?, row.next()?);
    let period = row.next_period()?;
    let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
    let figures = [decimal()?, decimal()?, decimal()?, decimal()?, decimal()?, decimal()?];
    let [a, b, c, d, e, g] = figures;
    if kind == 0 {
        let thresholds = Thresholds { target: a, intervention: b, lower: c, upper: d, intervention_lower: e, intervention_upper: g };
        return Ok((indicator, Found::Target(Target { period, thresholds })));
    }
    let version: i32 = row.next()?;
    let observation = Observation {
        period,
        definition_version: u32::try_from(version).map_err(|why| Error::internal("reading a figure's version", &why))?,
        value: a,
        numerator: b,
        denominator: c,
        forecast: d,
        absence: row.next::<Option<Text<Absence>>>()?.map(|absence| absence.0),
        state: row.next::<Text<ValueState>>()?.0,
    };
    let recorded_at = row.next()?;
    let current = row.next::<Option<chrono::DateTime<chrono::Utc>>>()?.is_none();
    Ok((indicator, Found::Reading(Reading { observation, recorded_at, current })))
}
