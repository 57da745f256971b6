//! National catalogues as the API shows them.

use async_graphql::{Context, Object, SimpleObject};
use entity::catalogue::Model;

use super::national;
use super::words::{CatalogueMetricKind, ServiceArea};
use crate::benchmarks::store::catalogues::{self, Metric};
use crate::error::Result;
use crate::graphql::page::MANY;
use crate::graphql::scalars::{Date, DateTime, Decimal};
use crate::graphql::words::{Frequency, Polarity, YearBasis};

/// An edition of a national framework: data that indicators are mapped to.
pub struct Catalogue {
    row: Model,
    metrics: Vec<Metric>,
}

/// A metric of a national framework.
#[derive(SimpleObject)]
pub struct CatalogueMetric {
    /// Its code, unique in the edition.
    code: String,
    /// What it is called.
    title: String,
    /// Whether it is only announced, so that its wording may change.
    placeholder: bool,
    /// The outcome it speaks of, in the catalogue's words.
    outcome: Option<String>,
    /// OUTCOME or OUTPUT, where the framework tells them apart.
    kind: Option<CatalogueMetricKind>,
    /// What is counted.
    definition: Option<String>,
    /// The unit in words.
    unit: Option<String>,
    /// Decimals shown.
    decimal_places: Option<u32>,
    /// Which way is better.
    polarity: Option<Polarity>,
    /// Where in a range is best.
    best_value: Option<Decimal>,
    /// The service it speaks of: only councils that have it are compared.
    service_area: Option<ServiceArea>,
    /// What is above the line, in words.
    numerator: Option<String>,
    /// What is below the line, in words.
    denominator: Option<String>,
    /// What a published numerator is multiplied by before it is divided.
    numerator_multiplier: Option<Decimal>,
    /// What a published denominator is multiplied by.
    denominator_multiplier: Option<Decimal>,
    /// How often figures are published.
    frequency: Option<Frequency>,
    /// Which year they keep.
    year_basis: Option<YearBasis>,
    /// Where its figures are published. Null: there is no source yet.
    source: Option<String>,
    /// Its code in the edition before, where that was another.
    previous_code: Option<String>,
    /// The first period that cannot be compared with those before, as written.
    break_from: Option<String>,
    /// Codes and names that published files give it beside its own.
    written_as: Vec<String>,
    /// Anything else.
    note: Option<String>,
}

impl From<&Metric> for CatalogueMetric {
    fn from(of: &Metric) -> Self {
        Self {
            code: of.code.clone(),
            title: of.title.clone(),
            placeholder: of.placeholder,
            outcome: of.outcome.clone(),
            kind: of.kind.map(Into::into),
            definition: of.definition.clone(),
            unit: of.unit.clone(),
            decimal_places: of.decimal_places,
            polarity: of.polarity.map(Into::into),
            best_value: of.best_value.map(Decimal),
            service_area: of.service_area.map(Into::into),
            numerator: of.numerator.clone(),
            denominator: of.denominator.clone(),
            numerator_multiplier: of.numerator_multiplier.map(Decimal),
            denominator_multiplier: of.denominator_multiplier.map(Decimal),
            frequency: of.frequency.map(Into::into),
            year_basis: of.year_basis.map(Into::into),
            source: of.source.clone(),
            previous_code: of.previous_code.clone(),
            break_from: of.break_from.clone(),
            written_as: of.written_as.clone(),
            note: of.note.clone(),
        }
    }
}

/// An edition of a national framework: data that indicators are mapped to.
#[Object]
impl Catalogue {
    /// Its code: `LOF`.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The edition.
    async fn edition(&self) -> &str {
        &self.row.edition
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// Who publishes it.
    async fn publisher(&self) -> &str {
        &self.row.publisher
    }

    /// When it was published.
    async fn published_on(&self) -> Option<Date> {
        self.row.published_on.map(Date)
    }

    /// The first day it is in force.
    async fn in_force_from(&self) -> Option<Date> {
        self.row.in_force_from.map(Date)
    }

    /// The last day it was in force.
    async fn in_force_until(&self) -> Option<Date> {
        self.row.in_force_until.map(Date)
    }

    /// Under which licence it is published.
    async fn licence(&self) -> &str {
        &self.row.licence
    }

    /// Where it is published.
    async fn source(&self) -> Option<&str> {
        self.row.source.as_deref()
    }

    /// When it was brought in.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.row.recorded_at)
    }

    /// Its metrics, in its own order.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn metrics(&self) -> Vec<CatalogueMetric> {
        self.metrics.iter().map(Into::into).collect()
    }
}

/// Every catalogue, by code, the latest edition of each first. Two statements.
pub async fn catalogues(ctx: &Context<'_>) -> Result<Vec<Catalogue>> {
    let db = national(ctx).await?;
    let rows = catalogues::all(db).await?;
    with_metrics(db, rows).await
}

/// An edition of a catalogue; the latest where no edition is named.
pub async fn catalogue(ctx: &Context<'_>, code: &str, edition: Option<&str>) -> Result<Option<Catalogue>> {
    let db = national(ctx).await?;
    let mut rows = catalogues::all(db).await?;
    let is = |row: &Model| {
        row.code.eq_ignore_ascii_case(code.trim()) && edition.is_none_or(|edition| row.edition.eq_ignore_ascii_case(edition.trim()))
    };
    rows.retain(is);
    rows.truncate(1);
    Ok(with_metrics(db, rows).await?.pop())
}

async fn with_metrics(db: &sea_orm::DatabaseConnection, rows: Vec<Model>) -> Result<Vec<Catalogue>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id).collect();
    let metrics = catalogues::metrics(db, &ids).await?;
    let mut found: Vec<Catalogue> = rows.into_iter().map(|row| Catalogue { row, metrics: Vec::new() }).collect();
    for metric in metrics {
        if let Some(catalogue) = found.iter_mut().find(|catalogue| catalogue.row.id == metric.catalogue) {
            catalogue.metrics.push(metric);
        }
    }
    Ok(found)
}
