//! Thresholds and rules are checked when they are set, so that judging never meets nonsense (§5.2).

use super::{Band, Colour, Margin, Shape, Thresholds};
use crate::closed_set;
use crate::measure::{Polarity, Purpose};

closed_set! {
    /// What is wrong with thresholds or with a shape.
    Fault {
        /// A contextual indicator was given a target.
        ContextualTarget = "CONTEXTUAL_TARGET", "Target on a contextual indicator";
        /// The intervention level is better than the target.
        InterventionOnWrongSide = "INTERVENTION_ON_WRONG_SIDE", "Intervention level on the wrong side of the target";
        /// One intervention level where no way is better, so that it has no side.
        InterventionWithoutSide = "INTERVENTION_WITHOUT_SIDE", "Intervention level without a side";
        /// Range limits that are not nested.
        RangeNotNested = "RANGE_NOT_NESTED", "Range limits not nested";
        /// A range is needed and only a target is given.
        RangeMissing = "RANGE_MISSING", "Range limits missing";
        /// A margin below 0.
        NegativeMargin = "NEGATIVE_MARGIN", "Negative margin";
        /// Bands with a gap, an overlap, no open end, or none at all.
        BandsNotOrdered = "BANDS_NOT_ORDERED", "Bands not in order";
        /// A band without a usable name or colour.
        BandNotNamed = "BAND_NOT_NAMED", "Band without name or colour";
    }
}

/// Why thresholds or a shape are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThresholdFault {
    /// What is wrong.
    pub fault: Fault,
    /// A sentence whoever set them can act on, with the numbers.
    pub reason: String,
}

impl std::fmt::Display for ThresholdFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ThresholdFault {}

fn refuse(fault: Fault, reason: impl Into<String>) -> Result<(), ThresholdFault> {
    Err(ThresholdFault { fault, reason: reason.into() })
}

/// Checks a target and its levels against the indicator's polarity and purpose, and against the shape of the rule
/// that will judge by them where it is known.
///
/// An intervention level equal to its target is taken: it leaves no room for amber, which is a choice.
///
/// # Errors
/// The first fault, with the reason.
pub fn check_thresholds(
    polarity: Polarity,
    purpose: Purpose,
    thresholds: &Thresholds,
    shape: Option<&Shape>,
) -> Result<(), ThresholdFault> {
    if purpose == Purpose::Contextual && *thresholds != Thresholds::default() {
        return refuse(Fault::ContextualTarget, "A contextual indicator has a preferred direction and no target or intervention level");
    }
    check_intervention(polarity, thresholds)?;
    check_range(thresholds)?;
    let by_range = match shape {
        Some(Shape::Range) => true,
        Some(Shape::Bands { .. } | Shape::Words) => false,
        _ => polarity == Polarity::WithinRange,
    };
    let set = *thresholds != Thresholds::default();
    if by_range && set && thresholds.lower.is_none() && thresholds.upper.is_none() {
        return refuse(Fault::RangeMissing, "The indicator is judged by a range: give a lower limit, an upper limit or both");
    }
    Ok(())
}

fn check_intervention(polarity: Polarity, thresholds: &Thresholds) -> Result<(), ThresholdFault> {
    let Some(level) = thresholds.intervention else { return Ok(()) };
    let (wrong, side) = match polarity {
        Polarity::HigherIsBetter => (thresholds.target.is_some_and(|target| level > target), "above"),
        Polarity::LowerIsBetter => (thresholds.target.is_some_and(|target| level < target), "below"),
        Polarity::WithinRange => {
            return refuse(
                Fault::InterventionWithoutSide,
                "A range has a lower and an upper intervention limit, not one intervention level",
            );
        }
        Polarity::None => {
            return refuse(
                Fault::InterventionWithoutSide,
                "Neither way is better for this indicator, so an intervention level has no side",
            );
        }
    };
    match thresholds.target {
        Some(target) if wrong => refuse(
            Fault::InterventionOnWrongSide,
            format!(
                "The intervention level of {level} is {side} the target of {target}, where {} is better: it must be on the worse side",
                polarity.words().to_lowercase()
            ),
        ),
        _ => Ok(()),
    }
}

/// Limits that are given must not fall from intervention lower to lower to upper to intervention upper.
fn check_range(thresholds: &Thresholds) -> Result<(), ThresholdFault> {
    let limits = [
        (thresholds.intervention_lower, "lower intervention limit"),
        (thresholds.lower, "lower limit"),
        (thresholds.upper, "upper limit"),
        (thresholds.intervention_upper, "upper intervention limit"),
    ];
    let mut before: Option<(rust_decimal::Decimal, &str)> = None;
    for (limit, name) in limits {
        let Some(limit) = limit else { continue };
        if let Some((least, of)) = before.filter(|(least, _)| limit < *least) {
            return refuse(Fault::RangeNotNested, format!("The {name} of {limit} is below the {of} of {least}"));
        }
        before = Some((limit, name));
    }
    Ok(())
}

/// Checks the parameters of a shape: margins not below 0; bands that ascend, end open, and each name a colour.
///
/// # Errors
/// The first fault, with the reason.
pub fn check_shape(shape: &Shape) -> Result<(), ThresholdFault> {
    match shape {
        Shape::Levels | Shape::Range | Shape::Words => Ok(()),
        Shape::Tolerance { amber, blue } => [Some(*amber), *blue].into_iter().flatten().try_for_each(check_margin),
        Shape::ToleranceWithDirection { amber } => check_margin(*amber),
        Shape::Bands { bands } => check_bands(bands),
    }
}

fn check_margin(margin: Margin) -> Result<(), ThresholdFault> {
    let (Margin::Percent(size) | Margin::Points(size)) = margin;
    if size < rust_decimal::Decimal::ZERO {
        return refuse(Fault::NegativeMargin, format!("A margin of {size} is below 0: give how far from the target it reaches"));
    }
    Ok(())
}

fn check_bands(bands: &[Band]) -> Result<(), ThresholdFault> {
    let Some((last, bounded)) = bands.split_last() else {
        return refuse(Fault::BandsNotOrdered, "There are no bands");
    };
    for band in bands {
        let Band { name, colour, .. } = band;
        if !matches!(colour, Colour::Green | Colour::Amber | Colour::Red | Colour::Blue) {
            return refuse(Fault::BandNotNamed, format!("{:?} is not a colour a band can count as", colour.words()));
        }
        if name.is_empty() || name.trim() != name || name.contains([';', '(', ')']) {
            return refuse(Fault::BandNotNamed, format!("{name:?} cannot name a band: give words without semicolons and brackets"));
        }
    }
    let mut before = None;
    for band in bounded {
        let Some(below) = band.below else {
            return refuse(Fault::BandsNotOrdered, format!("The band {:?} has no upper end: only the last may be without", band.name));
        };
        if let Some(least) = before.filter(|least| below <= *least) {
            return refuse(Fault::BandsNotOrdered, format!("Bands must ascend: {below} comes after {least}"));
        }
        before = Some(below);
    }
    match last.below {
        Some(below) => refuse(
            Fault::BandsNotOrdered,
            format!("The last band, {:?}, ends at {below}: it must be open, or values from {below} up are in no band", last.name),
        ),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn levels(target: &str, intervention: &str) -> Thresholds {
        Thresholds { target: target.parse().ok(), intervention: intervention.parse().ok(), ..Thresholds::default() }
    }

    fn fault(polarity: Polarity, thresholds: &Thresholds) -> Option<Fault> {
        check_thresholds(polarity, Purpose::Operational, thresholds, None).err().map(|f| f.fault)
    }

    #[test]
    fn an_intervention_level_on_the_wrong_side_is_refused_with_the_reason() {
        assert_eq!(fault(Polarity::HigherIsBetter, &levels("85", "80")), None);
        assert_eq!(fault(Polarity::HigherIsBetter, &levels("85", "85")), None);
        let refused = check_thresholds(Polarity::HigherIsBetter, Purpose::Operational, &levels("85", "90"), None).unwrap_err();
        assert_eq!(refused.fault, Fault::InterventionOnWrongSide);
        assert_eq!(
            refused.reason,
            "The intervention level of 90 is above the target of 85, where higher is better: it must be on the worse side"
        );
        assert_eq!(fault(Polarity::LowerIsBetter, &levels("85", "80")), Some(Fault::InterventionOnWrongSide));
        assert_eq!(fault(Polarity::LowerIsBetter, &levels("85", "90")), None);
        assert_eq!(fault(Polarity::None, &levels("85", "90")), Some(Fault::InterventionWithoutSide));
        assert_eq!(fault(Polarity::WithinRange, &levels("", "90")), Some(Fault::InterventionWithoutSide));
    }

    #[test]
    fn a_contextual_indicator_takes_no_target() {
        let check = |t: &Thresholds| check_thresholds(Polarity::HigherIsBetter, Purpose::Contextual, t, None).map_err(|f| f.fault);
        assert_eq!(check(&levels("85", "")), Err(Fault::ContextualTarget));
        assert_eq!(check(&Thresholds::default()), Ok(()));
    }

    #[test]
    fn range_limits_are_nested() {
        let range = |il: &str, l: &str, u: &str, iu: &str| Thresholds {
            lower: l.parse().ok(),
            upper: u.parse().ok(),
            intervention_lower: il.parse().ok(),
            intervention_upper: iu.parse().ok(),
            ..Thresholds::default()
        };
        let fault = |t: Thresholds| fault(Polarity::WithinRange, &t);
        assert_eq!(fault(range("35", "40", "50", "60")), None);
        assert_eq!(fault(range("", "40", "", "")), None);
        assert_eq!(fault(range("", "50", "40", "")), Some(Fault::RangeNotNested));
        assert_eq!(fault(range("41", "40", "50", "60")), Some(Fault::RangeNotNested));
        assert_eq!(fault(range("35", "40", "50", "49")), Some(Fault::RangeNotNested));
        assert_eq!(fault(levels("45", "")), Some(Fault::RangeMissing));
        assert_eq!(check_thresholds(Polarity::WithinRange, Purpose::Operational, &levels("45", ""), Some(&Shape::Words)), Ok(()));
    }

    #[test]
    fn margins_are_not_negative() {
        let check = |amber: &str, blue: &str| {
            let shape = Shape::Tolerance { amber: Margin::Percent(dec(amber)), blue: Some(Margin::Points(dec(blue))) };
            check_shape(&shape).map_err(|f| f.fault)
        };
        assert_eq!(check("0", "0"), Ok(()));
        assert_eq!(check("-1", "0"), Err(Fault::NegativeMargin));
        assert_eq!(check("1", "-0.5"), Err(Fault::NegativeMargin));
    }
}
