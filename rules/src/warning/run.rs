//! Runs of periods, found once for all rules that look for them.

use super::{Ceased, Ending, Moment};
use crate::period::Period;

/// What a period says to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is so.
    So,
    /// It is not.
    NotSo,
    /// It is so, and of something new: the run before it is over.
    SoAnew,
    /// There is no figure to tell by.
    NoFigure,
    /// Nothing is owed: it is passed over.
    Nothing,
}

/// Periods that are so, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Their places among what was asked; at least one.
    pub places: Vec<usize>,
    /// What ended it.
    pub until: Option<Ending>,
}

/// The runs among periods in order.
pub(super) fn runs(periods: impl IntoIterator<Item = (Period, Says)>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    for (place, (period, says)) in periods.into_iter().enumerate() {
        let why = match says {
            Says::Nothing => continue,
            Says::So => {
                places.push(place);
                continue;
            }
            Says::NotSo | Says::SoAnew => Ceased::NoLonger,
            Says::NoFigure => Ceased::NoFigure,
        };
        if !places.is_empty() {
            let until = Some(Ending { at: Moment::Period(period), why });
            runs.push(Run { places: std::mem::take(&mut places), until });
        }
        if says == Says::SoAnew {
            places.push(place);
        }
    }
    if !places.is_empty() {
        runs.push(Run { places, until: None });
    }
    runs
}

impl Run {
    /// How many periods.
    pub fn length(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// The place where it had lasted so many periods.
    pub fn reached(&self, periods: u32) -> Option<usize> {
        self.places.get((periods as usize).checked_sub(1)?).copied()
    }

    /// Its first and last place.
    pub fn ends(&self) -> Option<(usize, usize)> {
        Some((*self.places.first()?, *self.places.last()?))
    }

    /// The latest of its places, so many at most.
    pub fn latest(&self, most: usize) -> &[usize] {
        self.places.get(self.places.len().saturating_sub(most)..).unwrap_or_default()
    }
}
