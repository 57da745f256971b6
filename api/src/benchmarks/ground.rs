//! What comparisons of a council's indicators rest on: areas, groups, mappings and measures, read once for all of them.

use std::collections::{HashMap, HashSet};

use entity::metric_mapping;
use importers::words::tidied;
use rules::area::Register;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::groups::{self, Group};
use super::store::catalogues::Metric;
use super::store::datasets::{Dataset, Measure};
use super::store::mappings::Mapping;
use super::store::{areas, catalogues, datasets, mappings};
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::IndicatorEntry;
use crate::rows::read_rows;

/// Areas, groups, mappings and measures.
pub struct Ground {
    pub register: Register,
    /// The code of the council's own area.
    pub ours: Option<String>,
    pub groups: Vec<Group>,
    /// By indicator, the earliest first.
    mappings: HashMap<Uuid, Vec<Mapping>>,
    pub datasets: Vec<Dataset>,
    /// Metrics of catalogues, by code and edition of theirs.
    metrics: Vec<((String, String), Metric)>,
}

/// What a mapping leads to.
#[derive(Clone, Copy)]
pub enum Meant<'a> {
    /// A measure somebody publishes.
    Measure(&'a Dataset, &'a Measure),
    /// A metric nobody publishes yet.
    NoSource(&'a Metric),
    /// A measure that has not been brought in.
    Unknown,
}

impl Ground {
    /// All of it, for these indicators. At most twelve statements, however many indicators, areas and measures there are.
    ///
    /// An indicator that is mapped to nothing is what its external metric says, where that names a catalogue and one of its metrics:
    /// `Oflog: ASC1`.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, indicators: &[&IndicatorEntry]) -> Result<Self> {
        let sql = "SELECT gss_code FROM council WHERE id = $1";
        let ours = read_rows(db, "finding a council's area", sql, vec![scope.council.into()], |row| row.next::<Option<String>>()).await?;
        let ours = ours.into_iter().flatten().next();
        let register = areas::known(db).await?.register;
        let groups = groups::all(db, scope, ours.as_deref(), &register).await?;
        let mut by_indicator: HashMap<Uuid, Vec<Mapping>> = HashMap::new();
        let mut catalogued = HashSet::new();
        for mapping in mappings::all(db, scope).await? {
            catalogued.extend(mapping.row.catalogue.clone().zip(mapping.row.catalogue_edition.clone()));
            by_indicator.entry(mapping.row.indicator_id).or_default().push(mapping);
        }
        let external: Vec<(Uuid, &str, &str)> =
            indicators.iter().filter(|entry| !by_indicator.contains_key(&entry.id)).filter_map(|entry| external(entry)).collect();
        let none = catalogued.is_empty() && external.is_empty();
        let editions = if none { Vec::new() } else { catalogues::all(db).await? };
        for (_, code, _) in &external {
            // The latest edition of each comes first.
            let latest = editions.iter().find(|known| known.code.eq_ignore_ascii_case(code));
            catalogued.extend(latest.map(|known| (known.code.clone(), known.edition.clone())));
        }
        let metrics = if catalogued.is_empty() { Vec::new() } else { metrics_of(db, editions, &catalogued).await? };
        for (indicator, code, metric) in external {
            let named = metrics.iter().find(|((c, _), known)| c.eq_ignore_ascii_case(code) && known.code.eq_ignore_ascii_case(metric));
            if let Some(((code, edition), metric)) = named {
                by_indicator.insert(indicator, vec![said(scope, indicator, (code, edition, &metric.code))]);
            }
        }
        let datasets = if by_indicator.is_empty() { Vec::new() } else { datasets::all(db).await? };
        Ok(Self { register, ours, groups, mappings: by_indicator, datasets, metrics })
    }

    /// The mappings of an indicator.
    pub fn mappings(&self, indicator: Uuid) -> &[Mapping] {
        self.mappings.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// What a mapping leads to: the measure it names, else the one its metric is measured by.
    pub fn meant(&self, mapping: &Mapping) -> Meant<'_> {
        let row = &mapping.row;
        let metric =
            row.catalogue.as_ref().zip(row.catalogue_edition.as_ref()).zip(row.metric.as_ref()).and_then(|((code, edition), metric)| {
                let of =
                    |((c, e), known): &&((String, String), Metric)| c == code && e == edition && known.code.eq_ignore_ascii_case(metric);
                self.metrics.iter().find(of).map(|(_, metric)| metric)
            });
        let own = row.dataset.as_deref().zip(row.measure.as_deref());
        let by_metric = metric.and_then(|metric| metric.dataset.as_deref().zip(metric.measure.as_deref()));
        match (own.or(by_metric), metric) {
            (Some((dataset, measure)), _) => {
                let dataset = self.datasets.iter().find(|known| known.row.code.eq_ignore_ascii_case(dataset));
                let found = dataset.and_then(|dataset| dataset.measure(measure).map(|measure| (dataset, measure)));
                found.map_or(Meant::Unknown, |(dataset, measure)| Meant::Measure(dataset, measure))
            }
            (None, Some(metric)) => {
                self.written_as(metric).map_or(Meant::NoSource(metric), |(dataset, measure)| Meant::Measure(dataset, measure))
            }
            (None, None) => Meant::Unknown,
        }
    }
}

impl Ground {
    /// The measure whose code or name is one that published files give a metric.
    fn written_as(&self, metric: &Metric) -> Option<(&Dataset, &Measure)> {
        let given = || std::iter::once(&metric.code).chain(&metric.written_as);
        let is = |measure: &Measure| {
            given().any(|name| name.eq_ignore_ascii_case(&measure.code) || tidied(name).eq_ignore_ascii_case(&tidied(&measure.title)))
        };
        self.datasets.iter().find_map(|dataset| dataset.measures.iter().find(|measure| is(measure)).map(|measure| (dataset, measure)))
    }
}

/// The metrics of these editions.
async fn metrics_of(
    db: &impl ConnectionTrait,
    editions: Vec<entity::catalogue::Model>,
    of: &HashSet<(String, String)>,
) -> Result<Vec<((String, String), Metric)>> {
    let editions: HashMap<Uuid, (String, String)> = editions
        .into_iter()
        .filter(|known| of.contains(&(known.code.clone(), known.edition.clone())))
        .map(|known| (known.id, (known.code, known.edition)))
        .collect();
    let ids: Vec<Uuid> = editions.keys().copied().collect();
    let metrics = catalogues::metrics(db, &ids).await?.into_iter();
    Ok(metrics.filter_map(|metric| editions.get(&metric.catalogue).cloned().map(|edition| (edition, metric))).collect())
}

/// The catalogue and the metric an indicator's external metric names.
fn external(entry: &IndicatorEntry) -> Option<(Uuid, &str, &str)> {
    let said = entry.version_in(None).external_metric.as_deref()?;
    let (catalogue, metric) = said.split_once(':')?;
    Some((entry.id, catalogue.trim(), metric.trim()))
}

/// What an external metric says, as a mapping would.
fn said(scope: &Scope, indicator: Uuid, (catalogue, edition, metric): (&str, &str, &str)) -> Mapping {
    let row = metric_mapping::Model {
        council_id: scope.council,
        id: Uuid::nil(),
        indicator_id: indicator,
        dataset: None,
        measure: None,
        catalogue: Some(catalogue.to_owned()),
        catalogue_edition: Some(edition.to_owned()),
        metric: Some(metric.to_owned()),
        from_start: None,
        from_months: None,
        until_start: None,
        until_months: None,
        same_definition: true,
        note: None,
        default_group: None,
        recorded_at: chrono::DateTime::UNIX_EPOCH,
        superseded_at: None,
        recorded_by: None,
    };
    Mapping { row, from: None, until: None }
}
