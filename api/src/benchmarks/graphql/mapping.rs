//! Metric mappings as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use crate::benchmarks::store::mappings::{self, Mapping};
use crate::error::Result;
use crate::frameworks::{Catalogue, service as frameworks};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::session;
use crate::indicators::graphql::{Indicator, Page};

/// Which published measure an indicator is.
pub struct MetricMapping {
    pub mapping: Mapping,
    /// Null for an indicator the edition in force has not.
    pub indicator: Option<Indicator>,
}

/// Which published measure an indicator is, in which periods. It counts before what the indicator's `externalMetric` says.
#[Object]
impl MetricMapping {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::MetricMapping, self.mapping.row.id)
    }

    /// The indicator.
    async fn indicator(&self) -> Option<&Indicator> {
        self.indicator.as_ref()
    }

    /// Code of the dataset, where a measure is named.
    async fn dataset(&self) -> Option<&str> {
        self.mapping.row.dataset.as_deref()
    }

    /// Code of the measure.
    async fn measure(&self) -> Option<&str> {
        self.mapping.row.measure.as_deref()
    }

    /// Code of the catalogue, where a metric is named.
    async fn catalogue(&self) -> Option<&str> {
        self.mapping.row.catalogue.as_deref()
    }

    /// Its edition.
    async fn catalogue_edition(&self) -> Option<&str> {
        self.mapping.row.catalogue_edition.as_deref()
    }

    /// Code of the metric. Where no measure is named, it is the one the metric is measured by.
    async fn metric(&self) -> Option<&str> {
        self.mapping.row.metric.as_deref()
    }

    /// The first period it is for; from the beginning where null. Of several mappings the one that begins last counts.
    async fn from(&self) -> Option<Period> {
        self.mapping.from.map(Period)
    }

    /// The last period it is for.
    async fn until(&self) -> Option<Period> {
        self.mapping.until.map(Period)
    }

    /// Whether the council counts what the measure counts.
    async fn same_definition(&self) -> bool {
        self.mapping.row.same_definition
    }

    /// In what they differ, or what broke.
    async fn note(&self) -> Option<&str> {
        self.mapping.row.note.as_deref()
    }

    /// Code of the group it is compared with where nobody asks for another.
    async fn group(&self) -> Option<&str> {
        self.mapping.row.default_group.as_deref()
    }

    /// When this was said.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.mapping.row.recorded_at)
    }
}

/// The mappings of indicators the viewer reads, in the framework's order.
pub async fn mappings(ctx: &Context<'_>) -> Result<Vec<MetricMapping>> {
    let today = session(ctx).app.clock.today();
    let (readings, snapshot) = session(ctx).readings(today).await?;
    let scope = readings.whole_framework()?;
    let Some(catalogue) = frameworks::catalogue_in_force(&**snapshot, scope, today).await? else { return Ok(Vec::new()) };
    let mut all = mappings::all(&**snapshot, scope).await?;
    let sees = |id: Uuid| catalogue.indicator(id).is_some_and(|entry| readings.in_framework(entry.id, entry.owner));
    all.retain(|mapping| sees(mapping.row.indicator_id));
    let place = |id: Uuid| catalogue.indicators.iter().position(|entry| entry.id == id);
    all.sort_by_key(|mapping| (place(mapping.row.indicator_id), mapping.from));
    Ok(dressed(&catalogue, today, all))
}

/// Mappings with their indicators, which stand on one page.
pub fn dressed(catalogue: &Arc<Catalogue>, on: chrono::NaiveDate, all: Vec<Mapping>) -> Vec<MetricMapping> {
    let mut ids: Vec<Uuid> = all.iter().map(|mapping| mapping.row.indicator_id).filter(|id| catalogue.indicator(*id).is_some()).collect();
    ids.dedup();
    let page = Page::new(Arc::clone(catalogue), on, None, ids);
    let indicator = |id: Uuid| page.holds(id).then(|| Indicator { page: Arc::clone(&page), id });
    all.into_iter().map(|mapping| MetricMapping { indicator: indicator(mapping.row.indicator_id), mapping }).collect()
}
