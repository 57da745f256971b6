//! Whether two figures speak of the same thing for the same months.

use chrono::Datelike;

use crate::closed_set;
use crate::measure::{Polarity, UnitKind};
use crate::period::Period;

closed_set! {
    /// Whether a figure can stand beside ours (`Same definition: Yes, No`).
    Break {
        /// It can.
        Same = "SAME", "Same definition";
        /// It was worked out by another definition.
        Changed = "CHANGED", "Definition changed";
        /// Its years begin in another month, or it is for a longer or shorter time: calendar against financial.
        PeriodBasis = "PERIOD_BASIS", "Different months";
    }
}

impl Break {
    /// What parts a figure for one period from ours for another; whoever knows the definitions says whether they
    /// differ, which counts before the months do.
    #[must_use]
    pub fn between(ours: Period, theirs: Period, definition_differs: bool) -> Self {
        if definition_differs {
            Self::Changed
        } else if same_basis(ours, theirs) {
            Self::Same
        } else {
            Self::PeriodBasis
        }
    }

    /// Whether figures so parted may be compared.
    #[must_use]
    pub const fn is_same(self) -> bool {
        matches!(self, Self::Same)
    }
}

/// Why a measure cannot be what an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// More is better of the one, less of the other.
    Polarity,
    /// They are in different sorts of unit, and nobody says that the definitions differ.
    Unit,
}

impl Unlike {
    /// What keeps a measure and an indicator apart, each with its unit and which way is better.
    #[must_use]
    pub fn between(theirs: (&str, Polarity), ours: (&str, Polarity), same_definition: bool) -> Option<Self> {
        use Polarity::{HigherIsBetter, LowerIsBetter};
        if matches!((theirs.1, ours.1), (HigherIsBetter, LowerIsBetter) | (LowerIsBetter, HigherIsBetter)) {
            return Some(Self::Polarity);
        }
        (same_definition && UnitKind::of(theirs.0) != UnitKind::of(ours.0)).then_some(Self::Unit)
    }

    /// It in words.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Polarity => "Of the measure more is better where of the indicator less is, or the other way round: they are not one",
            Self::Unit => "The measure and the indicator are in different units: they are not one",
        }
    }
}

/// Whether figures in one unit can stand among figures in another that somebody else made: percentages, counts and answers of yes or
/// no however they are written, and of all else the same words. £ and £000, days and hours, or two rates are not one unit.
#[must_use]
pub fn same_unit(one: &str, other: &str) -> bool {
    let kind = UnitKind::of(one);
    let by_kind = matches!(kind, UnitKind::Percent | UnitKind::Number | UnitKind::YesNo) && kind == UnitKind::of(other);
    by_kind || one.trim().eq_ignore_ascii_case(other.trim())
}

/// Whether two periods are cut from time in the same way: equally long, and some whole number of their length apart.
/// 2022/23 and 2023/24 are; 2023 and 2023/24, or a quarter from February and one from April, are not.
#[must_use]
pub fn same_basis(one: Period, other: Period) -> bool {
    one.months() == other.months() && (month_of(one) - month_of(other)) % i64::from(one.months()) == 0
}

/// Of several periods the one to stand beside ours: ours itself, else the one as long that shares most months with it,
/// the earlier of two that share as many. None when no such period shares a month.
///
/// 2023 stands beside 2023/24, with nine months shared, and 2024 does not.
pub fn beside(ours: Period, among: impl IntoIterator<Item = Period>) -> Option<Period> {
    let shared = |theirs: Period| {
        let (start, end) = (month_of(ours).max(month_of(theirs)), (month_of(ours) + length(ours)).min(month_of(theirs) + length(theirs)));
        end - start
    };
    among
        .into_iter()
        .filter(|theirs| theirs.months() == ours.months() && shared(*theirs) > 0)
        .max_by_key(|theirs| (shared(*theirs), std::cmp::Reverse(month_of(*theirs))))
}

/// The first month of a period, counted from the year 0.
fn month_of(period: Period) -> i64 {
    i64::from(period.start().year()) * 12 + i64::from(period.start().month0())
}

fn length(period: Period) -> i64 {
    i64::from(period.months())
}
