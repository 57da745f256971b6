//! Datasets of published figures as the API shows them.

use async_graphql::{Context, Object, SimpleObject};
use entity::benchmark_release::Model;

use super::national;
use super::words::{BenchmarkState, ServiceArea};
use crate::benchmarks::release::ReleaseState;
use crate::benchmarks::store::datasets::{self, Dataset, Measure};
use crate::error::{ContextExt, Result};
use crate::graphql::page::MANY;
use crate::graphql::scalars::{Date, DateTime, Decimal};
use crate::graphql::words::{Frequency, Polarity};

/// What somebody publishes figures of, again and again: brought in once for every council.
pub struct BenchmarkDataset(pub Dataset);

/// A measure of a dataset.
#[derive(SimpleObject)]
pub struct BenchmarkMeasure {
    /// Its code, unique in the dataset.
    code: String,
    /// What it is called.
    title: String,
    /// The unit in words.
    unit: String,
    /// Decimals shown.
    decimal_places: u32,
    /// Which way is better.
    polarity: Polarity,
    /// Numerator over denominator is multiplied by this.
    multiplier: Decimal,
    /// The service it speaks of: only councils that have it are compared.
    service_area: Option<ServiceArea>,
    /// How often figures are published.
    frequency: Option<Frequency>,
}

/// A file of a dataset as it was published and brought in. What a later one says of the same area and period is shown in its
/// place; both stay on record.
#[derive(SimpleObject)]
pub struct BenchmarkRelease {
    /// The edition: `2023-24`.
    edition: String,
    /// 1 for the first file of the edition.
    revision: i32,
    /// How firm it is.
    state: BenchmarkState,
    /// When it was published.
    published_on: Date,
    /// What the file was called.
    file_name: String,
    /// The file's SHA-256.
    sha256: String,
    /// When it was brought in.
    imported_at: DateTime,
    /// How many figures it brought that were not held the same before.
    figures: i32,
}

impl From<&Measure> for BenchmarkMeasure {
    fn from(of: &Measure) -> Self {
        Self {
            code: of.code.clone(),
            title: of.title.clone(),
            unit: of.unit.clone(),
            decimal_places: of.decimal_places,
            polarity: of.polarity.into(),
            multiplier: Decimal(of.multiplier),
            service_area: of.service_area.map(Into::into),
            frequency: of.frequency.map(Into::into),
        }
    }
}

impl BenchmarkRelease {
    fn of(row: &Model) -> Result<Self> {
        let state: ReleaseState = row.state.parse().context("reading the state of a release")?;
        Ok(Self {
            edition: row.edition.clone(),
            revision: row.revision,
            state: state.into(),
            published_on: Date(row.published_on),
            file_name: row.file_name.clone(),
            sha256: row.sha256.clone(),
            imported_at: DateTime(row.imported_at),
            figures: row.figures,
        })
    }
}

/// What somebody publishes figures of, again and again: brought in once for every council.
#[Object]
impl BenchmarkDataset {
    /// Its code: `DEFRA-FLYTIPPING`.
    async fn code(&self) -> &str {
        &self.0.row.code
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.row.title
    }

    /// Who publishes it.
    async fn publisher(&self) -> &str {
        &self.0.row.publisher
    }

    /// Under which licence.
    async fn licence(&self) -> &str {
        &self.0.row.licence
    }

    /// Where.
    async fn url(&self) -> Option<&str> {
        self.0.row.url.as_deref()
    }

    /// Its measures, in the order they were first brought in.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn measures(&self) -> Vec<BenchmarkMeasure> {
        self.0.measures.iter().map(Into::into).collect()
    }

    /// What was brought in of it, the latest first.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn releases(&self) -> Option<Result<Vec<BenchmarkRelease>>> {
        Some(self.0.releases.iter().map(BenchmarkRelease::of).collect())
    }
}

/// Every dataset, by code. Three statements.
pub async fn datasets(ctx: &Context<'_>) -> Result<Vec<BenchmarkDataset>> {
    let db = national(ctx).await?;
    Ok(datasets::all(db).await?.into_iter().map(BenchmarkDataset).collect())
}
