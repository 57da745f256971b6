//! How figures are looked at: as at which instant, and whether only what was approved or published is seen.

use chrono::{DateTime, NaiveDate, Utc};
use rules::period::Period;
use rules::reading::Releases;
use rules::series::Observation;
use uuid::Uuid;

use super::store::{History, Revision, Stamp};
use crate::frameworks::catalogue::Held;
use crate::returns::workflow::Workflow;
use crate::values::calendar::Calendar;

/// As at which instant each period reads.
#[derive(Debug, Clone)]
pub enum Upto {
    /// All as at one; [`crate::frameworks::catalogue::NOW`] for as they read now.
    Instant(DateTime<Utc>),
    /// By what was released.
    Releases(Releases),
}

/// What has to have happened to a figure before it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It was approved, where the workflow covers its period.
    Approved,
    /// It was published.
    Published,
}

/// How the figures of an indicator are looked at.
#[derive(Debug, Clone)]
pub struct Through {
    pub upto: Upto,
    pub gate: Gate,
}

/// What decides whether a period of the calendar has to have been approved.
#[derive(Debug, Clone, Default)]
pub struct Cycle {
    pub calendar: Calendar,
    /// How the workflow stood, the earliest first.
    pub workflows: Vec<(Held, Workflow)>,
}

impl Cycle {
    /// Since when a figure's period was covered by the workflow as it stood at an instant; none where it was not. Switched
    /// again, with the period covered before and after, it is covered since the first. A figure belongs to a reporting
    /// period; where there is none its own period is asked about.
    pub fn covered_since(&self, period: Period, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let stood = self.workflows.iter().rposition(|(held, _)| held.at(at))?;
        let reporting = self.calendar.reporting(period).map_or(period, |(_, row)| row.period);
        let until = self.workflows.get(..=stood)?.iter().rev();
        until.take_while(|(_, workflow)| workflow.covers(reporting)).last().map(|(held, _)| held.from)
    }

    /// Whether the workflow ever was on.
    pub fn ever(&self) -> bool {
        self.workflows.iter().any(|(_, workflow)| workflow.from.is_some())
    }
}

/// What is seen of one period.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// The period is not there.
    Nothing,
    /// As it read at an instant.
    AsAt(DateTime<Utc>),
    /// As it was approved or published.
    Stamped(&'a Stamp),
}

impl Seen<'_> {
    /// The instant by whose targets and rules it is judged.
    pub const fn judged_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Nothing => None,
            Self::AsAt(instant) => Some(*instant),
            Self::Stamped(stamp) => Some(stamp.held.from),
        }
    }
}

impl Through {
    /// The instant by which indicators are what they are: the latest one anything is read as at.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        match &self.upto {
            Upto::Instant(instant) => Some(*instant),
            Upto::Releases(releases) => releases.latest(),
        }
    }

    fn at(&self, end: NaiveDate) -> Option<DateTime<Utc>> {
        match &self.upto {
            Upto::Instant(instant) => Some(*instant),
            Upto::Releases(releases) => releases.at(end),
        }
    }

    /// What is seen of a period.
    pub fn sees<'a>(&self, period: Period, history: &'a History, cycle: &Cycle) -> Seen<'a> {
        let Some(instant) = self.at(period.end()) else { return Seen::Nothing };
        let since = match self.gate {
            Gate::Approved => match cycle.covered_since(period, instant) {
                Some(since) => Some(since),
                None => return Seen::AsAt(instant),
            },
            Gate::Published => None,
        };
        let stamp = history.stamps.iter().rfind(|stamp| stamp.period == period && stamp.held.at(instant));
        match (stamp, since) {
            (Some(stamp), _) => Seen::Stamped(stamp),
            // What was there before the workflow is not hidden by it: it reads as it did when it was switched on.
            (None, Some(since)) if history.had(period, since) => Seen::AsAt(since),
            (None, _) => Seen::Nothing,
        }
    }
}

impl History {
    /// Whether there was a figure of a period at an instant.
    fn had(&self, period: Period, at: DateTime<Utc>) -> bool {
        let from = self.figures.partition_point(|revision| revision.observation.period < period);
        let of_period = self.figures.iter().skip(from).take_while(|revision| revision.observation.period == period);
        of_period.into_iter().any(|revision| revision.held.at(at))
    }

    /// The figures that are seen, the earliest first.
    pub fn seen(&self, through: &Through, cycle: &Cycle) -> Vec<&Revision> {
        let mut seen = Vec::new();
        for of_period in self.figures.chunk_by(|a, b| a.observation.period == b.observation.period) {
            let Some(period) = of_period.first().map(|revision: &Revision| period_of(&revision.observation)) else { continue };
            let chosen = match through.sees(period, self, cycle) {
                Seen::Nothing => None,
                Seen::AsAt(instant) => of_period.iter().rfind(|revision| revision.held.at(instant)),
                Seen::Stamped(stamp) => of_period.iter().find(|revision| is(stamp.figure, revision)),
            };
            seen.extend(chosen);
        }
        seen
    }
}

const fn period_of(observation: &Observation) -> Period {
    observation.period
}

fn is(id: Option<Uuid>, revision: &Revision) -> bool {
    id == Some(revision.id)
}
