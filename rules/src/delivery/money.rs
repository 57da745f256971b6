//! Money of an element in a year: what was given, what was moved, what was spent, what the year is expected to cost.

use rust_decimal::Decimal;

use super::book::MoneyRow;
use super::project::DeliveryStatus;
use crate::aggregate::rounded;
use crate::closed_set;
use crate::period::Period;

/// Decimals a variance in per cent is shown with, and judged at.
pub const PERCENT_PLACES: u32 = 1;

closed_set! {
    /// Which of a council's purses money is of.
    Fund {
        /// For what is used up within the year.
        Revenue = "REVENUE", "Revenue";
        /// For what lasts.
        Capital = "CAPITAL", "Capital";
    }
}

/// The money of one element in one year, in pounds. What is spent is above zero, what comes in below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// As voted; none where nothing was.
    pub original: Option<Decimal>,
    /// The sum of all that was moved.
    pub moved: Decimal,
    /// Spent so far.
    pub actual: Option<Decimal>,
    /// What the year is expected to come to.
    pub forecast: Option<Decimal>,
}

/// How far from its budget an element may end the year, either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance {
    /// Of the budget, in per cent: past this it is amber.
    pub amber_percent: Decimal,
    /// Of the budget, in per cent: past this it is red.
    pub red_percent: Decimal,
    /// Pounds that are always within it, however small the budget.
    pub always_within: Decimal,
}

impl Tolerance {
    /// 1% and 2% of the budget, and never less than £10,000: what is taken where a council says nothing else.
    #[must_use]
    pub fn usual() -> Self {
        Self { amber_percent: Decimal::ONE, red_percent: Decimal::TWO, always_within: Decimal::from(10_000) }
    }

    /// What a council says of an element and fund in a year: as last told by the end of a period, else as told of the year; what is
    /// usual where nothing is.
    #[must_use]
    pub fn of(rows: &[&MoneyRow], until: Period) -> Self {
        let told = rows.iter().filter(|row| row.period.end() <= until.end() || row.period.months() == 12);
        let last =
            told.filter_map(|row| Some(((row.period.end() <= until.end(), row.period.end()), row.tolerance?))).max_by_key(|(at, _)| *at);
        match last {
            Some((_, percent)) => {
                Self { amber_percent: percent, red_percent: percent.saturating_mul(Decimal::TWO), always_within: Decimal::ZERO }
            }
            None => Self::usual(),
        }
    }
}

impl Position {
    /// The position of one element and fund in a year, as at the end of a period: from what was told of the year and its periods.
    ///
    /// The budget is the year's where the year says it, else the last that was told. What was moved adds up, period by period. What was
    /// spent and what is expected are as last told; what is told of the whole year counts from its end, but for its budget and for what
    /// was expected of it at first. None where a sum cannot be held.
    #[must_use]
    pub fn of(rows: &[&MoneyRow], until: Period) -> Option<Self> {
        let mut periods: Vec<&MoneyRow> = rows.iter().copied().filter(|row| row.period.end() <= until.end()).collect();
        periods.sort_by_key(|row| (row.period.end(), row.period.months()));
        let year = rows.iter().find(|row| row.period.months() == 12);
        let last = |of: fn(&MoneyRow) -> Option<Decimal>| periods.iter().rev().find_map(|row| of(row));
        let mut moved = Decimal::ZERO;
        for sum in periods.iter().filter_map(|row| row.virement) {
            moved = moved.checked_add(sum)?;
        }
        Some(Self {
            original: year.and_then(|row| row.budget).or_else(|| last(|row| row.budget)),
            moved,
            actual: last(|row| row.actual),
            forecast: last(|row| row.forecast).or_else(|| year.and_then(|row| row.forecast)),
        })
    }

    /// The budget as it is now: as voted, with what was moved.
    #[must_use]
    pub fn budget(&self) -> Option<Decimal> {
        self.original?.checked_add(self.moved)
    }

    /// What the year is expected to cost above its budget; below zero what is left.
    #[must_use]
    pub fn variance(&self) -> Option<Decimal> {
        self.forecast?.checked_sub(self.budget()?)
    }

    /// The variance in per cent of the budget, exact; none of a budget of nothing.
    #[must_use]
    pub fn variance_percent(&self) -> Option<Decimal> {
        let budget = self.budget().filter(|budget| !budget.is_zero())?;
        self.variance()?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget.abs())
    }

    /// How the year is expected to end: an underspend past the tolerance is told as one is that is overspent, as what was planned is
    /// not being done.
    #[must_use]
    pub fn status(&self, tolerance: &Tolerance) -> Option<DeliveryStatus> {
        let variance = self.variance()?.abs();
        if variance <= tolerance.always_within {
            return Some(DeliveryStatus::Green);
        }
        // Money where none was voted has no per cent, and is past any.
        let Some(percent) = self.variance_percent() else { return Some(DeliveryStatus::Red) };
        // Judged at the precision it is shown at.
        Some(match rounded(percent.abs(), PERCENT_PLACES) {
            percent if percent <= tolerance.amber_percent => DeliveryStatus::Green,
            percent if percent <= tolerance.red_percent => DeliveryStatus::Amber,
            _ => DeliveryStatus::Red,
        })
    }

    /// Two together: an element with what stands below it. What is spent, and what is expected, is known of both only where it is known
    /// of each that has a budget: a sum without a part of it would look like money left.
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        let add = |one: Option<Decimal>, two: Option<Decimal>| match (one, two) {
            (Some(one), Some(two)) => one.checked_add(two).map(Some),
            (one, two) => Some(one.or(two)),
        };
        let known = |of: fn(&Self) -> Option<Decimal>| [self, other].iter().all(|one| one.budget().is_none() || of(one).is_some());
        let whole = |of: fn(&Self) -> Option<Decimal>| if known(of) { add(of(self), of(other)) } else { Some(None) };
        Some(Self {
            original: add(self.original, other.original)?,
            moved: self.moved.checked_add(other.moved)?,
            actual: whole(|of| of.actual)?,
            forecast: whole(|of| of.forecast)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(period: &str, [budget, virement, actual, forecast]: [Option<i64>; 4]) -> MoneyRow {
        MoneyRow {
            element: "S".into(),
            period: period.parse().unwrap(),
            fund: Fund::Revenue,
            budget: budget.map(Into::into),
            virement: virement.map(Into::into),
            actual: actual.map(Into::into),
            forecast: forecast.map(Into::into),
            tolerance: None,
            note: None,
        }
    }

    #[test]
    fn a_council_says_how_far_a_year_may_end_from_its_budget() {
        let year = MoneyRow { tolerance: Some(5.into()), ..told("2024/25", [Some(1_000_000), None, None, None]) };
        let quarter = MoneyRow { tolerance: Some(Decimal::ZERO), ..told("2024/25 Q2", [None, None, None, Some(1_060_000)]) };
        let status = |rows: &[&MoneyRow], until: &str| {
            let until = until.parse().unwrap();
            Position::of(rows, until).unwrap().status(&Tolerance::of(rows, until))
        };
        let forecast = |sum: i64| told("2024/25 Q1", [None, None, None, Some(sum)]);
        for (sum, expected) in [(1_050_499, DeliveryStatus::Green), (1_050_500, DeliveryStatus::Amber), (1_100_500, DeliveryStatus::Red)] {
            assert_eq!(status(&[&year, &forecast(sum)], "2024/25 Q1"), Some(expected), "{sum}");
        }
        let usual = told("2024/25", [Some(1_000_000), None, None, None]);
        assert_eq!(status(&[&usual, &forecast(1_050_000)], "2024/25 Q1"), Some(DeliveryStatus::Red), "5% where 2% is usual");
        assert_eq!(status(&[&year, &quarter], "2024/25 Q2"), Some(DeliveryStatus::Red), "the last word");
        assert_eq!(status(&[&year, &quarter, &forecast(1_000_001)], "2024/25 Q1"), Some(DeliveryStatus::Green), "not a later one");
    }

    #[test]
    fn a_year_reads_as_it_was_told_by_the_end_of_a_period() {
        let rows = [
            told("2024/25", [Some(100), None, None, Some(100)]),
            told("2024/25 Q2", [None, Some(-5), Some(55), None]),
            told("2024/25 Q1", [Some(90), Some(10), Some(20), Some(104)]),
        ];
        let rows: Vec<&MoneyRow> = rows.iter().collect();
        let at = |until: &str| {
            let of = Position::of(&rows, until.parse().unwrap()).unwrap();
            [of.original, Some(of.moved), of.actual, of.forecast].map(|sum| sum.map(|sum| i64::try_from(sum).unwrap()))
        };
        assert_eq!(at("2024-04"), [Some(100), Some(0), None, Some(100)], "before anything was told of a period");
        assert_eq!(at("2024/25 Q1"), [Some(100), Some(10), Some(20), Some(104)], "the year's budget, not the period's");
        assert_eq!(at("2024/25 Q2"), [Some(100), Some(5), Some(55), Some(104)], "as last expected");
        assert_eq!(at("2024/25"), [Some(100), Some(5), Some(55), Some(100)], "the year's own word counts from its end");
        let without: Vec<&MoneyRow> = rows[1..].to_vec();
        assert_eq!(Position::of(&without, "2024/25 Q2".parse().unwrap()).unwrap().original, Some(90.into()));
    }

    fn position(original: i64, moved: i64, forecast: i64) -> Position {
        Position { original: Some(original.into()), moved: moved.into(), actual: None, forecast: Some(forecast.into()) }
    }

    #[test]
    fn a_year_is_judged_against_the_budget_as_it_is_now() {
        let service = position(1_000_000, 50_000, 1_081_500);
        assert_eq!(service.budget(), Some(1_050_000.into()));
        assert_eq!(service.variance(), Some(31_500.into()));
        assert_eq!(service.variance_percent(), Some(3.into()));
        let status = |position: Position| position.status(&Tolerance::usual());
        assert_eq!(status(service), Some(DeliveryStatus::Red));
        assert_eq!(status(position(1_000_000, 0, 1_020_000)), Some(DeliveryStatus::Amber));
        assert_eq!(status(position(1_000_000, 0, 1_010_000)), Some(DeliveryStatus::Green));
        assert_eq!(status(position(1_000_000, 0, 970_000)), Some(DeliveryStatus::Red), "what is left over is told too");
        assert_eq!(status(position(2_000_000, 0, 2_020_000)), Some(DeliveryStatus::Green), "up to the tolerance is within it");
        assert_eq!(status(position(2_000_000, 0, 2_040_000)), Some(DeliveryStatus::Amber));
        assert_eq!(status(position(10_000, 0, 20_000)), Some(DeliveryStatus::Green), "small sums are small");
        assert_eq!(status(position(0, 0, 20_000)), Some(DeliveryStatus::Red), "nothing was voted");
        assert_eq!(status(Position { forecast: None, ..service }), None);
    }

    #[test]
    fn income_is_below_zero_and_falls_short_above_it() {
        let planning = position(-400_000, 0, -360_000);
        assert_eq!((planning.variance(), planning.variance_percent()), (Some(40_000.into()), Some(10.into())));
    }

    #[test]
    fn an_element_is_added_to_what_stands_below_it() {
        let above = Position { original: None, moved: 5.into(), actual: Some(7.into()), forecast: None };
        let both = above.and(&position(100, 1, 90)).unwrap();
        assert_eq!(both, Position { original: Some(100.into()), moved: 6.into(), actual: None, forecast: Some(90.into()) });
        let unspent = Position { actual: Some(1.into()), ..position(100, 0, 90) };
        assert_eq!(above.and(&unspent).unwrap().actual, Some(8.into()));
        // A part that is voted and of which nothing is expected yet leaves nothing to say of the whole.
        let silent = Position { forecast: None, ..position(1_000_000, 0, 0) };
        let both = silent.and(&position(500_000, 0, 505_000)).unwrap();
        assert_eq!((both.budget(), both.forecast, both.status(&Tolerance::usual())), (Some(1_500_000.into()), None, None));
        assert_eq!(both.and(&position(10, 0, 10)).unwrap().forecast, None, "nor with a third");
        let most = Position { actual: Some(Decimal::MAX), ..Position::default() };
        assert_eq!(most.and(&most), None, "a sum that cannot be held is none");
    }
}
