//! Why a point is marked, in English. The data it is said from is [`Signal`] with [`Limits`], for saying it in another language.

use rust_decimal::Decimal;

use super::{Basis, Chart, ChartPoint, Limits, POINTS_LEAST, Segment, Side, Signal, SpecialCause, Start, Variation};
use crate::aggregate::shown;

impl Variation {
    /// The words a pack prints, whichever way the point went: `Special cause, concern`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CommonCause => "Common cause",
            Self::ImprovementHigh | Self::ImprovementLow => "Special cause, improvement",
            Self::ConcernHigh | Self::ConcernLow => "Special cause, concern",
            Self::NeitherHigh | Self::NeitherLow => "Special cause",
            Self::TooFewPoints => "Too few points",
            Self::NoFigure => "No figure",
        }
    }

    /// Whether it is special cause on the worse side.
    #[must_use]
    pub const fn is_concern(self) -> bool {
        matches!(self, Self::ConcernHigh | Self::ConcernLow)
    }

    /// Whether it is special cause on the better side.
    #[must_use]
    pub const fn is_improvement(self) -> bool {
        matches!(self, Self::ImprovementHigh | Self::ImprovementLow)
    }
}

impl Signal {
    /// The reason in English, of a point with this value, figures at the places given: `One of 9 points in a row above the mean of
    /// 80.1, April 2023 to December 2023`.
    #[must_use]
    pub fn words(&self, value: Decimal, limits: &Limits, places: u32) -> String {
        let shown = |value| shown(value, places);
        let (above, limit, name) = match self.side {
            Side::High => ("above", limits.upper, "upper limit"),
            Side::Low => ("below", limits.lower, "lower limit"),
        };
        let span = format!("{} to {}", self.from, self.until);
        match self.cause {
            SpecialCause::Astronomical => format!("{} is {above} the {name} of {}", shown(value), shown(limit)),
            SpecialCause::Shift => format!("One of {} points in a row {above} the mean of {}, {span}", self.points, shown(limits.mean)),
            SpecialCause::Trend => {
                let way = if self.side == Side::High { "rising" } else { "falling" };
                format!("One of {} points in a row {way}, {span}", self.points)
            }
            SpecialCause::TwoOfThree => {
                let count = if self.points == 2 { "Two" } else { "Three" };
                format!("{count} of three points in a row in the outer third towards the {name} of {}, {span}", shown(limit))
            }
        }
    }
}

impl Chart {
    /// Why a point is judged as it is, in English: a sentence for each special cause, or the one reason there is none.
    #[must_use]
    pub fn because(&self, point: &ChartPoint, places: u32) -> Vec<String> {
        let segment = self.segments.get(point.segment);
        match (point.value, segment.and_then(|segment| segment.limits)) {
            (Some(value), Some(limits)) if !point.signals.is_empty() => {
                point.signals.iter().map(|signal| signal.words(value, &limits, places)).collect()
            }
            (None, _) => vec!["There is no figure for the period".into()],
            (Some(value), Some(limits)) if point.variation == Variation::CommonCause => vec![format!(
                "{} is within what chance explains, {} to {} around a mean of {}",
                shown(value, places),
                shown(limits.lower, places),
                shown(limits.upper, places),
                shown(limits.mean, places),
            )],
            _ => vec![segment.map_or_else(String::new, Segment::words)],
        }
    }
}

impl Segment {
    /// What its points are enough for, and why it begins where it does, in English.
    #[must_use]
    pub fn words(&self) -> String {
        let points = if self.points == 1 { "1 point".to_owned() } else { format!("{} points", self.points) };
        let enough = match self.basis {
            Basis::Judged => format!("Judged by {points}"),
            Basis::Trial => format!("Too few points: {points} of the {POINTS_LEAST} a judgement needs; the limits are trial limits"),
            Basis::TooFewPoints => format!("Too few points: {points} of the {POINTS_LEAST} a judgement needs"),
            Basis::TooLarge => "The figures are too large to be judged exactly".to_owned(),
        };
        let gaps = match self.gaps {
            0 => String::new(),
            1 => "; 1 period without a figure is passed over".to_owned(),
            gaps => format!("; {gaps} periods without a figure are passed over"),
        };
        match &self.start {
            Start::First => format!("{enough}{gaps}"),
            Start::Baseline(reason) => format!("{enough}{gaps}; new baseline from {}: {reason}", self.from),
            Start::DefinitionBreak => format!("{enough}{gaps}; the definition changed from {}", self.from),
        }
    }
}
