//! How figures compare with other councils', and which of their changes are more than chance: all of it decided by the caller, worded
//! in the pack's language.

use rules::benchmark::QuartilePosition;
use rules::period::Period;
use rules::spc::{Assurance, Variation};
use rust_decimal::Decimal;

/// Figures beside others', and figures through time. Lists are printed in the order they are given; one that is empty has no sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackCompared {
    /// Indicators of this pack that have a comparator group, each with its latest comparison.
    pub with_others: Vec<PackComparison>,
    /// Indicators of this pack with enough points to tell chance from change.
    pub through_time: Vec<PackVariation>,
}

/// An indicator beside its comparator group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackComparison {
    /// Code of an indicator of this pack.
    pub code: String,
    /// What the group is called, with its edition.
    pub group: String,
    /// 1 is best, by the indicator's polarity; none where nothing is ranked.
    pub rank: Option<u32>,
    /// Of how many.
    pub of: u32,
    /// Where it stands by the group's quartiles.
    pub position: QuartilePosition,
    /// How many of the group have no figure that compares.
    pub without: u32,
    /// How many of those compared were shared by a council, and are published nowhere.
    pub shared: u32,
    /// Whether the others count the same.
    pub same_definition: bool,
    /// Dataset, edition and licence.
    pub source: String,
    /// The group and the council through time, oldest first; the last is the one in the table. At least one.
    pub path: Vec<PackBox>,
}

/// A comparator group in one period, as a box: where the middle half lies, and its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackBox {
    /// The period.
    pub period: Period,
    /// The council's own value.
    pub ours: Option<Decimal>,
    /// The lowest of the group.
    pub lowest: Option<Decimal>,
    /// A quarter of the group lies at or below it; none where there are fewer than four.
    pub lower_quartile: Option<Decimal>,
    /// Half of the group lies at or below it.
    pub median: Option<Decimal>,
    /// Three quarters of the group lie at or below it.
    pub upper_quartile: Option<Decimal>,
    /// The highest of the group.
    pub highest: Option<Decimal>,
}

/// An indicator by the limits of its own history (an XmR chart).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackVariation {
    /// Code of an indicator of this pack.
    pub code: String,
    /// What its latest point is.
    pub variation: Variation,
    /// Whether the target lies where the figures go by themselves; none without a target.
    pub assurance: Option<Assurance>,
    /// How many points the limits are worked out from.
    pub points: u32,
    /// Its latest point.
    pub value: Decimal,
    /// Whether a point is what its period added to a figure that adds up through the year, and so not the figure that is reported.
    pub of_additions: bool,
    /// The mean and its limits where they stand, oldest first: the last is the one in the table. At least one.
    pub limits: Vec<PackLimits>,
    /// From when limits were worked out anew, and why.
    pub rebased: Option<(Period, String)>,
}

/// What a point is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackLimits {
    /// The period.
    pub period: Period,
    /// The mean.
    pub centre: Decimal,
    /// The mean less 2.66 times the mean moving range.
    pub lower: Decimal,
    /// The mean and 2.66 times the mean moving range.
    pub upper: Decimal,
}
