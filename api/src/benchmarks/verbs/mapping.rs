//! Which published measure an indicator is: said, and taken back.

use entity::metric_mapping;
use rules::benchmark::Unlike;
use rules::measure::Polarity;
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use crate::access::Scope;
use crate::benchmarks::groups::{self, editions};
use crate::benchmarks::store::catalogues::{self, Metric};
use crate::benchmarks::store::mappings::{self, Mapping};
use crate::benchmarks::store::{areas, datasets};
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, text_if_any};
use crate::frameworks::{IndicatorEntry, service as frameworks};
use crate::rows;

const NOTE_CHARACTERS_MAX: usize = 1_000;
/// Mappings of one indicator: one for each time its measure changed.
const MAPPINGS_MAX: usize = 20;

/// A mapping as it is to be.
pub struct MappingInput<'a> {
    pub council: &'a str,
    pub indicator: &'a str,
    pub measure: Option<(&'a str, &'a str)>,
    /// Code of the catalogue, its edition (the latest for none) and the metric's code.
    pub metric: Option<(&'a str, Option<&'a str>, &'a str)>,
    pub from: Option<Period>,
    pub until: Option<Period>,
    pub same_definition: bool,
    pub note: Option<&'a str>,
    pub group: Option<&'a str>,
}

/// What the trail keeps of a mapping.
#[derive(Serialize)]
struct Told<'a> {
    indicator: String,
    dataset: Option<&'a str>,
    measure: Option<&'a str>,
    catalogue: Option<&'a str>,
    catalogue_edition: Option<&'a str>,
    metric: Option<&'a str>,
    from: Option<String>,
    until: Option<String>,
    same_definition: bool,
    note: Option<&'a str>,
    group: Option<&'a str>,
}

fn told(mapping: &Mapping) -> Option<String> {
    let row = &mapping.row;
    let written = |period: Option<Period>| period.map(|period| period.to_string());
    state(&Told {
        indicator: row.indicator_id.to_string(),
        dataset: row.dataset.as_deref(),
        measure: row.measure.as_deref(),
        catalogue: row.catalogue.as_deref(),
        catalogue_edition: row.catalogue_edition.as_deref(),
        metric: row.metric.as_deref(),
        from: written(mapping.from),
        until: written(mapping.until),
        same_definition: row.same_definition,
        note: row.note.as_deref(),
        group: row.default_group.as_deref(),
    })
}

/// Says which measure an indicator is from a period on, in place of what was said from that period before.
pub async fn set(deed: &Deed<'_>, input: &MappingInput<'_>) -> Result<Mapping, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageBenchmarks)?;
    deed.council(input.council)?;
    let catalogue = frameworks::catalogue_in_force(&**deed.tx, &scope, deed.today()).await?;
    let absent = || refused("INDICATOR_NOT_FOUND", "There is no such indicator that you may do this for.", "indicator");
    let catalogue = catalogue.ok_or_else(absent)?;
    let entry = catalogue.indicator_by_code(input.indicator.trim()).filter(|entry| scope.covers_indicator(entry.id, entry.owner));
    let entry = entry.ok_or_else(absent)?;
    if input.from.zip(input.until).is_some_and(|(from, until)| until.end() < from.start()) {
        return Err(refused("PERIODS_REVERSED", "The last period of the mapping lies before its first.", "until"));
    }
    let note = text_if_any(input.note, "note", NOTE_CHARACTERS_MAX)?;
    if !input.same_definition && note.is_none() {
        return Err(refused("NOTE_NEEDED", "Say in `note` in what the definitions differ: whoever compares is told.", "note"));
    }
    let (metric, edition) = metric(deed, input).await?;
    let measure = measure(deed, input, metric.as_ref(), entry).await?;
    if measure.is_none() && metric.is_none() {
        let message = "Say what is published of it: `dataset` and `measure`, or `catalogue` and `metric`.";
        return Err(refused("MEASURE_NEEDED", message, "measure"));
    }
    let group = group(deed, &scope, input).await?;
    let all = mappings::all(&**deed.tx, &scope).await?;
    let own: Vec<&Mapping> = all.iter().filter(|mapping| mapping.row.indicator_id == entry.id).collect();
    let before = own.iter().copied().find(|mapping| mapping.from == input.from);
    if before.is_none() && own.len() >= MAPPINGS_MAX {
        let message = format!("An indicator is mapped {MAPPINGS_MAX} times at most: withdraw a mapping that is not needed.");
        return Err(refused("TOO_MANY_METRIC_MAPPINGS", message, "indicator"));
    }
    let (dataset, measure) = measure.unzip();
    let row = metric_mapping::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        indicator_id: entry.id,
        dataset,
        measure,
        catalogue: edition.as_ref().map(|(code, _)| code.clone()),
        catalogue_edition: edition.map(|(_, edition)| edition),
        metric: metric.map(|metric| metric.code),
        from_start: input.from.map(Period::start),
        from_months: input.from.map(rows::months),
        until_start: input.until.map(Period::start),
        until_months: input.until.map(rows::months),
        same_definition: input.same_definition,
        note,
        default_group: group,
        recorded_at: deed.now(),
        superseded_at: None,
        recorded_by: Some(scope.person),
    };
    if let Some(before) = before {
        mappings::supersede(deed.tx, &scope, before.row.id, deed.now()).await?;
    }
    let mapping = Mapping { row, from: input.from, until: input.until };
    mappings::record(deed.tx, mapping.row.clone()).await?;
    let subject = format!("metric mapping of {}", entry.code);
    deed.record(&scope, "metric-mapping.set", subject, [before.and_then(told), told(&mapping)]).await?;
    Ok(mapping)
}

/// Takes a mapping back: what was compared by it is not any more.
pub async fn withdraw(deed: &Deed<'_>, id: Option<Uuid>, reason: &str) -> Result<Mapping, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageBenchmarks)?;
    let reason = text(reason, "reason", NOTE_CHARACTERS_MAX)?;
    let catalogue = frameworks::catalogue_in_force(&**deed.tx, &scope, deed.today()).await?;
    let entry = |indicator: Uuid| catalogue.as_ref().and_then(|catalogue| catalogue.indicator(indicator));
    let covered = |mapping: &Mapping| {
        // What no edition has any more is for whoever may do it for the whole council.
        let owner = entry(mapping.row.indicator_id).map_or(Uuid::nil(), |entry| entry.owner);
        scope.covers_indicator(mapping.row.indicator_id, owner)
    };
    let all = mappings::all(&**deed.tx, &scope).await?;
    let found = all.into_iter().find(|mapping| Some(mapping.row.id) == id).filter(covered);
    let found = found
        .ok_or_else(|| refused("METRIC_MAPPING_NOT_FOUND", "There is no such mapping: `council.metricMappings` lists them.", "mapping"))?;
    mappings::supersede(deed.tx, &scope, found.row.id, deed.now()).await?;
    let subject = match entry(found.row.indicator_id) {
        Some(entry) => format!("metric mapping of {}", entry.code),
        None => format!("metric mapping {}", found.row.id),
    };
    let after = state(&serde_json::json!({ "withdrawn": true, "reason": reason }));
    deed.record(&scope, "metric-mapping.withdraw", subject, [told(&found), after]).await?;
    Ok(found)
}

fn refused(code: &str, message: impl Into<String>, field: &str) -> Refusal {
    UserError::new(code, message, Some(&["input", field])).into()
}

/// The metric that is named, with the code and edition of its catalogue.
async fn metric(deed: &Deed<'_>, input: &MappingInput<'_>) -> Result<(Option<Metric>, Option<(String, String)>), Refusal> {
    let Some((code, edition, metric)) = input.metric else { return Ok((None, None)) };
    let all = catalogues::all(&**deed.tx).await?;
    let of = |known: &&entity::catalogue::Model| {
        known.code.eq_ignore_ascii_case(code.trim()) && edition.is_none_or(|edition| known.edition.eq_ignore_ascii_case(edition.trim()))
    };
    let Some(found) = all.iter().find(of) else {
        return Err(refused(
            "CATALOGUE_NOT_FOUND",
            "There is no such catalogue, or no such edition: `catalogues` lists them.",
            "catalogue",
        ));
    };
    let metrics = catalogues::metrics(&**deed.tx, &[found.id]).await?;
    let metric = metrics.into_iter().find(|known| known.code.eq_ignore_ascii_case(metric.trim()));
    let absent = || {
        let message = format!("{} {} has no such metric: `catalogue` lists them.", found.title, found.edition);
        refused("METRIC_NOT_FOUND", message, "metric")
    };
    Ok((Some(metric.ok_or_else(absent)?), Some((found.code.clone(), found.edition.clone()))))
}

/// The measure that is named, by the codes it is kept under. Whether it can be what the indicator is, is asked of it, else of the
/// measure the metric is measured by.
async fn measure(
    deed: &Deed<'_>,
    input: &MappingInput<'_>,
    metric: Option<&Metric>,
    entry: &IndicatorEntry,
) -> Result<Option<(String, String)>, Refusal> {
    let all = datasets::all(&**deed.tx).await?;
    let find = |dataset: &str, measure: &str| {
        let dataset = all.iter().find(|known| known.row.code.eq_ignore_ascii_case(dataset.trim()))?;
        dataset.measure(measure.trim()).map(|measure| (dataset, measure))
    };
    let version = entry.version_in(input.from);
    let suits = |unit: &str, polarity: Polarity| suits(input, (unit, polarity), (&version.unit, version.polarity.0));
    let Some((dataset, measure)) = input.measure else {
        if let Some(metric) = metric {
            suits(metric.unit.as_deref().unwrap_or(&version.unit), metric.polarity.unwrap_or(version.polarity.0))?;
        }
        return Ok(None);
    };
    let Some((dataset, measure)) = find(dataset, measure) else {
        let message = "There is no such dataset, or it has no such measure: `benchmarkDatasets` lists them.";
        return Err(refused("MEASURE_NOT_FOUND", message, "measure"));
    };
    suits(&measure.unit, measure.polarity)?;
    Ok(Some((dataset.row.code.clone(), measure.code.clone())))
}

/// Refuses a measure for which the other way is better; and one in another sort of unit, unless the definitions are said to differ.
fn suits(input: &MappingInput<'_>, theirs: (&str, Polarity), ours: (&str, Polarity)) -> Result<(), Refusal> {
    match Unlike::between(theirs, ours, input.same_definition) {
        None => Ok(()),
        Some(unlike @ Unlike::Polarity) => Err(refused("POLARITY_DIFFERS", format!("{}.", unlike.message()), "measure")),
        Some(Unlike::Unit) => {
            let message = format!(
                "The measure is in {}, the indicator in {}: choose another measure, or say with `sameDefinition: false` that they differ.",
                theirs.0, ours.0
            );
            Err(refused("UNIT_DIFFERS", message, "measure"))
        }
    }
}

/// The group that is named, by the code it is kept under.
async fn group(deed: &Deed<'_>, scope: &Scope, input: &MappingInput<'_>) -> Result<Option<String>, Refusal> {
    let Some(code) = input.group else { return Ok(None) };
    let register = areas::known(&**deed.tx).await?.register;
    let all = groups::all(&**deed.tx, scope, deed.actor.council.gss_code.as_deref(), &register).await?;
    let found = editions(&all, code).first().and_then(|at| all.get(*at)).map(|group| group.code.clone());
    let absent = || refused("COMPARATORS_NOT_FOUND", "There is no such comparator group: `council.comparatorGroups` lists them.", "group");
    found.map_or_else(|| Err(absent()), |code| Ok(Some(code)))
}
