//! Status: which colour a figure has, and why (`domain.md` §5.1 to §5.4).
//!
//! A rule is data, dated and versioned. Each shape is a file of its own; adding one means a file, a member of
//! [`Shape`] and an arm in [`judge`].

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::closed_set;
use crate::measure::{Absence, Polarity, Purpose};

mod bands;
mod judge;
mod levels;
mod range;
mod reason;
mod thresholds;
mod tolerance;
mod tolerance_with_direction;
mod wanted;
mod words;

pub use bands::{bands_from_words, words_of_bands};
pub use judge::judge;
pub use reason::{Against, Aimed, Reason, Then, Tolerance};
pub use thresholds::{Fault, ThresholdFault, check_shape, check_thresholds};
pub use wanted::Wanted;

closed_set! {
    /// A status: four colours, and five states that are not colours and are counted apart (§5.3).
    Colour {
        /// On target or better.
        Green = "GREEN", "Green";
        /// Off target, within what is tolerated.
        Amber = "AMBER", "Amber";
        /// Off target beyond what is tolerated.
        Red = "RED", "Red";
        /// Better than target by a margin.
        Blue = "BLUE", "Blue";
        /// There is a value and nothing to judge it by.
        NoTarget = "NO_TARGET", "No target";
        /// A value was due and there is none.
        NoData = "NO_DATA", "No data";
        /// Nothing is owed yet.
        NotDue = "NOT_DUE", "Not due";
        /// The question does not arise, for instance no forecast is made.
        NotApplicable = "NOT_APPLICABLE", "Not applicable";
        /// There is a value that may not be shown.
        Suppressed = "SUPPRESSED", "Suppressed";
    }
}

/// A distance from the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Margin {
    /// Per cent of the target: 10 means a tenth of it.
    Percent(Decimal),
    /// In the indicator's own unit.
    Points(Decimal),
}

/// One band of [`Shape::Bands`]. Bands are ordered from the lowest up and leave no gap: each starts where the
/// one before it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The council's own word for it: `Floor`, `Stretch`.
    pub name: String,
    /// The colour it counts as.
    pub colour: Colour,
    /// Values below this are in it (values equal to it are in the next); none for the last band, which has no top.
    pub below: Option<Decimal>,
}

/// How a status is decided: the six shapes in use at councils (§5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Shape {
    /// Target and intervention level (Huntingdonshire).
    Levels,
    /// Within a margin of the target is amber; better than it by another margin may be blue (Cambridgeshire).
    Tolerance {
        /// How far past the target is still amber.
        amber: Margin,
        /// How far better than the target is blue.
        blue: Option<Margin>,
    },
    /// Within the margin green; beyond it amber unless worse than the same period last year (Havering).
    ToleranceWithDirection {
        /// How far past the target is still green.
        amber: Margin,
    },
    /// Inside the target range green, inside the intervention range amber.
    Range,
    /// Named bands, no gap, no overlap.
    Bands {
        /// From the lowest up.
        bands: Vec<Band>,
    },
    /// Chosen by a person with a narrative, never computed.
    Words,
}

/// A shape with the day it applies from, and what names this version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRule {
    /// Shown beside every status it gives, for instance `framework rule of 1 April 2023`.
    pub version: String,
    /// Judges periods that end on or after this day.
    pub applies_from: NaiveDate,
    /// The rule itself.
    pub shape: Shape,
}

/// What a value is judged against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Thresholds {
    /// What is aimed at.
    pub target: Option<Decimal>,
    /// Past this, somebody steps in.
    pub intervention: Option<Decimal>,
    /// The least that is on target (RANGE).
    pub lower: Option<Decimal>,
    /// The most that is on target (RANGE).
    pub upper: Option<Decimal>,
    /// The least that is not red (RANGE).
    pub intervention_lower: Option<Decimal>,
    /// The most that is not red (RANGE).
    pub intervention_upper: Option<Decimal>,
}

/// What [`judge`] is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The rule in force when the period ended; none when the framework has none.
    pub rule: Option<&'a StatusRule>,
    /// The value, if any.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// Whether a value is owed by now.
    pub due: bool,
    /// Which way is better.
    pub polarity: Polarity,
    /// CONTEXTUAL is never coloured.
    pub purpose: Purpose,
    /// Decimals the value is shown and judged at.
    pub decimal_places: u32,
    /// Target and levels of the period.
    pub thresholds: Option<&'a Thresholds>,
    /// The value of the same period last year, for TOLERANCE_WITH_DIRECTION.
    pub same_period_last_year: Option<Decimal>,
    /// A colour chosen by a person, for WORDS.
    pub chosen: Option<Colour>,
}

/// A judgement: the colour, why, and by which version of which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The colour or state.
    pub colour: Colour,
    /// A sentence a committee member can read: `82.0 is below the target of 85.0 and not below the intervention
    /// level of 80.0 (framework rule of 1 April 2023)`.
    pub because: String,
    /// The same as data, without the rule's version: for saying it in another language.
    pub reason: Reason,
    /// Whether a rule gave it, whose version `because` names; false where none was needed.
    pub by_rule: bool,
}
