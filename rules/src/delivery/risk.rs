//! Risks: how likely, how bad, and whether that is more than the council is willing to bear.

use std::cmp::Ordering;

use crate::closed_set;

closed_set! {
    /// How bad a risk is: likelihood times impact, in the four bands of a 5 × 5 matrix.
    RiskBand {
        /// 1 to 4.
        Low = "LOW", "Low";
        /// 5 to 9.
        Medium = "MEDIUM", "Medium";
        /// 10 to 16.
        High = "HIGH", "High";
        /// 20 and 25.
        VeryHigh = "VERY_HIGH", "Very high";
    }
}

closed_set! {
    /// How a risk moved since the last period.
    RiskMovement {
        /// Nothing to compare it with.
        New = "NEW", "New";
        /// A higher score than before.
        Up = "UP", "Risen";
        /// The same score.
        Same = "SAME", "Unchanged";
        /// A lower score than before.
        Down = "DOWN", "Fallen";
    }
}

closed_set! {
    /// Whether a risk is still looked after.
    #[derive(Default)]
    RiskState {
        /// It may happen.
        #[default]
        Open = "OPEN", "Open";
        /// It happened: it is an issue now.
        Occurred = "OCCURRED", "Occurred";
        /// It can no longer happen, or was accepted for good.
        Closed = "CLOSED", "Closed";
    }
}

/// The least and the most of likelihood and of impact.
pub const SCALE: std::ops::RangeInclusive<u8> = 1..=5;

/// A likelihood with an impact, each 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rating {
    likelihood: u8,
    impact: u8,
}

impl Rating {
    /// None when either is outside [`SCALE`].
    #[must_use]
    pub fn new(likelihood: u8, impact: u8) -> Option<Self> {
        (SCALE.contains(&likelihood) && SCALE.contains(&impact)).then_some(Self { likelihood, impact })
    }

    /// 1 to 5.
    #[must_use]
    pub const fn likelihood(self) -> u8 {
        self.likelihood
    }

    /// 1 to 5.
    #[must_use]
    pub const fn impact(self) -> u8 {
        self.impact
    }

    /// Likelihood times impact: 1 to 25.
    #[must_use]
    pub const fn score(self) -> u8 {
        self.likelihood * self.impact
    }

    /// The band of its score.
    #[must_use]
    pub const fn band(self) -> RiskBand {
        match self.score() {
            0..=4 => RiskBand::Low,
            5..=9 => RiskBand::Medium,
            10..=16 => RiskBand::High,
            _ => RiskBand::VeryHigh,
        }
    }

    /// How it moved from what it was. By score: a risk that is likelier and less bad at the same score has not moved.
    #[must_use]
    pub fn movement(self, before: Option<Self>) -> RiskMovement {
        match before.map(|before| self.score().cmp(&before.score())) {
            None => RiskMovement::New,
            Some(Ordering::Greater) => RiskMovement::Up,
            Some(Ordering::Equal) => RiskMovement::Same,
            Some(Ordering::Less) => RiskMovement::Down,
        }
    }
}

/// Whether a risk is within its appetite: the highest score the council is willing to bear, 1 to 25.
#[must_use]
pub const fn within(residual: Rating, appetite: u8) -> bool {
    residual.score() <= appetite
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_scale_is_a_rating() {
        for (likelihood, impact) in [(0, 3), (3, 0), (6, 1), (1, 6), (255, 255)] {
            assert_eq!(Rating::new(likelihood, impact), None);
        }
        assert_eq!(Rating::new(5, 5).map(Rating::score), Some(25));
    }

    #[test]
    fn each_cell_of_the_matrix_has_its_band() {
        let mut rows = Vec::new();
        for likelihood in SCALE {
            let row: String = SCALE
                .map(|impact| match Rating::new(likelihood, impact).unwrap().band() {
                    RiskBand::Low => 'L',
                    RiskBand::Medium => 'M',
                    RiskBand::High => 'H',
                    RiskBand::VeryHigh => 'V',
                })
                .collect();
            rows.push(row);
        }
        assert_eq!(rows, ["LLLLM", "LLMMH", "LMMHH", "LMHHV", "MHHVV"]);
    }

    #[test]
    fn a_risk_moves_by_its_score_and_is_held_to_its_appetite() {
        let rating = |likelihood, impact| Rating::new(likelihood, impact).unwrap();
        assert_eq!(rating(4, 4).movement(None), RiskMovement::New);
        assert_eq!(rating(4, 4).movement(Some(rating(3, 5))), RiskMovement::Up);
        assert_eq!(rating(3, 4).movement(Some(rating(4, 3))), RiskMovement::Same);
        assert_eq!(rating(2, 4).movement(Some(rating(3, 3))), RiskMovement::Down);
        assert!(within(rating(3, 4), 12) && !within(rating(4, 4), 12));
    }
}
