//! Which version of a figure somebody reads: a draft, what was approved, or what was released to a forum.
//!
//! A forum is given a reporting period's figures by a release. What it reads of a period is what the newest release that
//! reaches so far said of it: an old series comes with its newest release, and an older period that is released again
//! shows its correction. [`Releases`] is that rule.

use chrono::{DateTime, NaiveDate, Utc};

use crate::audience::Audience;
use crate::closed_set;

closed_set! {
    /// Which version of a figure is read, the best first: whoever may read a draft reads the draft.
    Reading {
        /// As it is recorded, drafts included.
        Recorded = "RECORDED", "As recorded";
        /// As it was approved. What was recorded before the workflow of returns was switched on counts as approved, as it read
        /// then.
        Approved = "APPROVED", "As approved";
        /// As it was released to a forum.
        Released = "RELEASED", "As released";
    }
}

impl Reading {
    /// Who reads so: what may be shown beside the figure follows from it.
    #[must_use]
    pub const fn audience(self) -> Audience {
        match self {
            Self::Recorded => Audience::Officers,
            Self::Approved => Audience::Cabinet,
            Self::Released => Audience::Scrutiny,
        }
    }
}

/// One release, as far as reading goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released {
    /// The last day of the period that was released.
    pub until: NaiveDate,
    /// Figures read as they read at this instant.
    pub as_at: DateTime<Utc>,
}

/// What was released of an indicator: from which instant each period of it reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Releases {
    /// The latest period first, and each with a later instant than the ones before it: the others are never read.
    steps: Vec<Released>,
}

impl Releases {
    /// Of releases in any order; those that are withdrawn are not among them.
    #[must_use]
    pub fn of(releases: impl IntoIterator<Item = Released>) -> Self {
        let mut all: Vec<Released> = releases.into_iter().collect();
        all.sort_by_key(|one| std::cmp::Reverse((one.until, one.as_at)));
        let mut steps: Vec<Released> = Vec::new();
        for release in all {
            if steps.last().is_none_or(|last| release.as_at > last.as_at) {
                steps.push(release);
            }
        }
        Self { steps }
    }

    /// The instant as at which a period that ends on a day is read; none where it was not released.
    #[must_use]
    pub fn at(&self, end: NaiveDate) -> Option<DateTime<Utc>> {
        self.steps.iter().rfind(|step| step.until >= end).map(|step| step.as_at)
    }

    /// The last day of what was released.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        self.steps.first().map(|step| step.until)
    }

    /// The latest instant anything is read as at.
    #[must_use]
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.steps.last().map(|step| step.as_at)
    }

    /// Every instant something is read as at.
    pub fn instants(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.steps.iter().map(|step| step.as_at)
    }

    /// Whether nothing was released.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}T12:00:00Z").parse().unwrap()
    }

    fn release(until: &str, as_at: &str) -> Released {
        Released { until: day(until), as_at: at(as_at) }
    }

    #[test]
    fn an_old_series_comes_with_its_newest_release_and_nothing_after_it_is_seen() {
        let releases = Releases::of([release("2024-06-30", "2024-08-01"), release("2024-09-30", "2024-11-01")]);
        assert_eq!(releases.at(day("2024-03-31")), Some(at("2024-11-01")));
        assert_eq!(releases.at(day("2024-09-30")), Some(at("2024-11-01")));
        assert_eq!(releases.at(day("2024-10-31")), None);
        assert_eq!((releases.until(), releases.latest()), (Some(day("2024-09-30")), Some(at("2024-11-01"))));
        assert_eq!(Releases::of([]).at(day("2024-03-31")), None);
    }

    #[test]
    fn an_older_period_released_again_shows_its_correction_and_leaves_the_newer_as_it_was() {
        let releases =
            Releases::of([release("2024-06-30", "2024-12-01"), release("2024-09-30", "2024-11-01"), release("2024-06-30", "2024-08-01")]);
        assert_eq!(releases.at(day("2024-09-30")), Some(at("2024-11-01")));
        assert_eq!(releases.at(day("2024-08-31")), Some(at("2024-11-01")));
        assert_eq!(releases.at(day("2024-06-30")), Some(at("2024-12-01")));
        assert_eq!(releases.at(day("2023-06-30")), Some(at("2024-12-01")));
        assert_eq!(releases.instants().collect::<Vec<_>>(), [at("2024-11-01"), at("2024-12-01")]);
    }

    #[test]
    fn the_step_read_is_the_latest_of_those_that_reach_so_far() {
        // Against the rule said as it is written, for every set of four releases over four periods and instants.
        let days: Vec<NaiveDate> = (1..=4).map(|n| day(&format!("2024-0{n}-28"))).collect();
        let instants: Vec<DateTime<Utc>> = (1..=4).map(|n| at(&format!("2024-1{}-01", n % 3))).collect();
        for code in 0..4_usize.pow(6) {
            let drawn = |place: u32| code / 4_usize.pow(place) % 4;
            let made: Vec<Released> = (0..3).map(|n| Released { until: days[drawn(2 * n)], as_at: instants[drawn(2 * n + 1)] }).collect();
            let releases = Releases::of(made.clone());
            for end in &days {
                let expected = made.iter().filter(|r| r.until >= *end).map(|r| r.as_at).max();
                assert_eq!(releases.at(*end), expected, "{made:?} at {end}");
            }
        }
    }

    #[test]
    fn whoever_may_read_a_draft_reads_the_draft() {
        assert!(Reading::Recorded < Reading::Approved && Reading::Approved < Reading::Released);
        assert!(Reading::ALL.windows(2).all(|pair| pair[0].audience() > pair[1].audience()));
    }
}
