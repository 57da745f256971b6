//! Direction of travel (`domain.md` §5.5).

use serde::{Deserialize, Serialize};

use crate::closed_set;

closed_set! {
    /// How a figure moved, in terms of better and worse; UP, SAME, DOWN where neither way is better.
    Direction {
        /// Better than before.
        Improved = "IMPROVED", "Improving";
        /// The same at shown precision.
        Same = "SAME", "No change";
        /// Worse than before.
        Declined = "DECLINED", "Worsening";
        /// Higher, for an indicator without a preference.
        Up = "UP", "Up";
        /// Lower, for an indicator without a preference.
        Down = "DOWN", "Down";
        /// Across a definition break, or either side is absent.
        NotComparable = "NOT_COMPARABLE", "Not comparable";
    }
}

/// The two comparisons every figure carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travel {
    /// Against the period before. NOT_COMPARABLE for cumulative indicators.
    pub on_previous_period: Direction,
    /// Against the same months last year.
    pub on_same_period_last_year: Direction,
}
