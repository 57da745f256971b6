//! One indicator as the pack prints it.

use chrono::NaiveDate;
use entity::indicator_version::Model as Version;
use exporters::pack::{PackIndicator, PackPoint};
use rules::audience::Audience;
use rules::measure::{Absence, ElementKind, Purpose, ValueState};
use rules::period::Period;
use rules::series::Point;

use super::changes::Earlier;
use super::status_words;
use crate::error::{ContextExt, Result};
use crate::frameworks::catalogue::NOW;
use crate::frameworks::{Catalogue, Element, IndicatorEntry};
use crate::values::Judged;
use crate::values::store::Words;

/// An indicator with its judged points, and the version of its definition the pack's period is reported under.
pub struct Measure<'a> {
    pub entry: &'a IndicatorEntry,
    pub version: &'a Version,
    /// Oldest first, from its first figure or the beginning of the edition.
    pub points: &'a [Point],
    pub judged: &'a Judged,
}

impl<'a> Measure<'a> {
    /// Periods before the first figure and before the edition are no gap: nobody owed anything then.
    pub fn new(entry: &'a IndicatorEntry, judged: &'a Judged, period: Period, stands_from: NaiveDate) -> Self {
        let owed = |p: &Point| p.observation.is_some() || p.period.end() >= stands_from;
        let first = judged.points.iter().position(owed).unwrap_or(judged.points.len().saturating_sub(1));
        let points = judged.points.get(first..).unwrap_or_default();
        Self { entry, version: entry.version_in(Some(period)), points, judged }
    }

    pub fn latest(&self) -> Option<&'a Point> {
        self.points.last()
    }

    /// What stands beside the latest figure.
    pub fn words(&self) -> Option<&'a Words> {
        self.words_of(self.latest()?)
    }

    pub fn words_of(&self, point: &Point) -> Option<&'a Words> {
        self.judged.figures.words(point.observation?)
    }

    pub fn decimals(&self) -> u32 {
        u32::try_from(self.version.decimal_places).unwrap_or_default()
    }

    /// Whether what is written beside its figures is for officers.
    pub fn sensitive(&self) -> bool {
        self.version.sensitive
    }

    /// The points an audience sees: to the public a figure is given once it is settled.
    pub fn points_for(&self, audience: Audience) -> impl Iterator<Item = &'a Point> {
        let state = |point: &Point| Some(self.judged.figures.observations.get(point.observation?)?.state);
        self.points.iter().filter(move |point| point.value.is_none() || state(point).is_none_or(|state| audience.sees_value(state)))
    }
}

/// What the points of an indicator are printed for.
pub struct For<'a> {
    pub audience: Audience,
    /// Elements as they stood on this day.
    pub day: NaiveDate,
    /// What its figures read before they read as they do.
    pub earlier: &'a [Earlier],
    /// Codes of the measures of the pack that explain it.
    pub context: Vec<String>,
}

/// The indicator as an audience sees it.
pub fn indicator(catalogue: &Catalogue, measure: &Measure<'_>, what: For<'_>) -> Result<PackIndicator> {
    let For { audience, day, earlier, context } = what;
    let (entry, version) = (measure.entry, measure.version);
    let path = catalogue.path(entry.owner, day);
    let title = |kind: ElementKind| path.iter().find(|e| e.kind == kind).map(|e| e.title.clone());
    let outcomes: Vec<&Element> = entry.contributes_to.iter().filter_map(|id| catalogue.element(*id)).collect();
    let baseline = match (version.baseline_start, version.baseline_months, version.baseline_value) {
        (Some(start), Some(months), Some(value)) => Some((crate::rows::period(start, months)?, value.0)),
        _ => None,
    };
    Ok(PackIndicator {
        code: entry.code.clone(),
        title: version.title.clone(),
        definition: version.definition.clone(),
        numerator: version.numerator.clone(),
        denominator: version.denominator.clone(),
        unit: version.unit.clone(),
        decimals: measure.decimals(),
        polarity: version.polarity.0,
        purpose: version.purpose.0,
        frequency: version.frequency.0,
        headline: version.headline,
        critical: version.critical,
        dimension: version.dimension.map(|d| d.0),
        how_status_is_set: status_words::of_indicator(catalogue, measure),
        source: version.source.clone(),
        data_lag_days: u32::try_from(version.data_lag_days).context("reading an indicator's data lag")?,
        portfolio_holder: version.portfolio_holder.clone(),
        owner: path.last().map(|e| e.title.clone()).unwrap_or_default(),
        directorate: title(ElementKind::Directorate),
        programme: title(ElementKind::Programme),
        priority: outcomes.iter().find_map(|outcome| priority(catalogue, outcome, day)),
        outcomes: outcomes.iter().map(|outcome| outcome.title.clone()).collect(),
        mode: outcomes.iter().find_map(|o| o.mode).or_else(|| path.last().and_then(|owner| owner.mode)),
        baseline,
        context,
        words_withheld: !audience.sees_words(measure.sensitive()),
        points: measure.points_for(audience).map(|p| point(measure, p, earlier, audience)).collect(),
    })
}

/// The day a figure began to read as it does.
fn revised_on(was: &Earlier, now: Option<&Words>) -> Option<NaiveDate> {
    let until = was.until();
    let on = if until == NOW { now?.recorded_at } else { until };
    Some(on.date_naive())
}

/// The priority an outcome counts under; where the plan has none, the plan.
pub(super) fn priority(catalogue: &Catalogue, outcome: &Element, day: NaiveDate) -> Option<String> {
    let path = catalogue.path(outcome.id, day);
    let of = |kind: ElementKind| path.iter().rfind(|e| e.kind == kind);
    of(ElementKind::Priority).or_else(|| of(ElementKind::Plan)).map(|e| e.title.clone())
}

fn point(measure: &Measure<'_>, point: &Point, earlier: &[Earlier], audience: Audience) -> PackPoint {
    let words = measure.words_of(point);
    let said = words.filter(|_| audience.sees_words(measure.sensitive()));
    let open = point.absence != Some(Absence::Suppressed);
    let state = point.observation.and_then(|at| measure.judged.figures.observations.get(at)).map(|o| o.state);
    let other = |e: &&Earlier| e.period == point.period && e.is_other_value(point, measure.decimals());
    let revised = earlier.iter().rfind(other).filter(|_| words.is_some());
    let mut year_to_date = point.year_to_date.clone();
    // What the year comes to so far, and is expected to, is made of figures that may not be settled.
    let settled = audience.sees_value(ValueState::Provisional);
    year_to_date.value = year_to_date.value.filter(|_| open && settled);
    PackPoint {
        period: point.period,
        value: point.value.filter(|_| open),
        absence: point.absence,
        numerator: point.numerator.filter(|_| open),
        denominator: point.denominator.filter(|_| open),
        target: point.thresholds.target.filter(|_| measure.version.purpose.0 == Purpose::Operational),
        intervention: point.thresholds.intervention,
        status: point.status.clone(),
        forecast: point.year_end.forecast.filter(|_| open && settled),
        year_end_target: point.year_end.target,
        // How the year is judged would tell of what is withheld.
        year_end_status: if open { point.year_end.status.clone() } else { point.status.clone() },
        travel: point.travel,
        year_to_date,
        state: state.filter(|_| point.value.is_some()),
        revised_on: revised.and_then(|was| revised_on(was, words)),
        commentary: said.and_then(|w| w.commentary.clone()),
        action: said.and_then(|w| w.action.clone()),
        action_owner: said.and_then(|w| w.action_owner.clone()),
        action_due: said.and_then(|w| w.action_due),
    }
}
