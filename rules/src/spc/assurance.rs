//! Whether a process, left as it is, can be relied on to meet its target.

use rust_decimal::Decimal;

use super::{Basis, Chart, Limits};
use crate::closed_set;
use crate::measure::Polarity;

closed_set! {
    /// Where the target is beside the limits of the latest segment.
    Assurance {
        /// Beyond the limit on the worse side: the process stays on target by itself.
        ConsistentlyPassing = "CONSISTENTLY_PASSING", "Consistently passing";
        /// Beyond the limit on the better side: the process misses it unless it is changed.
        ConsistentlyFailing = "CONSISTENTLY_FAILING", "Consistently failing";
        /// Between the limits or on one of them: met or missed by chance.
        HitOrMiss = "HIT_OR_MISS", "Hit or miss";
    }
}

/// What limits promise of a target. None where neither way is better, and for a target range: it is two targets.
#[must_use]
pub fn assurance(limits: &Limits, target: Decimal, polarity: Polarity) -> Option<Assurance> {
    let (reached, missed) = match polarity {
        Polarity::HigherIsBetter => (target < limits.lower, target > limits.upper),
        Polarity::LowerIsBetter => (target > limits.upper, target < limits.lower),
        Polarity::WithinRange | Polarity::None => return None,
    };
    Some(match (reached, missed) {
        (true, _) => Assurance::ConsistentlyPassing,
        (_, true) => Assurance::ConsistentlyFailing,
        _ => Assurance::HitOrMiss,
    })
}

impl Assurance {
    /// The reason in English, figures at the places given.
    #[must_use]
    pub fn because(self, limits: &Limits, target: Decimal, places: u32) -> String {
        let shown = |value| crate::aggregate::shown(value, places);
        let (target, lower, upper) = (shown(target), shown(limits.lower), shown(limits.upper));
        match self {
            Self::HitOrMiss => {
                format!("The target of {target} is not beyond the limits of {lower} and {upper}: it is met or missed by chance")
            }
            Self::ConsistentlyPassing => format!(
                "The target of {target} is beyond the limits of {lower} and {upper} on the worse side: unless something changes it is met"
            ),
            Self::ConsistentlyFailing => format!(
                "The target of {target} is beyond the limits of {lower} and {upper} on the better side: unless something changes it is missed"
            ),
        }
    }
}

impl Chart {
    /// What the limits of the latest figure's segment promise of a target; none while it has fewer than twelve points.
    #[must_use]
    pub fn assurance(&self, target: Decimal, polarity: Polarity) -> Option<Assurance> {
        let segment = self.segment().filter(|segment| segment.basis == Basis::Judged)?;
        assurance(segment.limits.as_ref()?, target, polarity)
    }
}
