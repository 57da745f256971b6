//! From one indicator's figures to its rows of data.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use exporters::data::{DataRow, DataSubject};
use rules::aggregate::{derive, rounded};
use rules::measure::Absence;
use rules::period::Period;
use rules::series::{Observation, Point, Series, Target};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::frameworks::{Catalogue, IndicatorEntry};

/// A reading of a figure, current or superseded.
#[derive(Debug, Clone)]
pub struct Reading {
    pub observation: Observation,
    pub recorded_at: DateTime<Utc>,
    pub current: bool,
}

/// All that is held of one indicator.
#[derive(Debug, Default)]
pub struct Held {
    pub targets: Vec<Target>,
    pub readings: Vec<Reading>,
}

/// What rows are about: each version of each indicator's definition, in the catalogue's order.
pub fn subjects(catalogue: &Catalogue, entries: &[Uuid]) -> Vec<DataSubject> {
    let entries = entries.iter().filter_map(|id| catalogue.indicator(*id));
    entries
        .flat_map(|entry| {
            let service = catalogue.element(entry.owner).map(|owner| owner.title.clone()).unwrap_or_default();
            entry.versions.iter().map(move |version| DataSubject {
                code: entry.code.clone(),
                title: version.title.clone(),
                service: service.clone(),
                unit: version.unit.clone(),
                decimals: u32::try_from(version.decimal_places).unwrap_or_default(),
                polarity: version.polarity.0,
            })
        })
        .collect()
}

/// The place of each indicator's first subject.
pub fn places(catalogue: &Catalogue, entries: &[Uuid]) -> HashMap<Uuid, usize> {
    let mut next = 0;
    let mut places = HashMap::new();
    for entry in entries.iter().filter_map(|id| catalogue.indicator(*id)) {
        places.insert(entry.id, next);
        next += entry.versions.len();
    }
    places
}

/// Which periods are meant.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub from: Option<Period>,
    pub until: Option<Period>,
    /// The day from which "due" follows.
    pub today: NaiveDate,
}

impl Range {
    fn has(self, period: Period) -> bool {
        self.from.is_none_or(|from| from.start() <= period.start()) && self.until.is_none_or(|until| period.end() <= until.end())
    }
}

/// The rows of an indicator in the order of their periods: one for each that has a figure or a reason for none.
pub fn of(entry: &IndicatorEntry, first_subject: usize, held: Held, range: Range) -> Vec<DataRow> {
    let Held { mut targets, readings } = held;
    let (mut current, mut earlier): (Vec<Reading>, Vec<Reading>) = readings.into_iter().partition(|reading| reading.current);
    current.sort_by_key(|reading| reading.observation.period);
    earlier.sort_by_key(|reading| reading.observation.period);
    targets.sort_by_key(|target| target.period);
    let observations: Vec<Observation> = current.iter().map(|reading| reading.observation.clone()).collect();
    let judged = judged(entry, &observations, &targets, range);
    let subject =
        |period: Period| first_subject + entry.versions.iter().position(|v| v.id == entry.version_in(Some(period)).id).unwrap_or_default();
    let row = |at: usize| {
        let Reading { observation: held, recorded_at, .. } = current.get(at)?;
        let point = judged.get(&at);
        let hidden = held.absence == Some(Absence::Suppressed);
        let open = |figure: Option<Decimal>| figure.filter(|_| !hidden);
        let value = point.map_or_else(|| value_of(entry, held), |point| point.value);
        let thresholds = point.map(|point| point.thresholds).unwrap_or_default();
        let row = DataRow {
            subject: subject(held.period),
            period: held.period,
            value: open(value),
            absence: held.absence,
            state: held.state,
            target: thresholds.target,
            intervention: thresholds.intervention,
            lower: thresholds.lower,
            upper: thresholds.upper,
            status: point.map(|point| point.status.colour),
            forecast: open(held.forecast),
            numerator: open(held.numerator),
            denominator: open(held.denominator),
            revised_on: revised_at(entry, (held, *recorded_at), &earlier).map(|at| at.date_naive()),
            recorded_on: Some(recorded_at.date_naive()),
        };
        (range.has(held.period) && (row.value.is_some() || row.absence.is_some())).then_some(row)
    };
    (0..current.len()).filter_map(row).collect()
}

/// The points of the observations that are in the indicator's own periods, by the observation's place.
fn judged(entry: &IndicatorEntry, observations: &[Observation], targets: &[Target], range: Range) -> HashMap<usize, Point> {
    let (Some(first), Some(last)) = (observations.first(), observations.last()) else { return HashMap::new() };
    let until = range.until.unwrap_or(last.period);
    let from = observations.iter().map(|o| o.period.start()).min().unwrap_or_else(|| first.period.start());
    let from = range.from.map_or(from, |asked| asked.start().max(from));
    let shortest = entry.definitions.iter().map(|d| d.frequency.months()).min().unwrap_or(1);
    let days = (until.end() - from).num_days().max(0);
    // A period has 28 days a month at the least.
    let count = usize::try_from(days / (28 * i64::from(shortest)) + 1).unwrap_or(usize::MAX);
    let series = Series { definitions: &entry.definitions, observations, targets, rules: &entry.rules, today: range.today };
    series.points(until, count).into_iter().filter_map(|point| Some((point.observation?, point))).collect()
}

/// When a figure came to read as it does, where it read otherwise before, at the precision it is shown at. What was recorded
/// anew beside it since, for instance commentary, is no correction.
fn revised_at(entry: &IndicatorEntry, (now, recorded_at): (&Observation, DateTime<Utc>), earlier: &[Reading]) -> Option<DateTime<Utc>> {
    let from = earlier.partition_point(|reading| reading.observation.period < now.period);
    let places = entry.version_in(Some(now.period)).decimal_places;
    let shown = |of: &Observation| value_of(entry, of).map(|value| rounded(value, u32::try_from(places).unwrap_or_default()));
    // In the order they were recorded in.
    let same_period: Vec<&Reading> = earlier.iter().skip(from).take_while(|reading| reading.observation.period == now.period).collect();
    let is_other = |then: &Observation| shown(then).is_some() && (shown(then) != shown(now) || then.absence != now.absence);
    let last = same_period.iter().rposition(|reading| is_other(&reading.observation))?;
    Some(same_period.get(last + 1).map_or(recorded_at, |next| next.recorded_at))
}

fn value_of(entry: &IndicatorEntry, of: &Observation) -> Option<Decimal> {
    let reported_under = entry.definitions.iter().find(|d| d.version == of.definition_version);
    let multiplier = reported_under.or(entry.definitions.last()).map_or(Decimal::ONE, |d| d.multiplier);
    of.value.or_else(|| derive(of.numerator?, of.denominator?, multiplier))
}
