//! What comparisons of a council's indicators rest on: areas, groups, mappings and measures, read once for all of them.

use std::collections::{HashMap, HashSet};

use entity::metric_mapping;
use importers::words::tidied;
use rules::area::{Register, ServiceArea};
use rules::benchmark::Unlike;
use rules::period::Period;
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

/// Areas, groups, mappings and measures.
pub struct Ground {
    pub register: Register,
    /// The code of the council's own area.
    pub ours: Option<String>,
    pub groups: Vec<Group>,
    /// By indicator, the earliest first.
    mappings: HashMap<Uuid, Vec<Mapped>>,
    pub datasets: Vec<Dataset>,
    /// Metrics of catalogues, by code and edition of theirs.
    metrics: Vec<((String, String), Metric)>,
}

/// A mapping, and what it leads to.
pub struct Mapped {
    pub mapping: Mapping,
    leads_to: LeadsTo,
}

/// What a mapping leads to, by place.
#[derive(Clone, Copy)]
enum LeadsTo {
    Measure { dataset: usize, measure: usize },
    NoSource { metric: usize },
    Unlike(Unlike),
    Several,
    Unknown,
}

/// What a mapping leads to.
#[derive(Clone, Copy)]
pub enum Meant<'a> {
    /// A measure somebody publishes.
    Measure(&'a Measure),
    /// A metric nobody publishes yet.
    NoSource(&'a Metric),
    /// A measure that cannot be what the indicator is.
    Unlike(Unlike),
    /// A metric that several published measures go by the name of.
    Several,
    /// A measure that has not been brought in.
    Unknown,
}

impl Ground {
    /// All of it, for these indicators. At most twelve statements, however many indicators, areas and measures there are.
    ///
    /// An indicator that is mapped to nothing is what its external metric says, where that names a catalogue and one of its metrics:
    /// `Oflog: ASC1`.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, indicators: &[&IndicatorEntry]) -> Result<Self> {
        let ours = areas::of_council(db, scope).await?;
        let register = areas::known(db).await?.register;
        let groups = groups::all(db, scope, ours.as_deref(), &register).await?;
        let bare = Self::of_measures(db, scope, indicators).await?;
        Ok(Self { register, ours, groups, ..bare })
    }

    /// The same without areas and groups: what indicators are, and nobody to compare them with.
    pub async fn of_measures(db: &impl ConnectionTrait, scope: &Scope, indicators: &[&IndicatorEntry]) -> Result<Self> {
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
        let mut found = Self { register: Register::default(), ours: None, groups: Vec::new(), mappings: HashMap::new(), datasets, metrics };
        for entry in indicators {
            let of = by_indicator.remove(&entry.id).unwrap_or_default().into_iter();
            let mapped = of.map(|mapping| Mapped { leads_to: found.led(&mapping, entry), mapping }).collect();
            found.mappings.insert(entry.id, mapped);
        }
        Ok(found)
    }

    /// Whether an indicator is mapped to anything.
    pub fn knows(&self, indicator: Uuid) -> bool {
        self.mappings.get(&indicator).is_some_and(|mapped| !mapped.is_empty())
    }

    /// The mapping of an indicator for a period: of several the one that begins last.
    pub fn mapped(&self, indicator: Uuid, period: Period) -> Option<&Mapped> {
        self.mappings.get(&indicator)?.iter().rfind(|mapped| mapped.mapping.covers(period))
    }

    /// The measure an indicator is in a period, where the council counts just what the measure counts.
    pub fn measure_in(&self, indicator: Uuid, period: Period) -> Option<Uuid> {
        let mapped = self.mapped(indicator, period).filter(|mapped| mapped.mapping.row.same_definition)?;
        match self.meant(mapped) {
            Meant::Measure(measure) => Some(measure.id),
            _ => None,
        }
    }

    /// The service an indicator is of in a period, where what it is mapped to says which.
    pub fn service(&self, indicator: Uuid, period: Period) -> Option<ServiceArea> {
        match self.meant(self.mapped(indicator, period)?) {
            Meant::Measure(measure) => measure.service_area,
            Meant::NoSource(metric) => metric.service_area,
            _ => None,
        }
    }

    /// What a mapping leads to.
    pub fn meant(&self, mapped: &Mapped) -> Meant<'_> {
        let measure = |dataset: usize, measure: usize| self.datasets.get(dataset).and_then(|dataset| dataset.measures.get(measure));
        match mapped.leads_to {
            LeadsTo::Measure { dataset, measure: at } => measure(dataset, at).map_or(Meant::Unknown, Meant::Measure),
            LeadsTo::NoSource { metric } => self.metrics.get(metric).map_or(Meant::Unknown, |(_, metric)| Meant::NoSource(metric)),
            LeadsTo::Unlike(unlike) => Meant::Unlike(unlike),
            LeadsTo::Several => Meant::Several,
            LeadsTo::Unknown => Meant::Unknown,
        }
    }
}

impl Ground {
    /// What a mapping of an indicator leads to: the measure it names, else the one its metric is measured by.
    fn led(&self, mapping: &Mapping, entry: &IndicatorEntry) -> LeadsTo {
        let row = &mapping.row;
        let named = row.catalogue.as_deref().zip(row.catalogue_edition.as_deref()).zip(row.metric.as_deref());
        let metric = named.and_then(|((code, edition), metric)| {
            self.metrics.iter().position(|((c, e), known)| c == code && e == edition && known.code.eq_ignore_ascii_case(metric))
        });
        let own = row.dataset.as_deref().zip(row.measure.as_deref());
        let found: Vec<(usize, usize, &Measure)> = match (own, metric) {
            (Some((dataset, measure)), _) => {
                self.measures(|of, known| of.row.code.eq_ignore_ascii_case(dataset) && known.code.eq_ignore_ascii_case(measure))
            }
            (None, Some(metric)) => {
                self.metrics.get(metric).map(|(_, metric)| self.measures(|_, known| goes_by(known, metric))).unwrap_or_default()
            }
            (None, None) => Vec::new(),
        };
        match (&*found, metric) {
            ([(dataset, measure, known)], _) => {
                let version = entry.version_in(mapping.from);
                let ours = (version.unit.as_str(), version.polarity.0);
                // What a metric is, its catalogue says; of a file's measure it may be a guess.
                let theirs = match metric.and_then(|metric| self.metrics.get(metric)).filter(|_| own.is_none()) {
                    Some((_, metric)) => (metric.unit.as_deref().unwrap_or(ours.0), metric.polarity.unwrap_or(ours.1)),
                    None => (known.unit.as_str(), known.polarity),
                };
                let unlike = Unlike::between(theirs, ours, row.same_definition);
                unlike.map_or(LeadsTo::Measure { dataset: *dataset, measure: *measure }, LeadsTo::Unlike)
            }
            ([], Some(metric)) if own.is_none() => LeadsTo::NoSource { metric },
            ([], _) => LeadsTo::Unknown,
            _ => LeadsTo::Several,
        }
    }

    /// Measures that are so, with their places.
    fn measures(&self, so: impl Fn(&Dataset, &Measure) -> bool) -> Vec<(usize, usize, &Measure)> {
        let datasets = self.datasets.iter().enumerate();
        let all = datasets.flat_map(|(at, dataset)| dataset.measures.iter().enumerate().map(move |(n, measure)| (at, n, dataset, measure)));
        all.filter(|(_, _, dataset, measure)| so(dataset, measure)).map(|(at, n, _, measure)| (at, n, measure)).collect()
    }
}

/// Whether the code or the name of a measure is one that published files give a metric.
fn goes_by(measure: &Measure, metric: &Metric) -> bool {
    let mut given = std::iter::once(&metric.code).chain(&metric.written_as);
    given.any(|name| name.eq_ignore_ascii_case(&measure.code) || tidied(name).eq_ignore_ascii_case(&tidied(&measure.title)))
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
