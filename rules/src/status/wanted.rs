//! Which values count as on target: what a form can be told before there is a value.

use rust_decimal::Decimal;

use super::judge::Case;
use super::levels::Aim;
use super::{Band, Colour, Margin, Shape, Thresholds};
use crate::aggregate::rounded;
use crate::measure::{Polarity, Purpose};

/// The values that are on target or better, as one stretch of them; limits are at the decimals shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The least of them; none for no lower end.
    pub from: Option<Decimal>,
    /// The most of them; none for no upper end.
    pub to: Option<Decimal>,
    /// Whether `to` itself is not one of them: a band ends where the next begins.
    pub below: bool,
}

impl Wanted {
    /// The values a rule's shape gives green or blue. None where it cannot be said without the value and what stands
    /// around it: a contextual indicator, a shape in words, nothing aimed at, bands that are good in two places.
    #[must_use]
    pub fn of(shape: &Shape, polarity: Polarity, purpose: Purpose, thresholds: &Thresholds, places: u32) -> Option<Self> {
        if purpose == Purpose::Contextual {
            return None;
        }
        let aimed = Aimed { polarity, thresholds, places };
        match shape {
            Shape::Levels | Shape::Tolerance { .. } => aimed.by_polarity(None),
            Shape::ToleranceWithDirection { amber } => aimed.by_polarity(Some(*amber)),
            Shape::Range => aimed.range(None),
            Shape::Bands { bands } => good(bands, places),
            Shape::Words => None,
        }
    }

    /// Whether a value is one of them, at the decimals shown.
    #[must_use]
    pub fn holds(&self, value: Decimal, places: u32) -> bool {
        let value = rounded(value, places);
        let under = |to: Decimal| if self.below { value < to } else { value <= to };
        self.from.is_none_or(|from| value >= from) && self.to.is_none_or(under)
    }
}

struct Aimed<'a> {
    polarity: Polarity,
    thresholds: &'a Thresholds,
    places: u32,
}

impl Aimed<'_> {
    /// `margin`: how far past the target is still on it.
    fn by_polarity(&self, margin: Option<Margin>) -> Option<Wanted> {
        let target = |worse: Decimal| self.limit(self.thresholds.target?, worse, margin);
        match self.polarity {
            Polarity::HigherIsBetter => Some(Wanted { from: Some(target(Decimal::MIN)?), to: None, below: false }),
            Polarity::LowerIsBetter => Some(Wanted { from: None, to: Some(target(Decimal::MAX)?), below: false }),
            Polarity::WithinRange => self.range(margin),
            Polarity::None => None,
        }
    }

    fn range(&self, margin: Option<Margin>) -> Option<Wanted> {
        let Thresholds { lower, upper, .. } = *self.thresholds;
        let from = lower.and_then(|lower| self.limit(lower, Decimal::MIN, margin));
        let to = upper.and_then(|upper| self.limit(upper, Decimal::MAX, margin));
        (from.is_some() || to.is_some()).then_some(Wanted { from, to, below: false })
    }

    /// A threshold, or where its margin ends; `worse` is a value far on its worse side.
    fn limit(&self, threshold: Decimal, worse: Decimal, margin: Option<Margin>) -> Option<Decimal> {
        let Some(margin) = margin else { return Some(rounded(threshold, self.places)) };
        // A range of one side has the margin on that side, as a target has.
        let one_sided = if worse == Decimal::MIN {
            Thresholds { lower: Some(threshold), ..Thresholds::default() }
        } else {
            Thresholds { upper: Some(threshold), ..Thresholds::default() }
        };
        let case =
            Case { value: worse, places: self.places, polarity: Polarity::WithinRange, thresholds: one_sided, same_period_last_year: None };
        Aim::of_range(&case).ok().map(|aim| aim.limit(margin, false))
    }
}

/// The stretch of bands that count as green or blue, where they stand together.
fn good(bands: &[Band], places: u32) -> Option<Wanted> {
    let is_good = |band: &Band| matches!(band.colour, Colour::Green | Colour::Blue);
    let first = bands.iter().position(is_good)?;
    let last = bands.iter().rposition(is_good)?;
    if !bands[first..=last].iter().all(is_good) {
        return None;
    }
    let from = first.checked_sub(1).and_then(|before| bands[before].below).map(|from| rounded(from, places));
    let to = bands[last].below.map(|to| rounded(to, places));
    (from.is_some() || to.is_some()).then_some(Wanted { from, to, below: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{Question, StatusRule, bands_from_words, judge};

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn shapes() -> Vec<Shape> {
        let (points, share) = (Margin::Points(dec("2.04")), Margin::Percent(dec("10")));
        let bands = |text: &str| Shape::Bands { bands: bands_from_words(text).unwrap() };
        vec![
            Shape::Levels,
            Shape::Range,
            Shape::Tolerance { amber: share, blue: None },
            Shape::Tolerance { amber: points, blue: Some(share) },
            Shape::ToleranceWithDirection { amber: points },
            Shape::ToleranceWithDirection { amber: share },
            bands("Red below 47.5; Amber below 49.96; Green"),
            bands("Red below 47.5; Green below 50; Stretch (Blue) below 51.5; Red"),
            bands("Blue below 49; Green below 50; Amber"),
        ]
    }

    #[test]
    fn every_value_is_wanted_that_is_judged_green_or_blue_and_no_other() {
        let thresholds =
            Thresholds { target: Some(dec("50.04")), lower: Some(dec("49")), upper: Some(dec("51.26")), ..Thresholds::default() };
        let (mut compared, mut said) = (0, 0);
        for (shape, polarity) in shapes().into_iter().flat_map(|s| Polarity::ALL.iter().map(move |p| (s.clone(), *p))) {
            let rule = StatusRule { version: String::new(), applies_from: chrono::NaiveDate::MIN, shape };
            let wanted = Wanted::of(&rule.shape, polarity, Purpose::Operational, &thresholds, 1);
            said += usize::from(wanted.is_some());
            for hundredths in 4_300..5_800 {
                let value = Decimal::new(hundredths, 2);
                let judged = judge(&Question {
                    rule: Some(&rule),
                    value: Some(value),
                    absence: None,
                    due: true,
                    polarity,
                    purpose: Purpose::Operational,
                    decimal_places: 1,
                    thresholds: Some(&thresholds),
                    same_period_last_year: None,
                    chosen: None,
                });
                let good = matches!(judged.colour, Colour::Green | Colour::Blue);
                match wanted {
                    Some(wanted) => assert_eq!(wanted.holds(value, 1), good, "{value} by {:?}, {polarity:?}: {judged:?}", rule.shape),
                    None => assert!(!good, "{value} by {:?}, {polarity:?}", rule.shape),
                }
                compared += 1;
            }
        }
        assert_eq!((compared, said), (9 * 4 * 1_500, 4 * 4 + 5 * 3));
    }

    #[test]
    fn nothing_is_wanted_where_nothing_is_aimed_at() {
        let of = |shape: &Shape, purpose, thresholds: &Thresholds| Wanted::of(shape, Polarity::HigherIsBetter, purpose, thresholds, 0);
        let target = Thresholds { target: Some(dec("50")), ..Thresholds::default() };
        assert_eq!(of(&Shape::Levels, Purpose::Contextual, &target), None);
        assert_eq!(of(&Shape::Words, Purpose::Operational, &target), None);
        assert_eq!(of(&Shape::Range, Purpose::Operational, &target), None);
        assert_eq!(of(&Shape::Levels, Purpose::Operational, &Thresholds::default()), None);
        let split = Shape::Bands { bands: bands_from_words("Green below 10; Red below 20; Green").unwrap() };
        assert_eq!(of(&split, Purpose::Operational, &target), None, "good at both ends");
        let all = Shape::Bands { bands: bands_from_words("Green below 10; Blue").unwrap() };
        assert_eq!(of(&all, Purpose::Operational, &target), None, "nothing is off target");
    }
}
