//! Why a comparison says no more than it does, as data: what the sentence is made from, in this language or another.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Standing;

/// Why something is not given, or what must be known of what is. Its `Display` is the sentence in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// So many of the group do not count, and why.
    LeftOut {
        /// Why.
        standing: Standing,
        /// How many.
        members: u32,
    },
    /// So many of the values counted were shared by the councils and are not published.
    Shared {
        /// How many.
        members: u32,
    },
    /// Nobody in the group has a value that counts.
    NobodyCounts,
    /// Too few values for quartiles.
    TooFewForQuartiles {
        /// How many values there are.
        counted: u32,
        /// How many it takes.
        needed: u32,
    },
    /// There is no ratio of sums: some values came without a numerator or a denominator.
    NoSums {
        /// How many.
        lacking: u32,
        /// Of how many.
        counted: u32,
    },
    /// There is no ratio of sums: the denominators add up to nothing.
    SumsOverNothing,
    /// A figure is too large to be worked out.
    TooLarge,
    /// There is no figure of ours.
    NoneOfOurs,
    /// Our figure does not count, and why.
    OursLeftOut {
        /// Why.
        standing: Standing,
    },
    /// There is no rank: neither way is better.
    NoPreference,
    /// There is no rank: each council aims at a range of its own.
    RangePreferred,
    /// There is no quarter: both quartiles are what our value is.
    QuartersAlike,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let have = |members: u32, one: &'static str, more: &'static str| if members == 1 { one } else { more };
        match *self {
            Self::LeftOut { standing, members } => {
                write!(f, "{members} of the group {} not counted: {}", have(members, "is", "are"), because(standing, members == 1))
            }
            Self::Shared { members } => {
                write!(f, "{members} of the values {} shared by the council and not published", have(members, "is", "are"))
            }
            Self::NobodyCounts => f.write_str("Nobody in the group has a value to compare with"),
            Self::TooFewForQuartiles { counted, needed } => {
                write!(f, "Quartiles need {needed} values, and {}", Count(counted))
            }
            Self::NoSums { lacking, counted } if lacking == counted => {
                f.write_str("There is no ratio of sums: no value came with a numerator and a denominator")
            }
            Self::NoSums { lacking, counted } => {
                write!(f, "There is no ratio of sums: {lacking} of {counted} values came without a numerator and a denominator")
            }
            Self::SumsOverNothing => f.write_str("There is no ratio of sums: the denominators add up to 0"),
            Self::TooLarge => f.write_str("A figure is too large to be worked out"),
            Self::NoneOfOurs => f.write_str("There is no value of ours to place"),
            Self::OursLeftOut { standing } => write!(f, "Our value is not placed: {}", because(standing, true)),
            Self::NoPreference => f.write_str("There is no rank: neither higher nor lower is better"),
            Self::RangePreferred => f.write_str("There is no rank: best is inside a range, and councils aim at ranges of their own"),
            Self::QuartersAlike => f.write_str("There is no quarter: our value and both quartiles are the same"),
        }
    }
}

struct Count(u32);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("there is none"),
            1 => f.write_str("there is 1"),
            more => write!(f, "there are {more}"),
        }
    }
}

/// Why whoever has this standing is not counted, of one council or of several.
const fn because(standing: Standing, one: bool) -> &'static str {
    match standing {
        Standing::Published | Standing::Shared => "it counts",
        Standing::Missing => "there is no value",
        Standing::Suppressed => "the value is known and may not be shown",
        Standing::NotResponsible if one => "the council does not have this service",
        Standing::NotResponsible => "the councils do not have this service",
        Standing::NotYet if one => "the council had not been formed",
        Standing::NotYet => "the councils had not been formed",
        Standing::Abolished if one => "the council had ended",
        Standing::Abolished => "the councils had ended",
        Standing::NotSameDefinition => "the definition or the months are not the same",
    }
}
