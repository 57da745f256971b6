//! TOLERANCE: on target or better is green, within a margin of it amber, beyond red; better than it by another
//! margin may be blue (Cambridgeshire; §5.2).
//!
//! A value at the edge of the margin is within it. The edge is rounded to the places shown before comparing, as
//! every threshold is. A percentage is of the target's size, so that a target of 0 has no margin at all and a
//! negative one is not turned round.

use super::judge::{Case, Verdict};
use super::levels::Aim;
use super::{Colour, Margin, Then, Tolerance};

pub(super) fn judge(case: &Case, amber: Margin, blue: Option<Margin>) -> Verdict {
    let aim = match Aim::of(case) {
        Ok(aim) => aim,
        Err(verdict) => return verdict,
    };
    if aim.reached(case.value, aim.target) {
        // Blue is better than the target, so a margin of 0 does not make the target itself blue.
        let limit = blue.map(|margin| aim.limit(margin, true)).filter(|l| case.value != aim.target && aim.reached(case.value, *l));
        return match (limit, blue) {
            (Some(_), Some(margin)) => case.verdict(Colour::Blue, aim.against(Then::Bettered(margin))),
            _ => case.verdict(Colour::Green, aim.against(Then::Reached)),
        };
    }
    let limit = aim.limit(amber, false);
    let tolerance = Tolerance { margin: amber, ends: limit };
    if aim.reached(case.value, limit) {
        case.verdict(Colour::Amber, aim.against(Then::Within(tolerance)))
    } else {
        case.verdict(Colour::Red, aim.against(Then::Beyond(tolerance)))
    }
}

/// `10%` or `2 points`.
pub(super) fn words_of_margin(margin: Margin) -> String {
    match margin {
        Margin::Percent(percent) => format!("{}%", percent.normalize()),
        Margin::Points(points) if points == rust_decimal::Decimal::ONE => "1 point".to_owned(),
        Margin::Points(points) => format!("{} points", points.normalize()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::levels::tests::{case, dec};
    use super::*;
    use crate::measure::Polarity;
    use crate::status::Thresholds;

    #[test]
    fn within_a_percentage_of_the_target_is_amber() {
        let verdict = |value: &str| judge(&case(value, Polarity::HigherIsBetter, "95", ""), Margin::Percent(dec("10")), None);
        assert_eq!(verdict("95").colour, Colour::Green);
        assert_eq!(verdict("85.5").colour, Colour::Amber);
        assert_eq!(verdict("85.45").colour, Colour::Amber);
        assert_eq!(verdict("85.4").colour, Colour::Red);
        assert_eq!(verdict("85.4").reason.to_string(), "85.4 is below the target of 95.0, beyond the tolerance of 10%, which ends at 85.5");
    }

    #[test]
    fn points_are_in_the_indicators_own_unit() {
        let colour = |value: &str| judge(&case(value, Polarity::LowerIsBetter, "5", ""), Margin::Points(dec("2")), None).colour;
        assert_eq!(colour("7"), Colour::Amber);
        assert_eq!(colour("7.1"), Colour::Red);
    }

    #[test]
    fn blue_is_better_than_target_by_its_margin() {
        let judged = |value: &str, blue: &str| {
            judge(&case(value, Polarity::HigherIsBetter, "50", ""), Margin::Points(dec("1")), Some(Margin::Percent(dec(blue))))
        };
        assert_eq!(judged("55", "10").colour, Colour::Blue);
        assert_eq!(judged("55", "10").reason.to_string(), "55.0 is above the target of 50.0 by 10% or more");
        assert_eq!(judged("54.9", "10").colour, Colour::Green);
        assert_eq!(judged("50", "0").colour, Colour::Green);
        assert_eq!(judged("50.1", "0").colour, Colour::Blue);
    }

    #[test]
    fn a_negative_target_keeps_its_margin_on_the_worse_side() {
        let colour = |value: &str| judge(&case(value, Polarity::HigherIsBetter, "-100", ""), Margin::Percent(dec("10")), None).colour;
        assert_eq!(colour("-100"), Colour::Green);
        assert_eq!(colour("-110"), Colour::Amber);
        assert_eq!(colour("-110.1"), Colour::Red);
    }

    #[test]
    fn a_range_has_its_tolerance_outside_both_limits() {
        let range = Thresholds { lower: Some(dec("40")), upper: Some(dec("50")), ..Thresholds::default() };
        let colour = |value: &str| {
            let case = Case { thresholds: range, ..case(value, Polarity::WithinRange, "", "") };
            judge(&case, Margin::Points(dec("2")), None).colour
        };
        assert_eq!(colour("45"), Colour::Green);
        assert_eq!(colour("38"), Colour::Amber);
        assert_eq!(colour("52"), Colour::Amber);
        assert_eq!(colour("37.9"), Colour::Red);
        assert_eq!(colour("52.1"), Colour::Red);
    }
}
