//! RANGE: inside the target range green, inside the intervention range amber, outside both red (§5.2).
//!
//! A range may be open on one side. A side without an intervention limit has no amber, as LEVELS without an
//! intervention level has none. Values at a limit are inside it. The shape looks at the limits only, whatever the
//! indicator's polarity; a WITHIN_RANGE indicator under LEVELS is judged the same way.

use super::judge::{Case, Verdict};
use super::levels::{self, Aim};

pub(super) fn judge(case: &Case) -> Verdict {
    match Aim::of_range(case) {
        Ok(aim) => levels::against(case, &aim),
        Err(verdict) => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::super::levels::tests::{case, dec};
    use super::*;
    use crate::measure::Polarity;
    use crate::status::{Colour, Thresholds};

    fn verdict(value: &str, range: Thresholds) -> Verdict {
        judge(&Case { thresholds: range, ..case(value, Polarity::WithinRange, "", "") })
    }

    fn full() -> Thresholds {
        Thresholds {
            lower: Some(dec("40")),
            upper: Some(dec("50")),
            intervention_lower: Some(dec("35")),
            intervention_upper: Some(dec("60")),
            ..Thresholds::default()
        }
    }

    #[test]
    fn inside_amber_outside() {
        let colour = |value: &str| verdict(value, full()).colour;
        assert_eq!(colour("39.95"), Colour::Green);
        assert_eq!(colour("50"), Colour::Green);
        assert_eq!(colour("39.9"), Colour::Amber);
        assert_eq!(colour("35"), Colour::Amber);
        assert_eq!(colour("34.9"), Colour::Red);
        assert_eq!(colour("60"), Colour::Amber);
        assert_eq!(colour("60.1"), Colour::Red);
    }

    #[test]
    fn sentences_name_the_limit_that_was_passed() {
        assert_eq!(verdict("45", full()).reason.to_string(), "45.0 is within the target range of 40.0 to 50.0");
        assert_eq!(
            verdict("61", full()).reason.to_string(),
            "61.0 is above the upper limit of 50.0 and above the upper intervention limit of 60.0"
        );
    }

    #[test]
    fn open_sides_and_missing_limits() {
        let open = Thresholds { lower: Some(dec("40")), ..Thresholds::default() };
        assert_eq!(verdict("9999", open).colour, Colour::Green);
        assert_eq!(verdict("39", open).colour, Colour::Red);
        assert_eq!(verdict("39", Thresholds::default()).colour, Colour::NoTarget);
    }
}
