//! Editions of national frameworks, and their metrics.

use entity::catalogue;
use importers::catalogue::MetricKind;
use rules::area::ServiceArea;
use rules::measure::{Frequency, Polarity, YearBasis};
use rust_decimal::Decimal;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::error::{ContextExt, Result};
use crate::rows::{Row, one_of, read_rows};

/// A metric of a catalogue.
#[derive(Debug, Clone)]
pub struct Metric {
    pub catalogue: Uuid,
    pub code: String,
    pub title: String,
    /// Only announced: its wording may change.
    pub placeholder: bool,
    pub outcome: Option<String>,
    pub kind: Option<MetricKind>,
    pub definition: Option<String>,
    pub unit: Option<String>,
    pub decimal_places: Option<u32>,
    pub polarity: Option<Polarity>,
    pub best_value: Option<Decimal>,
    pub service_area: Option<ServiceArea>,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub numerator_multiplier: Option<Decimal>,
    pub denominator_multiplier: Option<Decimal>,
    pub frequency: Option<Frequency>,
    pub year_basis: Option<YearBasis>,
    pub source: Option<String>,
    pub previous_code: Option<String>,
    pub break_from: Option<String>,
    /// Codes and names that published files give it beside its own.
    pub written_as: Vec<String>,
    pub note: Option<String>,
}

/// Every catalogue as it reads now, by code, the latest edition of each first. One statement.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<catalogue::Model>> {
    let sql = "SELECT id, code, edition, title, publisher, published_on, in_force_from, in_force_until, licence, source, sha256, \
            recorded_at FROM catalogue WHERE superseded_at IS NULL ORDER BY code, published_on DESC, edition DESC";
    read_rows(db, "loading catalogues", sql, Vec::new(), |row| {
        let (id, code, edition, title, publisher) = (row.next()?, row.next()?, row.next()?, row.next()?, row.next()?);
        let (published_on, in_force_from, in_force_until) = (row.next()?, row.next()?, row.next()?);
        let (licence, source, sha256, recorded_at) = (row.next()?, row.next()?, row.next()?, row.next()?);
        Ok(catalogue::Model {
            id,
            code,
            edition,
            title,
            publisher,
            published_on,
            in_force_from,
            in_force_until,
            licence,
            source,
            sha256,
            recorded_at,
            superseded_at: None,
        })
    })
    .await
}

/// The metrics of these catalogues, in their order. One statement.
pub async fn metrics(db: &impl ConnectionTrait, catalogues: &[Uuid]) -> Result<Vec<Metric>> {
    let mut values: Vec<Value> = Vec::new();
    let of = one_of(db.get_database_backend(), "catalogue_id", catalogues, &mut values);
    let sql = format!(
        "SELECT catalogue_id, code, title, placeholder, outcome, kind, definition, unit, decimal_places, polarity, best_value, service_area, \
            numerator, denominator, numerator_multiplier, denominator_multiplier, frequency, year_basis, source, \
            previous_code, break_from, written_as, note \
        FROM catalogue_metric WHERE {of} ORDER BY catalogue_id, place, code"
    );
    read_rows(db, "loading metrics", &sql, values, |row| metric(&row)).await
}

fn metric(row: &Row<'_>) -> Result<Metric> {
    Ok(Metric {
        catalogue: row.next()?,
        code: row.next()?,
        title: row.next()?,
        placeholder: row.next()?,
        outcome: row.next()?,
        kind: row.next_word()?,
        definition: row.next()?,
        unit: row.next()?,
        decimal_places: row.next::<Option<i32>>()?.and_then(|places| u32::try_from(places).ok()),
        polarity: row.next_word()?,
        best_value: row.next_decimal()?,
        service_area: row.next_word()?,
        numerator: row.next()?,
        denominator: row.next()?,
        numerator_multiplier: row.next_decimal()?,
        denominator_multiplier: row.next_decimal()?,
        frequency: row.next_word()?,
        year_basis: row.next_word()?,
        source: row.next()?,
        previous_code: row.next()?,
        break_from: row.next()?,
        written_as: serde_json::from_str(row.next_text()?.unwrap_or("[]")).context("reading what a metric is written as")?,
        note: row.next()?,
    })
}
