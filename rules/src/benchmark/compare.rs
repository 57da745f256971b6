//! The comparison: a group's figures, and where ours stands beside them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::figures::{OfSums, QUARTILES_MIN, mean, quartile, ratio_of_sums};
use super::place::{quarter, rank};
use super::{Part, QuartilePosition, Reason, Standing};
use crate::aggregate::rounded;
use crate::measure::Polarity;

/// A figure of ours and a group's, for one metric and one period.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Which way is better.
    pub polarity: Polarity,
    /// Decimals shown, and compared at (§5.1).
    pub decimal_places: u32,
    /// Numerator over denominator is multiplied by this.
    pub multiplier: Decimal,
    /// Our figure.
    pub ours: Option<&'a Part>,
    /// Whether the group itself holds us, as our region does and our nearest neighbours do not: the group's figures are
    /// of us too then.
    pub ours_in_group: bool,
    /// The figures of the group's other members, never ours. A member without a figure has a part that says why.
    pub members: &'a [Part],
}

/// A group's figures for one metric and period, and where ours stands. Figures are at full precision; show them at the
/// metric's decimal places.
///
/// `counted` and the six counts of who was left out add up to the group's members: `members`, and us where the group
/// holds us and a part of ours was given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// How many values the group's figures are of.
    pub counted: u32,
    /// How many of them were shared and are not published.
    pub shared: u32,
    /// How many of the group have no value.
    pub missing: u32,
    /// How many have one that may not be shown.
    pub suppressed: u32,
    /// How many have not the service.
    pub not_responsible: u32,
    /// How many had not been formed.
    pub not_yet: u32,
    /// How many had ended.
    pub abolished: u32,
    /// How many have a value by another definition or for other months.
    pub not_comparable: u32,
    /// The lowest value.
    pub lowest: Option<Decimal>,
    /// The highest value.
    pub highest: Option<Decimal>,
    /// The mean of the values: every council weighs the same, however small.
    pub mean: Option<Decimal>,
    /// The value in the middle.
    pub median: Option<Decimal>,
    /// The sum of the numerators over the sum of the denominators, times the multiplier: what the group is as one.
    /// Only where every value counted came with both.
    pub ratio_of_sums: Option<Decimal>,
    /// A quarter of the way up, by the inclusive method. None of fewer than four values.
    pub lower_quartile: Option<Decimal>,
    /// Three quarters of the way up.
    pub upper_quartile: Option<Decimal>,
    /// Our place among the members that count and us, whether the group holds us or not: 1 is best, ties share
    /// (1, 2, 2, 4), all at shown precision.
    pub rank: Option<u32>,
    /// How many were ranked, we among them. There whenever `rank` is.
    pub of: Option<u32>,
    /// How many others share our rank.
    pub rank_shared_with: u32,
    /// The quarter of the group's quartiles our value stands in.
    pub position: QuartilePosition,
    /// Our value less the median, as both are shown, so that a reader who subtracts finds the same.
    pub from_median: Option<Decimal>,
    /// What is not given and why, and what must be known of what is.
    pub reasons: Vec<Reason>,
}

/// Compares.
///
/// The group's figures are of its members that count, and of us only where the group holds us. A member that does not
/// count changes nothing but its own count and the reason that tells of it.
#[must_use]
pub fn compare(question: &Question<'_>) -> Comparison {
    let multiplier = question.multiplier;
    let ours = question.ours;
    let us_among_them = ours.filter(|_| question.ours_in_group);
    let group = || question.members.iter().chain(us_among_them);

    let mut comparison = Comparison::default();
    group().for_each(|part| comparison.count(part.stands(multiplier)));
    let mut ascending: Vec<Decimal> = group().filter_map(|part| part.value(multiplier)).collect();
    ascending.sort_unstable();
    comparison.describe(&ascending);
    if !ascending.is_empty() {
        let counted = group().filter(|part| part.value(multiplier).is_some());
        comparison.weigh(ratio_of_sums(counted, multiplier));
    }

    match ours.map(|part| (part.value(multiplier), part.stands(multiplier))) {
        None => comparison.reasons.push(Reason::NoneOfOurs),
        Some((None, standing)) => comparison.reasons.push(Reason::OursLeftOut { standing }),
        Some((Some(value), _)) => {
            let others: Vec<Decimal> = question.members.iter().filter_map(|part| part.value(multiplier)).collect();
            comparison.place(value, &others, question);
        }
    }
    comparison
}

impl Comparison {
    /// Counts one of the group.
    const fn count(&mut self, standing: Standing) {
        let count = match standing {
            Standing::Published => &mut self.counted,
            Standing::Shared => {
                self.shared = self.shared.saturating_add(1);
                &mut self.counted
            }
            Standing::Missing => &mut self.missing,
            Standing::Suppressed => &mut self.suppressed,
            Standing::NotResponsible => &mut self.not_responsible,
            Standing::NotYet => &mut self.not_yet,
            Standing::Abolished => &mut self.abolished,
            Standing::NotSameDefinition => &mut self.not_comparable,
        };
        *count = count.saturating_add(1);
    }

    /// How many of the group have a standing that does not count.
    #[must_use]
    pub const fn left_out(&self, standing: Standing) -> u32 {
        match standing {
            Standing::Published | Standing::Shared => 0,
            Standing::Missing => self.missing,
            Standing::Suppressed => self.suppressed,
            Standing::NotResponsible => self.not_responsible,
            Standing::NotYet => self.not_yet,
            Standing::Abolished => self.abolished,
            Standing::NotSameDefinition => self.not_comparable,
        }
    }

    /// The figures of the values alone, and who they are not of.
    fn describe(&mut self, ascending: &[Decimal]) {
        for standing in Standing::ALL.iter().copied() {
            let members = self.left_out(standing);
            if members > 0 {
                self.reasons.push(Reason::LeftOut { standing, members });
            }
        }
        if self.shared > 0 {
            self.reasons.push(Reason::Shared { members: self.shared });
        }
        if ascending.is_empty() {
            self.reasons.push(Reason::NobodyCounts);
            return;
        }
        (self.lowest, self.highest) = (ascending.first().copied(), ascending.last().copied());
        (self.mean, self.median) = (mean(ascending), quartile(ascending, 2));
        if self.mean.is_none() {
            self.reasons.push(Reason::TooLarge);
        }
        if ascending.len() < QUARTILES_MIN {
            self.reasons.push(Reason::TooFewForQuartiles { counted: self.counted, needed: QUARTILES_MIN as u32 });
        } else {
            (self.lower_quartile, self.upper_quartile) = (quartile(ascending, 1), quartile(ascending, 3));
        }
    }

    fn weigh(&mut self, of_sums: OfSums) {
        match of_sums {
            OfSums::Is(ratio) => self.ratio_of_sums = Some(ratio),
            OfSums::Lacking(lacking) => {
                self.reasons.push(Reason::NoSums { lacking: whole(lacking), counted: self.counted });
            }
            OfSums::OverNothing => self.reasons.push(Reason::SumsOverNothing),
            OfSums::TooLarge if self.reasons.contains(&Reason::TooLarge) => {}
            OfSums::TooLarge => self.reasons.push(Reason::TooLarge),
        }
    }

    /// Our value's rank among the others, its quarter, and how far it is from the median.
    fn place(&mut self, ours: Decimal, others: &[Decimal], question: &Question<'_>) {
        let (polarity, places) = (question.polarity, question.decimal_places);
        self.from_median = self.median.and_then(|median| rounded(ours, places).checked_sub(rounded(median, places)));
        match polarity {
            Polarity::None => self.reasons.push(Reason::NoPreference),
            Polarity::WithinRange => self.reasons.push(Reason::RangePreferred),
            Polarity::HigherIsBetter | Polarity::LowerIsBetter if others.is_empty() => {
                if !self.reasons.contains(&Reason::NobodyCounts) {
                    self.reasons.push(Reason::NobodyCounts);
                }
            }
            Polarity::HigherIsBetter | Polarity::LowerIsBetter => {
                if let Some((place, beside)) = rank(ours, others, polarity, places) {
                    (self.rank, self.of) = (Some(whole(place)), Some(whole(others.len() + 1)));
                    self.rank_shared_with = whole(beside);
                }
                if let (Some(lower), Some(median), Some(upper)) = (self.lower_quartile, self.median, self.upper_quartile) {
                    match quarter(ours, [lower, median, upper], polarity, places) {
                        Some(position) => self.position = position,
                        None => self.reasons.push(Reason::QuartersAlike),
                    }
                }
            }
        }
    }
}

/// A count as it is told; nobody compares four thousand million councils.
fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
