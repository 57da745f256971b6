//! What comparisons of a council's indicators rest on: areas, groups, mappings and measures, read once for all of them.

use std::collections::{HashMap, HashSet};

use entity::metric_mapping;
use importers::words::tidied;
use rules::area::{Register, ServiceArea};
use rules::benchmark::{Unlike, same_unit};
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
    /// The place of its metric.
    metric: Option<usize>,
    leads_to: LeadsTo,
    /// By version of the indicator, whether it can be what the mapping leads to.
    versions: Vec<Likeness>,
}

/// Whether a version of an indicator can be what it is mapped to.
struct Likeness {
    /// The first period the version is for; from the beginning for none.
    from: Option<Period>,
    unlike: Option<Unlike>,
    /// Whether it counts in just their unit.
    same_unit: bool,
}

/// What a mapping leads to, by place.
#[derive(Clone, Copy)]
enum LeadsTo {
    Measure { dataset: usize, measure: usize },
    NoSource { metric: usize },
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
        let names = found.names();
        for entry in indicators {
            let of = by_indicator.remove(&entry.id).unwrap_or_default().into_iter();
            let mapped = of.map(|mapping| found.resolved(mapping, entry, &names)).collect();
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
        match self.meant(mapped, period) {
            Meant::Measure(measure) if mapped.likeness(period).is_some_and(|version| version.same_unit) => Some(measure.id),
            _ => None,
        }
    }

    /// What parts a period's comparison from those before it: another measure from that period on, or a break its catalogue tells of.
    pub fn breaks(&self, indicator: Uuid, period: Period) -> Vec<String> {
        let Some(now) = self.mapped(indicator, period) else { return Vec::new() };
        let before = period.previous().and_then(|before| self.mapped(indicator, before));
        let called = |measure: &Measure| {
            let dataset = self.datasets.iter().find(|known| known.row.id == measure.dataset);
            dataset.map_or_else(|| measure.title.clone(), |dataset| format!("{} ({})", measure.title, dataset.row.title))
        };
        let mut breaks = Vec::new();
        if let (Meant::Measure(measure), Some(Meant::Measure(other))) =
            (self.meant(now, period), before.map(|before| self.meant(before, period)))
            && measure.id != other.id
        {
            let (measure, other) = (called(measure), called(other));
            breaks.push(format!("Compared by {measure} from {period} on, and by {other} before: not one series"));
        }
        let metric = now.metric.and_then(|at| self.metrics.get(at)).map(|(_, metric)| metric);
        let broken = metric.and_then(|metric| metric.break_from.as_deref()?.parse::<Period>().ok());
        if let Some(metric) = metric.filter(|_| broken.is_some_and(|from| from.start() == period.start())) {
            breaks.push(format!("By its catalogue, {} from {period} on is not comparable with what was before", metric.title));
        }
        breaks
    }

    /// The service an indicator is of in a period, where what it is mapped to says which.
    pub fn service(&self, indicator: Uuid, period: Period) -> Option<ServiceArea> {
        match self.meant(self.mapped(indicator, period)?, period) {
            Meant::Measure(measure) => measure.service_area,
            Meant::NoSource(metric) => metric.service_area,
            _ => None,
        }
    }

    /// What a mapping leads to in a period.
    pub fn meant(&self, mapped: &Mapped, period: Period) -> Meant<'_> {
        if let Some(unlike) = mapped.likeness(period).and_then(|version| version.unlike) {
            return Meant::Unlike(unlike);
        }
        let measure = |dataset: usize, measure: usize| self.datasets.get(dataset).and_then(|dataset| dataset.measures.get(measure));
        match mapped.leads_to {
            LeadsTo::Measure { dataset, measure: at } => measure(dataset, at).map_or(Meant::Unknown, Meant::Measure),
            LeadsTo::NoSource { metric } => self.metrics.get(metric).map_or(Meant::Unknown, |(_, metric)| Meant::NoSource(metric)),
            LeadsTo::Several => Meant::Several,
            LeadsTo::Unknown => Meant::Unknown,
        }
    }
}

impl Mapped {
    /// How the version of the indicator that is for a period is like what it is mapped to.
    fn likeness(&self, period: Period) -> Option<&Likeness> {
        let applies = |version: &&Likeness| version.from.is_none_or(|from| from.start() <= period.end());
        self.versions.iter().rev().find(applies).or(self.versions.first())
    }
}

/// Where measures are that go by a name, in small letters.
type Names = HashMap<String, Vec<(usize, usize)>>;

impl Ground {
    /// What a mapping of an indicator leads to: the measure it names, else the one its metric is measured by.
    fn resolved(&self, mapping: Mapping, entry: &IndicatorEntry, names: &Names) -> Mapped {
        let row = &mapping.row;
        let metric = self.metric_of(&mapping);
        let own = row.dataset.as_deref().zip(row.measure.as_deref());
        let found = match (own, metric.and_then(|at| self.metrics.get(at))) {
            (Some((dataset, measure)), _) => self.named(dataset, measure).into_iter().collect(),
            (None, Some((_, metric))) => going_by(metric, names),
            (None, None) => Vec::new(),
        };
        let leads_to = match (&*found, metric) {
            ([(dataset, measure)], _) => LeadsTo::Measure { dataset: *dataset, measure: *measure },
            ([], Some(metric)) if own.is_none() => LeadsTo::NoSource { metric },
            ([], _) => LeadsTo::Unknown,
            _ => LeadsTo::Several,
        };
        let measure = || found.first().and_then(|(dataset, measure)| self.datasets.get(*dataset)?.measures.get(*measure));
        // What a metric is, its catalogue says; of a file's measure it may be a guess.
        let (unit, polarity) = match metric.and_then(|at| self.metrics.get(at)).filter(|_| own.is_none()) {
            Some((_, metric)) => (metric.unit.as_deref(), metric.polarity),
            None => measure().map(|measure| (measure.unit.as_str(), measure.polarity)).unzip(),
        };
        let versions =
            if matches!(leads_to, LeadsTo::Measure { .. }) { entry.versions.iter().zip(&entry.definitions) } else { [].iter().zip(&[]) };
        let versions = versions.map(|(version, definition)| {
            let ours = (version.unit.as_str(), version.polarity.0);
            let theirs = (unit.unwrap_or(ours.0), polarity.unwrap_or(ours.1));
            let unlike = Unlike::between(theirs, ours, row.same_definition);
            Likeness { from: definition.applies_from, unlike, same_unit: same_unit(theirs.0, ours.0) }
        });
        Mapped { versions: versions.collect(), metric, leads_to, mapping }
    }

    /// Where measures are, by their codes and by their names as they are tidied.
    fn names(&self) -> Names {
        let mut names = Names::new();
        for (at, dataset) in self.datasets.iter().enumerate().filter(|_| !self.metrics.is_empty()) {
            for (n, measure) in dataset.measures.iter().enumerate() {
                for name in [measure.code.to_lowercase(), tidied(&measure.title).to_lowercase()] {
                    let of = names.entry(name).or_default();
                    if !of.contains(&(at, n)) {
                        of.push((at, n));
                    }
                }
            }
        }
        names
    }

    /// Where a measure is, by its dataset's code and its own.
    fn named(&self, dataset: &str, measure: &str) -> Option<(usize, usize)> {
        let at = self.datasets.iter().position(|known| known.row.code.eq_ignore_ascii_case(dataset))?;
        let measures = &self.datasets.get(at)?.measures;
        measures.iter().position(|known| known.code.eq_ignore_ascii_case(measure)).map(|n| (at, n))
    }

    /// The place of the metric a mapping names.
    fn metric_of(&self, mapping: &Mapping) -> Option<usize> {
        let row = &mapping.row;
        let ((code, edition), metric) = row.catalogue.as_deref().zip(row.catalogue_edition.as_deref()).zip(row.metric.as_deref())?;
        self.metrics.iter().position(|((c, e), known)| c == code && e == edition && known.code.eq_ignore_ascii_case(metric))
    }
}

/// Where the measures are whose code or name is one that published files give a metric.
fn going_by(metric: &Metric, names: &Names) -> Vec<(usize, usize)> {
    let given = std::iter::once(&metric.code).chain(&metric.written_as);
    let mut found: Vec<(usize, usize)> = given
        .flat_map(|name| [name.to_lowercase(), tidied(name).to_lowercase()])
        .filter_map(|name| names.get(&name))
        .flatten()
        .copied()
        .collect();
    found.sort_unstable();
    found.dedup();
    found
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
