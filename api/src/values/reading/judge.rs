//! Figures as somebody sees them who does not read drafts, judged by what stood when they were approved or released.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use rules::period::Period;
use rules::series::{Point, Series, Target, needed_from, shown_from};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, History};
use super::through::{Cycle, Gate, Seen, Through};
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::archive::Archive;
use crate::frameworks::catalogue::NOW;
use crate::frameworks::{Catalogue, IndicatorEntry, store as frameworks};
use crate::values::calendar::{calendar, in_force_first};
use crate::values::service::{Asked, Judged};
use crate::values::store::{Figures, Span};

/// What an indicator's figures are judged with.
struct Ground<'a> {
    archive: &'a Archive,
    cycle: &'a Cycle,
    asked: Asked,
}

/// Judges these indicators of an edition, each as it is looked at. Periods that are not seen are not among the points. Seven
/// statements at most, however many indicators and periods, and however often something was released.
pub async fn judged_through(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogue: &Catalogue,
    wanted: &[(&IndicatorEntry, Through)],
    asked: Asked,
) -> Result<HashMap<Uuid, Judged>> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let editions = frameworks::editions_ever(db, scope).await?;
    let edition = editions.iter().find(|edition| edition.id == catalogue.edition.id).cloned();
    let ids: Vec<Uuid> = wanted.iter().map(|(entry, _)| entry.id).collect();
    let archive = frameworks::archive(db, scope, edition.unwrap_or_else(|| catalogue.edition.clone()), &ids).await?;
    let editions = in_force_first(editions);
    let cycle = Cycle { calendar: calendar(db, scope, &editions).await?, workflows: store::workflows(db, scope).await? };
    let span = span(&archive, wanted, asked);
    let mut histories = store::histories(db, scope, &ids, span).await?;
    if wanted.iter().any(|(_, through)| through.gate == Gate::Published) {
        store::published(db, scope, &ids, span, &mut histories).await?;
    } else if cycle.ever() {
        store::approved(db, scope, &ids, span, &mut histories).await?;
    }
    let ground = Ground { archive: &archive, cycle: &cycle, asked };
    let judge = |(entry, through): &(&IndicatorEntry, Through)| {
        let history = histories.remove(&entry.id).unwrap_or_default();
        (entry.id, judge(&ground, entry.id, through, &history))
    };
    Ok(wanted.iter().map(judge).collect())
}

/// What has to be read for these indicators, whatever their definitions ever said of how often they are due.
fn span(archive: &Archive, wanted: &[(&IndicatorEntry, Through)], asked: Asked) -> Span {
    let Asked { until, last, .. } = asked;
    let definitions = || wanted.iter().flat_map(|(entry, _)| archive.ever(entry.id));
    let from = definitions().map(|d| needed_from(until, last, d.frequency, d.year_basis)).min();
    let shown = definitions().map(|d| shown_from(until, last, d.frequency, d.year_basis)).min();
    Span { from: from.unwrap_or(until.start()), until: until.end(), words_from: shown.filter(|_| asked.words), as_at: None }
}

fn judge(ground: &Ground<'_>, indicator: Uuid, through: &Through, history: &History) -> Judged {
    let Ground { archive, cycle, asked } = ground;
    let Some(latest) = through.latest() else { return Judged::default() };
    let definitions = archive.definitions(indicator, latest);
    let seen = history.seen(through, cycle);
    let observations: Vec<_> = seen.iter().map(|revision| revision.observation.clone()).collect();
    let words = seen.iter().map(|revision| revision.words.clone()).collect();
    let ids = seen.iter().map(|revision| revision.id).collect();
    let bare = Series { definitions: &definitions, observations: &observations, targets: &[], rules: &[], today: asked.today };
    let periods = bare.periods(asked.until, asked.last);
    let looks: Vec<(Period, Seen<'_>)> = periods.iter().map(|period| (*period, through.sees(*period, history, cycle))).collect();
    let mut of_instants: BTreeMap<DateTime<Utc>, Vec<Period>> = BTreeMap::new();
    for (period, look) in &looks {
        if let Some(instant) = look.judged_at() {
            of_instants.entry(instant).or_default().push(*period);
        }
    }
    let mut points: Vec<Point> = Vec::with_capacity(periods.len());
    for (instant, of_instant) in of_instants {
        let then = archive.definitions(indicator, instant);
        let targets = targets_at(history, instant);
        let rules = archive.rules(indicator, instant);
        // What was not due when it was approved or released is not owed because somebody looks later.
        let today = if instant == NOW { asked.today } else { instant.date_naive() };
        let series = Series { definitions: &then, observations: &observations, targets: &targets, rules: &rules, today };
        points.extend(of_instant.into_iter().flat_map(|period| series.points_of(period, 1, |other| other == period)));
    }
    points.sort_by_key(|point| point.period);
    for point in &mut points {
        if let Some((_, Seen::Stamped(stamp))) = looks.iter().find(|(period, _)| *period == point.period) {
            stamp.put_on(point);
        }
    }
    let targets = targets_at(history, latest);
    Judged { points, figures: Figures::of(observations, words, ids, targets), periods: Some(periods) }
}

fn targets_at(history: &History, instant: DateTime<Utc>) -> Vec<Target> {
    history.targets.iter().filter(|(held, _)| held.at(instant)).map(|(_, target)| target.clone()).collect()
}

impl store::Stamp {
    /// Lets a point say what it said when it was approved or published.
    fn put_on(&self, point: &mut Point) {
        point.thresholds = self.thresholds;
        point.status.colour = self.colour;
        if let Some(because) = &self.because {
            point.status.because.clone_from(because);
        }
    }
}
