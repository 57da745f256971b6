//! Whether a target can be set: of an indicator that takes one, for a period it reports, on the right side
//! (`domain.md` §3, §5.2). Whoever sets targets asks here: a framework workbook and a proposal alike.

use chrono::Datelike;

use crate::measure::{Frequency, Polarity, Purpose, YearBasis};
use crate::period::Period;
use crate::series::Definition;
use crate::status::{Shape, ThresholdFault, Thresholds, check_thresholds};

/// What a target needs to know of the version of an indicator it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Which way is better.
    pub polarity: Polarity,
    /// Contextual indicators have no target.
    pub purpose: Purpose,
    /// How often it is due.
    pub frequency: Frequency,
    /// Which year.
    pub year_basis: YearBasis,
}

impl From<&Definition> for Measured {
    fn from(definition: &Definition) -> Self {
        let Definition { polarity, purpose, frequency, year_basis, .. } = *definition;
        Self { polarity, purpose, frequency, year_basis }
    }
}

/// Why a target cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetFault {
    /// The period is neither one of the indicator's own nor its year; a sentence that says which it has.
    Period(String),
    /// The figures cannot judge anything.
    Thresholds(ThresholdFault),
}

/// Checks what is aimed at for a period. `code` names the indicator in the reason; `shape` is that of the rule which judges
/// the period, where there is one.
///
/// # Errors
/// The first fault, with the reason.
pub fn check_target(
    code: &str,
    measured: Measured,
    period: Period,
    thresholds: &Thresholds,
    shape: Option<&Shape>,
) -> Result<(), TargetFault> {
    if !suits(measured, period) {
        let (frequency, basis) = (measured.frequency.words().to_lowercase(), measured.year_basis.words().to_lowercase());
        let reason = format!("{code} is reported {frequency} in a {basis} year: {period} is neither one of its periods nor its year.");
        return Err(TargetFault::Period(reason));
    }
    check_thresholds(measured.polarity, measured.purpose, thresholds, shape).map_err(TargetFault::Thresholds)
}

/// Whether an indicator has a target for a period: its year (flat), or one of its own periods (profile).
fn suits(measured: Measured, period: Period) -> bool {
    let year = period.months() == 12 && period.start().month() == measured.year_basis.first_month();
    let own = measured.frequency != Frequency::Annual && period.frequency() == Some(measured.frequency);
    year || own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::Fault;

    const QUARTERLY: Measured = Measured {
        polarity: Polarity::HigherIsBetter,
        purpose: Purpose::Operational,
        frequency: Frequency::Quarterly,
        year_basis: YearBasis::Financial,
    };

    fn levels(target: &str, intervention: &str) -> Thresholds {
        Thresholds { target: target.parse().ok(), intervention: intervention.parse().ok(), ..Thresholds::default() }
    }

    fn check(measured: Measured, period: &str, thresholds: &Thresholds) -> Result<(), String> {
        check_target("WM01", measured, period.parse().unwrap(), thresholds, None).map_err(|fault| match fault {
            TargetFault::Period(reason) => reason,
            TargetFault::Thresholds(fault) => fault.fault.code().to_owned(),
        })
    }

    #[test]
    fn a_target_is_for_an_indicators_own_period_or_its_year() {
        let target = levels("60", "55");
        let reason =
            |period: &str| format!("WM01 is reported quarterly in a financial year: {period} is neither one of its periods nor its year.");
        for (period, expected) in
            [("2024/25", Ok(())), ("2024/25 Q3", Ok(())), ("2024-06", Err(reason("2024-06"))), ("2024/25 H1", Err(reason("2024/25 H1")))]
        {
            assert_eq!(check(QUARTERLY, period, &target), expected, "{period}");
        }
        let annual = Measured { frequency: Frequency::Annual, year_basis: YearBasis::Calendar, ..QUARTERLY };
        assert_eq!(check(annual, "2024", &target), Ok(()));
        assert!(check(annual, "2024/25", &target).is_err(), "another year than its own");
        assert!(check(annual, "2024/25 Q1", &target).is_err());
    }

    #[test]
    fn what_cannot_judge_is_refused() {
        let contextual = Measured { purpose: Purpose::Contextual, ..QUARTERLY };
        assert_eq!(check(contextual, "2024/25", &levels("60", "")), Err(Fault::ContextualTarget.code().to_owned()));
        assert_eq!(check(QUARTERLY, "2024/25", &levels("60", "65")), Err(Fault::InterventionOnWrongSide.code().to_owned()));
        let less = Measured { polarity: Polarity::LowerIsBetter, ..QUARTERLY };
        assert_eq!(check(less, "2024/25", &levels("60", "65")), Ok(()));
    }
}
