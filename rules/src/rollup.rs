//! Roll-up: counts of a subtree by status, and percentages that say what they left out (`domain.md` §5.7).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::aggregate::{derive, rounded};
use crate::status::Colour;

/// How many indicators have each status. States that are not colours are counted apart and never dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// GREEN.
    pub green: u32,
    /// AMBER.
    pub amber: u32,
    /// RED.
    pub red: u32,
    /// BLUE.
    pub blue: u32,
    /// NO_TARGET.
    pub no_target: u32,
    /// NO_DATA.
    pub no_data: u32,
    /// NOT_DUE.
    pub not_due: u32,
    /// NOT_APPLICABLE.
    pub not_applicable: u32,
    /// SUPPRESSED.
    pub suppressed: u32,
}

/// A percentage of what has a colour, and how much has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// 0 to 100 at one decimal place; none when nothing has a colour.
    pub percent: Option<Decimal>,
    /// How many have a colour: what the percentage is of.
    pub of: u32,
    /// How many were left out because their state is not a colour.
    pub excluded: u32,
}

impl Counts {
    /// Counts one status.
    pub const fn add(&mut self, colour: Colour) {
        let count = match colour {
            Colour::Green => &mut self.green,
            Colour::Amber => &mut self.amber,
            Colour::Red => &mut self.red,
            Colour::Blue => &mut self.blue,
            Colour::NoTarget => &mut self.no_target,
            Colour::NoData => &mut self.no_data,
            Colour::NotDue => &mut self.not_due,
            Colour::NotApplicable => &mut self.not_applicable,
            Colour::Suppressed => &mut self.suppressed,
        };
        *count = count.saturating_add(1);
    }

    /// How many have a status.
    #[must_use]
    pub const fn of(&self, colour: Colour) -> u32 {
        match colour {
            Colour::Green => self.green,
            Colour::Amber => self.amber,
            Colour::Red => self.red,
            Colour::Blue => self.blue,
            Colour::NoTarget => self.no_target,
            Colour::NoData => self.no_data,
            Colour::NotDue => self.not_due,
            Colour::NotApplicable => self.not_applicable,
            Colour::Suppressed => self.suppressed,
        }
    }

    /// Everything counted, whatever its state.
    #[must_use]
    pub fn total(&self) -> u32 {
        Colour::ALL.iter().fold(0, |total, colour| total.saturating_add(self.of(*colour)))
    }

    /// How many have a colour.
    #[must_use]
    pub const fn coloured(&self) -> u32 {
        self.green.saturating_add(self.amber).saturating_add(self.red).saturating_add(self.blue)
    }

    /// The share of one colour in all that have a colour.
    #[must_use]
    pub fn percent_of(&self, colour: Colour) -> Share {
        self.share(self.of(colour))
    }

    /// The share of GREEN.
    #[must_use]
    pub fn percent_green(&self) -> Share {
        self.share(self.green)
    }

    /// The share on target or better: GREEN and BLUE.
    #[must_use]
    pub fn percent_on_target(&self) -> Share {
        self.share(self.green.saturating_add(self.blue))
    }

    fn share(&self, count: u32) -> Share {
        let of = self.coloured();
        let percent = derive(count.into(), of.into(), Decimal::ONE_HUNDRED).map(|percent| rounded(percent, 1));
        Share { percent, of, excluded: self.total().saturating_sub(of) }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        let sum = |a: u32, b: u32| a.saturating_add(b);
        *self = Self {
            green: sum(self.green, other.green),
            amber: sum(self.amber, other.amber),
            red: sum(self.red, other.red),
            blue: sum(self.blue, other.blue),
            no_target: sum(self.no_target, other.no_target),
            no_data: sum(self.no_data, other.no_data),
            not_due: sum(self.not_due, other.not_due),
            not_applicable: sum(self.not_applicable, other.not_applicable),
            suppressed: sum(self.suppressed, other.suppressed),
        };
    }
}

impl FromIterator<Colour> for Counts {
    fn from_iter<I: IntoIterator<Item = Colour>>(colours: I) -> Self {
        let mut counts = Self::default();
        colours.into_iter().for_each(|colour| counts.add(colour));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_counted_in_its_own_place_and_in_the_total() {
        let counts: Counts = Colour::ALL.iter().copied().collect();
        assert_eq!(counts.total(), 9);
        assert_eq!(counts.coloured(), 4);
        assert!(Colour::ALL.iter().all(|colour| counts.of(*colour) == 1));
        let mut twice = counts;
        twice += counts;
        assert_eq!(twice.total(), 18);
    }

    #[test]
    fn a_percentage_leaves_out_what_is_not_a_colour_and_says_how_many() {
        use Colour::{Amber, Blue, Green, NoData, NoTarget, NotDue, Red};
        let counts: Counts = [Green, Green, Blue, Amber, Red, Red, NoData, NoTarget, NotDue].into_iter().collect();
        assert_eq!(counts.percent_green(), Share { percent: "33.3".parse().ok(), of: 6, excluded: 3 });
        assert_eq!(counts.percent_on_target(), Share { percent: "50".parse().ok(), of: 6, excluded: 3 });
        assert_eq!(counts.percent_of(Amber), Share { percent: "16.7".parse().ok(), of: 6, excluded: 3 });
    }

    #[test]
    fn of_nothing_there_is_no_percentage() {
        let counts: Counts = [Colour::NoData].into_iter().collect();
        assert_eq!(counts.percent_green(), Share { percent: None, of: 0, excluded: 1 });
    }
}
