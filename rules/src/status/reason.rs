//! Why a status is what it is, as data: what the sentence is made from, in this language or another.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::tolerance::words_of_margin;
use super::{Colour, Margin};
use crate::aggregate::shown;

/// Why a status is what it is. Its `Display` is the sentence in English, without the rule's version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// There is a figure that may not be shown.
    Suppressed,
    /// A person said that nothing is owed.
    NothingOwed,
    /// It was owed and not gathered.
    NotCollected,
    /// It is due and has not reached the council.
    NotReached,
    /// It is due, and nobody gave it or said why not.
    NoneGiven,
    /// Its day has not come.
    NotOwedYet,
    /// A contextual indicator is never coloured.
    Contextual,
    /// No rule was in force.
    NoRule,
    /// The rule is that a person chooses, and nobody has.
    NobodyChose,
    /// A person chose it.
    Chosen(Colour),
    /// The year end: nobody made a forecast.
    NoForecast,
    /// The year end: a status chosen in words is not forecast.
    ChosenNotForecast,
    /// A value, judged or found to be without anything to judge it by.
    Value {
        /// Rounded to `places`.
        value: Decimal,
        /// Decimals every figure of the reason is shown at.
        places: u32,
        /// What it was held against.
        against: Against,
    },
}

/// What a value was held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Against {
    /// There is no target.
    NoTarget,
    /// There is no target range.
    NoRange,
    /// There is a target, and neither way is better.
    NoPreference,
    /// None of the bands holds it.
    NoBand,
    /// It is inside the target range, which may be open on one side.
    Inside {
        /// The least that is on target.
        lower: Option<Decimal>,
        /// The most that is on target.
        upper: Option<Decimal>,
    },
    /// It is in a band.
    Band {
        /// The council's own word for the band.
        name: String,
        /// Where the band begins.
        from: Option<Decimal>,
        /// Where the next begins.
        below: Option<Decimal>,
    },
    /// It stands somewhere beside a target or limit.
    Aim {
        /// Which.
        aim: Aimed,
        /// The target or limit.
        target: Decimal,
        /// What that came to.
        then: Then,
    },
}

/// What is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Aimed {
    /// The target.
    Target,
    /// The lower limit of the target range.
    Lower,
    /// The upper limit of the target range.
    Upper,
}

/// What a place beside the target came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Then {
    /// It is reached.
    Reached,
    /// It is bettered by a margin.
    Bettered(Margin),
    /// It is missed, and there is no intervention level.
    NoLevel,
    /// It is missed, and the intervention level is not passed.
    Tolerated(Decimal),
    /// It is missed, and the intervention level is passed.
    Passed(Decimal),
    /// It is missed by no more than the tolerance.
    Within(Tolerance),
    /// It is missed by more than the tolerance.
    Beyond(Tolerance),
    /// The same, and there is nothing to compare it with.
    BeyondAlone(Tolerance),
    /// The same, and it is worse than in the same period last year, which was this.
    BeyondWorse(Tolerance, Decimal),
    /// The same, and it is no worse than in the same period last year, which was this.
    BeyondNoWorse(Tolerance, Decimal),
}

/// How far past a target is tolerated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tolerance {
    /// How far.
    pub margin: Margin,
    /// Where that ends.
    pub ends: Decimal,
}

impl Aimed {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Target => ("target", "intervention level"),
            Self::Lower => ("lower limit", "lower intervention limit"),
            Self::Upper => ("upper limit", "upper intervention limit"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Suppressed => "The figure is known and may not be shown",
            Self::NothingOwed => "Nothing is owed for the period",
            Self::NotCollected => "The figure was owed and not collected",
            Self::NotReached => "A figure is due and has not reached the council",
            Self::NoneGiven => "A figure is due and none was given",
            Self::NotOwedYet => "No figure is owed yet",
            Self::Contextual => "The indicator is contextual: it has a preferred direction and no target, and is never coloured",
            Self::NoRule => "No status rule was in force for the period",
            Self::NobodyChose => "Nobody has chosen a status",
            Self::Chosen(colour) => return write!(f, "{} was chosen by a person, not worked out from a figure", colour.words()),
            Self::NoForecast => "No forecast was given",
            Self::ChosenNotForecast => "The status is chosen in words, not forecast",
            Self::Value { value, places, against } => return held(f, *value, *places, against),
        })
    }
}

fn held(f: &mut fmt::Formatter<'_>, value: Decimal, places: u32, against: &Against) -> fmt::Result {
    let figure = |value: Decimal| shown(value, places);
    f.write_str(&figure(value))?;
    match against {
        Against::NoTarget => f.write_str(" has no target to be judged by"),
        Against::NoRange => f.write_str(" has no target range to be judged by"),
        Against::NoPreference => f.write_str(" has no colour: neither higher nor lower is better for this indicator"),
        Against::NoBand => f.write_str(" is in none of the bands"),
        Against::Inside { lower: Some(lower), upper: Some(upper) } => {
            write!(f, " is within the target range of {} to {}", figure(*lower), figure(*upper))
        }
        Against::Inside { lower: Some(lower), upper: None } => write!(f, " is not below the lower limit of {}", figure(*lower)),
        Against::Inside { lower: None, upper } => {
            write!(f, " is not above the upper limit of {}", upper.map(figure).unwrap_or_default())
        }
        Against::Band { name, from, below } => {
            write!(f, " is in the band {name}")?;
            match (from, below) {
                (Some(from), Some(below)) => write!(f, ", from {} to below {}", figure(*from), figure(*below)),
                (Some(from), None) => write!(f, ", {} and above", figure(*from)),
                (None, Some(below)) => write!(f, ", below {}", figure(*below)),
                (None, None) => Ok(()),
            }
        }
        Against::Aim { aim, target, then } => {
            let side = match value.cmp(target) {
                std::cmp::Ordering::Less => "below",
                std::cmp::Ordering::Equal => "on",
                std::cmp::Ordering::Greater => "above",
            };
            write!(f, " is {side} the {} of {}", aim.words().0, figure(*target))?;
            came_to(f, side, aim.words().1, *then, figure)
        }
    }
}

fn came_to(f: &mut fmt::Formatter<'_>, side: &str, level: &str, then: Then, figure: impl Fn(Decimal) -> String) -> fmt::Result {
    let tolerance = |of: Tolerance| format!("the tolerance of {}, which ends at {}", words_of_margin(of.margin), figure(of.ends));
    match then {
        Then::Reached => Ok(()),
        Then::Bettered(margin) => write!(f, " by {} or more", words_of_margin(margin)),
        Then::NoLevel => write!(f, ", and no {level} is set"),
        Then::Tolerated(at) => write!(f, " and not {side} the {level} of {}", figure(at)),
        Then::Passed(at) => write!(f, " and {side} the {level} of {}", figure(at)),
        Then::Within(of) => write!(f, ", within {}", tolerance(of)),
        Then::Beyond(of) => write!(f, ", beyond {}", tolerance(of)),
        Then::BeyondAlone(of) => {
            write!(f, ", beyond {}, and there is no comparable figure for the same period last year", tolerance(of))
        }
        Then::BeyondWorse(of, before) => {
            write!(f, ", beyond {}, and worse than {} in the same period last year", tolerance(of), figure(before))
        }
        Then::BeyondNoWorse(of, before) => {
            write!(f, ", beyond {}, and no worse than {} in the same period last year", tolerance(of), figure(before))
        }
    }
}
