//! Datasets, their measures and their releases.

use entity::{benchmark_dataset, benchmark_release};
use rules::area::ServiceArea;
use rules::measure::{Frequency, Polarity};
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::areas::word;
use crate::error::Result;
use crate::rows::{Row, read_rows};

/// A dataset.
#[derive(Debug, Clone)]
pub struct Dataset {
    pub row: benchmark_dataset::Model,
    pub measures: Vec<Measure>,
    /// The latest first.
    pub releases: Vec<benchmark_release::Model>,
}

/// A measure of a dataset.
#[derive(Debug, Clone)]
pub struct Measure {
    pub id: Uuid,
    pub dataset: Uuid,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub decimal_places: u32,
    pub polarity: Polarity,
    pub multiplier: Decimal,
    pub service_area: Option<ServiceArea>,
    pub frequency: Option<Frequency>,
}

impl Dataset {
    /// A measure by its code.
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.code.eq_ignore_ascii_case(code))
    }
}

/// Every dataset with its measures and releases, by code. Three statements.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Dataset>> {
    let sql = "SELECT id, code, title, publisher, licence, url FROM benchmark_dataset ORDER BY code";
    let mut found = read_rows(db, "loading datasets", sql, Vec::new(), |row| {
        let (id, code, title) = (row.next()?, row.next()?, row.next()?);
        let row = benchmark_dataset::Model { id, code, title, publisher: row.next()?, licence: row.next()?, url: row.next()? };
        Ok(Dataset { row, measures: Vec::new(), releases: Vec::new() })
    })
    .await?;
    let sql = "SELECT id, dataset_id, code, title, unit, decimal_places, polarity, multiplier, service_area, frequency \
        FROM benchmark_measure ORDER BY dataset_id, place, code";
    for measure in read_rows(db, "loading measures", sql, Vec::new(), |row| measure(&row)).await? {
        if let Some(dataset) = found.iter_mut().find(|dataset| dataset.row.id == measure.dataset) {
            dataset.measures.push(measure);
        }
    }
    let sql = "SELECT id, dataset_id, edition, revision, state, published_on, file_name, sha256, imported_at, imported_by, figures \
        FROM benchmark_release ORDER BY dataset_id, published_on DESC, revision DESC, edition DESC";
    for release in read_rows(db, "loading releases", sql, Vec::new(), |row| release(&row)).await? {
        if let Some(dataset) = found.iter_mut().find(|dataset| dataset.row.id == release.dataset_id) {
            dataset.releases.push(release);
        }
    }
    Ok(found)
}

fn measure(row: &Row<'_>) -> Result<Measure> {
    let (id, dataset, code, title, unit) = (row.next()?, row.next()?, row.next()?, row.next()?, row.next()?);
    let decimal_places = u32::try_from(row.next::<i32>()?).unwrap_or_default();
    let polarity = word(row)?;
    let multiplier = row.next_decimal()?.unwrap_or(Decimal::ONE);
    let (service_area, frequency) = (row.next_word()?, row.next_word()?);
    Ok(Measure { id, dataset, code, title, unit, decimal_places, polarity, multiplier, service_area, frequency })
}

fn release(row: &Row<'_>) -> Result<benchmark_release::Model> {
    let (id, dataset_id, edition, revision, state) = (row.next()?, row.next()?, row.next()?, row.next()?, row.next()?);
    let (published_on, file_name, sha256) = (row.next()?, row.next()?, row.next()?);
    let (imported_at, imported_by, figures) = (row.next()?, row.next()?, row.next()?);
    Ok(benchmark_release::Model {
        id,
        dataset_id,
        edition,
        revision,
        state,
        published_on,
        file_name,
        sha256,
        imported_at,
        imported_by,
        figures,
    })
}
