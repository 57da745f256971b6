//! Writing what a plan says, in one transaction.

use chrono::{DateTime, Utc};
use sea_orm::Value;
use uuid::Uuid;

use super::measures::NewMeasure;
use super::plan::Plan;
use super::{Figure, Said};
use crate::app::Ids;
use crate::bulk::{Fields, Insert, Kind};
use crate::db::Change;
use crate::error::Result;
use crate::rows::{execute, months};

/// Rows after which it is told how far it is.
const TOLD_EVERY: usize = 10_000;

/// Applies a plan. What is there already is left alone. `told` hears how many figures were written.
pub async fn apply(
    tx: &Change,
    (ids, at): (&Ids, DateTime<Utc>),
    said: &Said<'_>,
    plan: &Plan,
    by: &str,
    mut told: impl FnMut(usize),
) -> Result<()> {
    if plan.there_already {
        return Ok(());
    }
    let dataset = dataset(tx, ids, said, plan).await?;
    let mut measures = Vec::with_capacity(plan.measures.len());
    for (measure, place) in plan.measures.iter().zip(0..) {
        measures.push(keep_measure(tx, ids, (dataset, place), measure).await?);
    }
    let release = ids.next();
    let sql = "INSERT INTO benchmark_release (id, dataset_id, edition, revision, state, published_on, file_name, sha256, imported_at, \
        imported_by, figures) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let count = i32::try_from(plan.counts.new + plan.counts.changed).unwrap_or(i32::MAX);
    let values: Vec<Value> = vec![
        release.into(),
        dataset.into(),
        said.edition.into(),
        plan.revision.into(),
        said.state.code().into(),
        said.published_on.into(),
        said.file_name.into(),
        said.sha256.into(),
        at.into(),
        by.into(),
        count.into(),
    ];
    execute(&**tx, "recording a release", sql, values).await?;
    // Beside what is held, each row is written as if it were superseded, until it is known which of the two counts.
    let superseded: Option<DateTime<Utc>> = plan.held.then_some(at);
    let same = vec![("release_id", release.into()), ("superseded_at", superseded.into())];
    let mut insert = Insert::into(tx, "recording figures", "benchmark_figure", same, &COLUMNS);
    for (figure, n) in plan.figures.iter().zip(1..) {
        let (Some(measure), Some(area)) = (measures.get(figure.measure), plan.areas.get(figure.area)) else { continue };
        insert.row(tx, |row| fill(row, ids, *measure, area, figure)).await?;
        if n % TOLD_EVERY == 0 {
            told(n);
        }
    }
    insert.finish(tx).await?;
    if plan.held {
        settle(tx, release, at, said, plan).await?;
    }
    Ok(())
}

const COLUMNS: [(&str, Kind); 10] = [
    ("id", Kind::Uuid),
    ("measure_id", Kind::Uuid),
    ("area_code", Kind::Text),
    ("period_start", Kind::Date),
    ("months", Kind::Int),
    ("value", Kind::Decimal),
    ("numerator", Kind::Decimal),
    ("denominator", Kind::Decimal),
    ("absence", Kind::Text),
    ("marks", Kind::Text),
];

fn fill(row: &mut Fields<'_>, ids: &Ids, measure: Uuid, area: &str, figure: &Figure) {
    row.uuid(ids.next());
    row.uuid(measure);
    row.text(area);
    row.date(figure.period.start());
    row.int(months(figure.period));
    row.decimal(figure.value);
    row.decimal(figure.numerator);
    row.decimal(figure.denominator);
    row.text(figure.absence.map(rules::measure::Absence::code));
    row.text(figure.marks);
}

/// Lets what this release says count, where no later one says something of the same.
async fn settle(tx: &Change, release: Uuid, at: DateTime<Utc>, said: &Said<'_>, plan: &Plan) -> Result<()> {
    const SAME: &str =
        "n.measure_id = o.measure_id AND n.area_code = o.area_code AND n.period_start = o.period_start AND n.months = o.months";
    let sql = format!(
        "UPDATE benchmark_figure AS o SET superseded_at = $1 WHERE o.superseded_at IS NULL \
            AND o.release_id IN (SELECT r.id FROM benchmark_release r WHERE r.published_on < $3 \
                OR (r.published_on = $3 AND r.revision < $4)) \
            AND EXISTS (SELECT 1 FROM benchmark_figure n WHERE n.release_id = $2 AND {SAME})"
    );
    let values = vec![at.into(), release.into(), said.published_on.into(), plan.revision.into()];
    execute(&**tx, "superseding figures", &sql, values).await?;
    let sql = format!(
        "UPDATE benchmark_figure AS n SET superseded_at = NULL WHERE n.release_id = $1 \
            AND NOT EXISTS (SELECT 1 FROM benchmark_figure o WHERE o.superseded_at IS NULL AND {SAME})"
    );
    execute(&**tx, "letting figures count", &sql, vec![release.into()]).await?;
    Ok(())
}

/// The dataset's id: it is entered, or what is said of it is corrected.
async fn dataset(tx: &Change, ids: &Ids, said: &Said<'_>, plan: &Plan) -> Result<Uuid> {
    let url = said.url.map(str::to_owned);
    let told: Vec<Value> = vec![said.title.into(), said.publisher.into(), said.licence.into(), url.into()];
    let id = plan.dataset.as_ref().map_or_else(|| ids.next(), |dataset| dataset.row.id);
    let (sql, last) = if plan.dataset.is_some() {
        ("UPDATE benchmark_dataset SET title = $1, publisher = $2, licence = $3, url = $4 WHERE id = $5", vec![id.into()])
    } else {
        let sql = "INSERT INTO benchmark_dataset (title, publisher, licence, url, id, code) VALUES ($1, $2, $3, $4, $5, $6)";
        (sql, vec![id.into(), said.dataset.into()])
    };
    execute(&**tx, "keeping a dataset", sql, told.into_iter().chain(last).collect()).await?;
    Ok(id)
}

/// A measure's id: it is entered; one that is there is corrected by a list of measures and left alone otherwise.
async fn keep_measure(tx: &Change, ids: &Ids, (dataset, place): (Uuid, i32), of: &NewMeasure) -> Result<Uuid> {
    if let (Some(id), false) = (of.held, of.said) {
        return Ok(id);
    }
    let told: Vec<Value> = vec![
        of.title.clone().into(),
        of.unit.clone().into(),
        i32::try_from(of.decimal_places).unwrap_or_default().into(),
        of.polarity.code().into(),
        entity::Dec(of.multiplier).into(),
        of.service_area.map(|service| service.code().to_owned()).into(),
        of.frequency.map(|frequency| frequency.code().to_owned()).into(),
    ];
    let id = of.held.unwrap_or_else(|| ids.next());
    let (sql, last) = if of.held.is_some() {
        let sql = "UPDATE benchmark_measure SET title = $1, unit = $2, decimal_places = $3, polarity = $4, multiplier = $5, \
            service_area = $6, frequency = $7 WHERE id = $8";
        (sql, vec![id.into()])
    } else {
        let sql = "INSERT INTO benchmark_measure (title, unit, decimal_places, polarity, multiplier, service_area, frequency, id, \
            dataset_id, place, code) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        (sql, vec![id.into(), dataset.into(), place.into(), of.code.clone().into()])
    };
    execute(&**tx, "keeping a measure", sql, told.into_iter().chain(last).collect()).await?;
    Ok(id)
}
