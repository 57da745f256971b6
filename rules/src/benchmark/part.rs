//! What one council brings to a comparison.

use rust_decimal::Decimal;

use crate::aggregate::derive;
use crate::closed_set;

closed_set! {
    /// Where a council's figure stands: whether it counts, and why not.
    Standing {
        /// Published for everybody.
        Published = "PUBLISHED", "Published";
        /// Shared by the council itself, and not published (§9). Counts as published figures do.
        Shared = "SHARED", "Shared";
        /// There is none.
        Missing = "MISSING", "No value";
        /// It is known and may not be shown.
        Suppressed = "SUPPRESSED", "Suppressed";
        /// The council has not the service: no figure is wanted of it, whatever is given.
        NotResponsible = "NOT_RESPONSIBLE", "Not responsible";
        /// The council had not begun.
        NotYet = "NOT_YET", "Not yet formed";
        /// The council had ended.
        Abolished = "ABOLISHED", "Abolished";
        /// Worked out by another definition, or for other months.
        NotSameDefinition = "NOT_SAME_DEFINITION", "Not the same definition";
    }
}

impl Standing {
    /// Whether a value of this standing counts.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Published | Self::Shared)
    }
}

/// One council's figure for the metric and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The value; where only the two below were given it is derived.
    pub value: Option<Decimal>,
    /// Above the line.
    pub numerator: Option<Decimal>,
    /// Below the line.
    pub denominator: Option<Decimal>,
    /// Whether it counts.
    pub standing: Standing,
}

impl Part {
    /// A council without a figure, and why.
    #[must_use]
    pub const fn without(standing: Standing) -> Self {
        Self { value: None, numerator: None, denominator: None, standing }
    }

    /// Why it counts or does not: published or shared without a value, given or derived, is MISSING.
    #[must_use]
    pub fn stands(&self, multiplier: Decimal) -> Standing {
        match self.standing {
            Standing::Published | Standing::Shared if self.value(multiplier).is_none() => Standing::Missing,
            standing => standing,
        }
    }

    /// The value that counts, if it does.
    #[must_use]
    pub fn value(&self, multiplier: Decimal) -> Option<Decimal> {
        if !self.standing.counts() {
            return None;
        }
        self.value.or_else(|| derive(self.numerator?, self.denominator?, multiplier))
    }
}
