//! LEVELS (Huntingdonshire): on target or better is green; off target and not past the intervention level is
//! amber; past it red. Without an intervention level there is no amber (§5.2).
//!
//! Also [`Aim`], the one-sided question the other shapes share.

use rust_decimal::Decimal;

use super::judge::{Case, Verdict};
use super::{Against, Aimed, Colour, Margin, Then};
use crate::aggregate::rounded;
use crate::measure::Polarity;

pub(super) fn judge(case: &Case) -> Verdict {
    match Aim::of(case) {
        Ok(aim) => against(case, &aim),
        Err(verdict) => verdict,
    }
}

/// Judges a value against one target and at most one intervention level.
pub(super) fn against(case: &Case, aim: &Aim) -> Verdict {
    if aim.reached(case.value, aim.target) {
        return case.verdict(Colour::Green, aim.against(Then::Reached));
    }
    let Some(level) = aim.intervention else { return case.verdict(Colour::Red, aim.against(Then::NoLevel)) };
    if aim.reached(case.value, level) {
        case.verdict(Colour::Amber, aim.against(Then::Tolerated(level)))
    } else {
        case.verdict(Colour::Red, aim.against(Then::Passed(level)))
    }
}

/// Which way is better and what is aimed at: a range is two of these, and a value outside it faces one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    higher_is_better: bool,
    /// Rounded.
    pub target: Decimal,
    /// As given: what a margin is worked out from.
    target_given: Decimal,
    /// Rounded.
    pub intervention: Option<Decimal>,
    aimed: Aimed,
    places: u32,
}

impl Aim {
    /// What the case is judged against by its polarity, or the verdict where nothing is left to judge.
    pub fn of(case: &Case) -> Result<Self, Verdict> {
        let higher_is_better = match case.polarity {
            Polarity::HigherIsBetter => true,
            Polarity::LowerIsBetter => false,
            Polarity::WithinRange => return Self::of_range(case),
            Polarity::None if case.thresholds.target.is_none() => return Err(no_target(case)),
            Polarity::None => return Err(case.verdict(Colour::NotApplicable, Against::NoPreference)),
        };
        let target = case.thresholds.target.ok_or_else(|| no_target(case))?;
        Ok(Self {
            higher_is_better,
            target: rounded(target, case.places),
            target_given: target,
            intervention: case.thresholds.intervention.map(|level| rounded(level, case.places)),
            aimed: Aimed::Target,
            places: case.places,
        })
    }

    /// The side of the target range the value is on; GREEN inside it.
    pub fn of_range(case: &Case) -> Result<Self, Verdict> {
        let Case { thresholds, places, value, .. } = *case;
        let (lower, upper) = (thresholds.lower, thresholds.upper);
        if lower.is_none() && upper.is_none() {
            return Err(case.verdict(Colour::NoTarget, Against::NoRange));
        }
        if let Some(given) = lower.filter(|l| value < rounded(*l, places)) {
            return Ok(Self {
                higher_is_better: true,
                target: rounded(given, places),
                target_given: given,
                intervention: thresholds.intervention_lower.map(|level| rounded(level, places)),
                aimed: Aimed::Lower,
                places,
            });
        }
        if let Some(given) = upper.filter(|u| value > rounded(*u, places)) {
            return Ok(Self {
                higher_is_better: false,
                target: rounded(given, places),
                target_given: given,
                intervention: thresholds.intervention_upper.map(|level| rounded(level, places)),
                aimed: Aimed::Upper,
                places,
            });
        }
        Err(case.verdict(Colour::Green, Against::Inside { lower, upper }))
    }

    /// Whether a value is at a threshold or on its better side; both rounded.
    pub fn reached(&self, value: Decimal, threshold: Decimal) -> bool {
        if self.higher_is_better { value >= threshold } else { value <= threshold }
    }

    /// The target moved by a margin to its worse or better side, at the places shown: what would print as equal to
    /// the limit is at the limit. A limit too large to hold is the largest there is.
    pub fn limit(&self, margin: Margin, better: bool) -> Decimal {
        let size = match margin {
            Margin::Points(points) => Some(points),
            Margin::Percent(percent) => {
                self.target_given.abs().checked_mul(percent).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED))
            }
        };
        let upwards = better == self.higher_is_better;
        let moved = size.and_then(|size| if upwards { self.target_given.checked_add(size) } else { self.target_given.checked_sub(size) });
        moved.map_or(if upwards { Decimal::MAX } else { Decimal::MIN }, |limit| rounded(limit, self.places))
    }

    /// The target and what the value came to beside it.
    pub const fn against(&self, then: Then) -> Against {
        Against::Aim { aim: self.aimed, target: self.target, then }
    }
}

fn no_target(case: &Case) -> Verdict {
    case.verdict(Colour::NoTarget, Against::NoTarget)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::status::Thresholds;

    pub fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    pub fn case(value: &str, polarity: Polarity, target: &str, intervention: &str) -> Case {
        let thresholds = Thresholds { target: target.parse().ok(), intervention: intervention.parse().ok(), ..Thresholds::default() };
        Case { value: rounded(dec(value), 1), places: 1, polarity, thresholds, same_period_last_year: None }
    }

    #[test]
    fn higher_is_better() {
        let colour = |value: &str| judge(&case(value, Polarity::HigherIsBetter, "85", "80")).colour;
        assert_eq!(colour("85"), Colour::Green);
        assert_eq!(colour("84.95"), Colour::Green);
        assert_eq!(colour("84.94"), Colour::Amber);
        assert_eq!(colour("80"), Colour::Amber);
        assert_eq!(colour("79.95"), Colour::Amber);
        assert_eq!(colour("79.9"), Colour::Red);
    }

    #[test]
    fn lower_is_better_is_mirrored() {
        let verdict = |value: &str| judge(&case(value, Polarity::LowerIsBetter, "10", "12"));
        assert_eq!(verdict("10").colour, Colour::Green);
        assert_eq!(verdict("12").reason.to_string(), "12.0 is above the target of 10.0 and not above the intervention level of 12.0");
        assert_eq!(verdict("12").colour, Colour::Amber);
        assert_eq!(verdict("12.1").reason.to_string(), "12.1 is above the target of 10.0 and above the intervention level of 12.0");
        assert_eq!(verdict("12.1").colour, Colour::Red);
    }

    #[test]
    fn without_an_intervention_level_there_is_no_amber() {
        let verdict = judge(&case("84.9", Polarity::HigherIsBetter, "85", ""));
        assert_eq!(verdict.colour, Colour::Red);
        assert_eq!(verdict.reason.to_string(), "84.9 is below the target of 85.0, and no intervention level is set");
    }

    #[test]
    fn without_a_target_or_a_preference_there_is_no_colour() {
        assert_eq!(judge(&case("5", Polarity::HigherIsBetter, "", "4")).colour, Colour::NoTarget);
        assert_eq!(judge(&case("5", Polarity::None, "", "")).colour, Colour::NoTarget);
        assert_eq!(judge(&case("5", Polarity::None, "4", "")).colour, Colour::NotApplicable);
        assert_eq!(judge(&case("5", Polarity::WithinRange, "4", "")).colour, Colour::NoTarget);
    }
}
