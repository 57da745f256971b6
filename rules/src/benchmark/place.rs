//! Where our value stands among the others: rank and quarter.

use rust_decimal::Decimal;

use crate::aggregate::rounded;
use crate::closed_set;
use crate::measure::Polarity;

closed_set! {
    /// Which quarter of the group a value would stand in.
    QuartilePosition {
        /// On the better quartile or past it.
        BestQuarter = "BEST_QUARTER", "Best quarter";
        /// Not that, and on the median or past it.
        SecondQuarter = "SECOND_QUARTER", "Second quarter";
        /// Not that, and on the worse quartile or past it.
        ThirdQuarter = "THIRD_QUARTER", "Third quarter";
        /// Worse than the worse quartile.
        WorstQuarter = "WORST_QUARTER", "Worst quarter";
        /// There is no saying, and a reason says why.
        NotRanked = "NOT_RANKED", "Not ranked";
    }
}

/// 1 and how many of the others are better, and how many are the same; all at shown precision. None without a way that
/// is better.
pub(super) fn rank(ours: Decimal, others: &[Decimal], polarity: Polarity, places: u32) -> Option<(usize, usize)> {
    let ours = rounded(ours, places);
    let better = |other: &Decimal| match polarity {
        Polarity::HigherIsBetter => Some(*other > ours),
        Polarity::LowerIsBetter => Some(*other < ours),
        Polarity::WithinRange | Polarity::None => None,
    };
    let (mut ahead, mut beside) = (0, 0);
    for other in others {
        let other = rounded(*other, places);
        ahead += usize::from(better(&other)?);
        beside += usize::from(other == ours);
    }
    better(&ours)?;
    Some((ahead + 1, beside))
}

/// The quarter of the group's quartiles `[lower, median, upper]` a value stands in, all as they print. On the edge of
/// two quarters it has the better one.
///
/// Where both quartiles print as our value does, best and worst quarter are the same place, and there is no saying.
pub(super) fn quarter(ours: Decimal, quartiles: [Decimal; 3], polarity: Polarity, places: u32) -> Option<QuartilePosition> {
    let ours = rounded(ours, places);
    let [lower, median, upper] = quartiles.map(|quartile| rounded(quartile, places));
    let (best, worst, reaches): (_, _, fn(Decimal, Decimal) -> bool) = match polarity {
        Polarity::HigherIsBetter => (upper, lower, |ours, edge| ours >= edge),
        Polarity::LowerIsBetter => (lower, upper, |ours, edge| ours <= edge),
        Polarity::WithinRange | Polarity::None => return None,
    };
    if best == worst && ours == best {
        return None;
    }
    Some(if reaches(ours, best) {
        QuartilePosition::BestQuarter
    } else if reaches(ours, median) {
        QuartilePosition::SecondQuarter
    } else if reaches(ours, worst) {
        QuartilePosition::ThirdQuarter
    } else {
        QuartilePosition::WorstQuarter
    })
}

/// Nobody is ranked until somebody is.
impl Default for QuartilePosition {
    fn default() -> Self {
        Self::NotRanked
    }
}
