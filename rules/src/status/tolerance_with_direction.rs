//! TOLERANCE_WITH_DIRECTION (Havering): on target or within the margin is green; beyond it amber when no worse than
//! the same period last year, and red when worse (§5.2).
//!
//! Amber is earned by a comparison. Where there is nothing to compare with, beyond the margin is red, and it says so.

use super::judge::{Case, Verdict};
use super::levels::Aim;
use super::{Colour, Margin, Then, Tolerance};
use crate::travel::{Direction, between};

pub(super) fn judge(case: &Case, amber: Margin) -> Verdict {
    let aim = match Aim::of(case) {
        Ok(aim) => aim,
        Err(verdict) => return verdict,
    };
    if aim.reached(case.value, aim.target) {
        return case.verdict(Colour::Green, aim.against(Then::Reached));
    }
    let tolerance = Tolerance { margin: amber, ends: aim.limit(amber, false) };
    if aim.reached(case.value, tolerance.ends) {
        return case.verdict(Colour::Green, aim.against(Then::Within(tolerance)));
    }
    let Some(before) = case.same_period_last_year else {
        return case.verdict(Colour::Red, aim.against(Then::BeyondAlone(tolerance)));
    };
    match between(case.value, before, case.polarity, case.places, Some(&case.thresholds)) {
        Direction::Declined => case.verdict(Colour::Red, aim.against(Then::BeyondWorse(tolerance, before))),
        _ => case.verdict(Colour::Amber, aim.against(Then::BeyondNoWorse(tolerance, before))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::levels::tests::{case, dec};
    use super::*;
    use crate::measure::Polarity;

    fn verdict(value: &str, polarity: Polarity, before: &str) -> Verdict {
        let case = Case { same_period_last_year: before.parse().ok(), ..case(value, polarity, "80", "") };
        judge(&case, Margin::Percent(dec("10")))
    }

    #[test]
    fn within_the_tolerance_is_green() {
        assert_eq!(verdict("80", Polarity::HigherIsBetter, "").colour, Colour::Green);
        assert_eq!(verdict("72", Polarity::HigherIsBetter, "99").colour, Colour::Green);
        assert_eq!(verdict("88", Polarity::LowerIsBetter, "1").colour, Colour::Green);
    }

    #[test]
    fn beyond_it_last_year_decides() {
        assert_eq!(verdict("70", Polarity::HigherIsBetter, "70").colour, Colour::Amber);
        assert_eq!(verdict("70", Polarity::HigherIsBetter, "70.04").colour, Colour::Amber);
        assert_eq!(verdict("70", Polarity::HigherIsBetter, "70.1").colour, Colour::Red);
        assert_eq!(verdict("90", Polarity::LowerIsBetter, "91").colour, Colour::Amber);
        let worse = verdict("90", Polarity::LowerIsBetter, "89");
        assert_eq!(worse.colour, Colour::Red);
        assert_eq!(
            worse.reason.to_string(),
            "90.0 is above the target of 80.0, beyond the tolerance of 10%, which ends at 88.0, and worse than 89.0 in the same period last year"
        );
    }

    #[test]
    fn with_nothing_to_compare_it_is_red_and_says_so() {
        let verdict = verdict("70", Polarity::HigherIsBetter, "");
        assert_eq!(verdict.colour, Colour::Red);
        assert!(
            verdict.reason.to_string().ends_with("there is no comparable figure for the same period last year"),
            "{}",
            verdict.reason.to_string()
        );
    }
}
