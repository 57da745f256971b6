//! What fires and fired: [`rules::warning::firings`] over what was gathered. The same for what stands now, for what is recorded on the
//! clock and for what would have fired.

use std::sync::Arc;

use chrono::NaiveDate;
use rules::delivery::book::DeliveryRow;
use rules::delivery::risk::RiskState;
use rules::period::Period;
use rules::spc;
use rules::warning::Kind;
use rules::warning::{
    Facts, Firing, IndicatorFacts, MilestoneFacts, MilestoneTelling, Moment, ReturnFacts, RiskFacts, RiskLook, Subject as SubjectKind,
    firings,
};

use super::book::RuleBook;
use super::charts;
use super::eyes::{Eyes, Seat};
use super::gather::{Course, Figures, Gathered, Named, Watched, What, gather};
use super::subject::Key;
use super::told::Told;
use crate::db::Snapshot;
use crate::delivery::held::Record;
use crate::error::{Error, Result};
use crate::frameworks::Catalogue;

/// One warning of one subject, standing or over.
#[derive(Debug, Clone)]
pub struct Standing {
    pub key: Key,
    pub firing: Firing,
    pub named: Named,
    pub seat: Seat,
}

impl Standing {
    /// What is kept of it.
    pub fn told(&self) -> Told {
        let Named { code, title, period } = self.named.clone();
        Told { code, title, period, firing: self.firing.clone() }
    }
}

/// Warnings, with the framework they were read in.
pub struct Found {
    pub catalogue: Option<Arc<Catalogue>>,
    pub warnings: Vec<Standing>,
    /// Subjects that were looked at.
    pub subjects: usize,
    /// Periods of indicators that were looked at.
    pub periods: usize,
}

/// The day a moment begins on: what a warning is known by.
pub fn begins(moment: Moment) -> NaiveDate {
    match moment {
        Moment::Period(period) => period.start(),
        Moment::Day(day) => day,
    }
}

/// The day a moment is over: when a period's figure can be there.
pub fn over(moment: Moment) -> NaiveDate {
    match moment {
        Moment::Period(period) => period.end(),
        Moment::Day(day) => day,
    }
}

/// What has to be looked at for these rules.
fn what(rules: &RuleBook) -> What {
    let any = |kind: SubjectKind| rules.on().any(|rule| rule.parameters.kind().subject() == kind);
    What {
        figures: any(SubjectKind::Indicator),
        positions: rules.on().any(|rule| rule.parameters.kind() == Kind::BottomQuartile),
        returns: any(SubjectKind::Return),
        risks: any(SubjectKind::Risk),
        milestones: any(SubjectKind::Milestone),
    }
}

/// Every firing there ever was by what is held now, in the order of rules, then of subjects.
pub async fn ever(snapshot: &Snapshot, eyes: &Eyes<'_>, rules: RuleBook, on: NaiveDate) -> Result<Found> {
    let gathered = gather(snapshot, eyes, what(&rules), on).await?;
    // Charts are made anew for each period: nobody else waits for it.
    let fired = tokio::task::spawn_blocking(move || fired(&gathered, &rules)).await;
    fired.map_err(|why| Error::internal("working out warnings", &why))
}

/// What stands on a day by what is held now.
pub async fn standing(snapshot: &Snapshot, eyes: &Eyes<'_>, rules: RuleBook, on: NaiveDate) -> Result<Found> {
    let mut found = ever(snapshot, eyes, rules, on).await?;
    found.warnings.retain(|one| one.firing.until.is_none());
    Ok(found)
}

fn fired(gathered: &Gathered, rules: &RuleBook) -> Found {
    let mut warnings = Vec::new();
    for rule in rules.on() {
        let kind = rule.parameters.kind();
        for watched in gathered.watched.iter().filter(|watched| watched.subject.kind == kind.subject()) {
            let found = with_facts(watched, gathered.on, |facts| firings(&rule.parameters, facts));
            warnings.extend(found.into_iter().map(|firing| Standing {
                key: Key { kind, subject: watched.subject, since: begins(firing.since) },
                firing,
                named: watched.named.clone(),
                seat: watched.seat.clone(),
            }));
        }
    }
    let periods = |watched: &Watched| match &watched.course {
        Course::Figures(figures) => points(figures).len(),
        Course::Return(_) | Course::Record(_) => 0,
    };
    let Gathered { watched, catalogue, .. } = gathered;
    Found { catalogue: catalogue.clone(), warnings, subjects: watched.len(), periods: watched.iter().map(periods).sum() }
}

/// The history of an indicator from where anything was ever said of it.
fn points(figures: &Figures) -> &[rules::series::Point] {
    let points = &figures.judged.points;
    let from = points.iter().position(|point| point.observation.is_some()).unwrap_or(points.len());
    points.get(from..).unwrap_or_default()
}

/// What a rule reads of a subject.
fn with_facts(watched: &Watched, on: NaiveDate, fire: impl FnOnce(&Facts<'_>) -> Vec<Firing>) -> Vec<Firing> {
    match &watched.course {
        Course::Figures(figures) => {
            let (baselines, breaks) = (charts::baselines(&figures.baselines), spc::breaks(&figures.entry.definitions));
            let (aggregation, year_basis) = charts::aggregation(&figures.entry);
            fire(&Facts::Indicator(IndicatorFacts {
                points: points(figures),
                polarity: charts::polarity(&figures.entry),
                aggregation,
                year_basis,
                baselines: &baselines,
                breaks: &breaks,
                positions: &figures.positions,
            }))
        }
        Course::Return(course) => fire(&Facts::Return(ReturnFacts { due_on: course.due_on, submitted_on: course.submitted_on, today: on })),
        Course::Record(course) => records(course, on, fire),
    }
}

fn records(course: &[Record], on: NaiveDate, fire: impl FnOnce(&Facts<'_>) -> Vec<Firing>) -> Vec<Firing> {
    let told = || course.iter().map(|record| &record.row).filter(|row| row.as_at().is_none_or(|as_at| as_at <= on));
    match course.last().map(|record| &record.row) {
        Some(DeliveryRow::Risk(_)) => {
            let looks: Vec<RiskLook> = told().filter_map(look).collect();
            fire(&Facts::Risk(RiskFacts { looks: &looks }))
        }
        Some(DeliveryRow::Milestone(row)) => {
            let tellings: Vec<MilestoneTelling> = told().filter_map(telling).collect();
            fire(&Facts::Milestone(MilestoneFacts { baseline: row.baseline, tellings: &tellings, today: on }))
        }
        _ => Vec::new(),
    }
}

fn look(row: &DeliveryRow) -> Option<RiskLook> {
    let DeliveryRow::Risk(row) = row else { return None };
    Some(RiskLook {
        as_at: row.as_at,
        score: row.ratings()[1].map(rules::delivery::risk::Rating::score),
        appetite: u8::try_from(row.appetite).ok(),
        open: row.state == RiskState::Open,
    })
}

fn telling(row: &DeliveryRow) -> Option<MilestoneTelling> {
    let DeliveryRow::Milestone(row) = row else { return None };
    Some(MilestoneTelling { as_at: row.as_at, forecast: row.forecast, actual: row.actual })
}

/// A moment's period, of rules over indicators.
pub const fn period_of(moment: Moment) -> Option<Period> {
    match moment {
        Moment::Period(period) => Some(period),
        Moment::Day(_) => None,
    }
}
