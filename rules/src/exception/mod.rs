//! Why a figure calls for attention: the points and phrases a pack's exceptions are chosen and ordered by.
//!
//! Of the triggers of the pack's design, those that follow from figures alone: X01 to X09, X11 where other councils' are known, X12 and
//! X14, and X13 of what is linked to them.
//! Points add up; a row is shown at 10 or more, or as an improvement. What calls for attention on a row of its own is in [`delivery`].

use rust_decimal::Decimal;

use crate::aggregate::shown;
use crate::closed_set;
use crate::measure::Purpose;
use crate::series::Point;
use crate::status::Colour;

pub mod delivery;
#[cfg(test)]
mod tests;
mod triggers;

use triggers::{CONTEXTUAL, OPERATIONAL, Recent};

closed_set! {
    /// What sort of exception.
    ExceptionKind {
        /// 30 points or more.
        Concern = "CONCERN", "Concern";
        /// 10 to 29 points.
        Watch = "WATCH", "Watch";
        /// Recovered, and nothing else to say.
        Improvement = "IMPROVEMENT", "Improvement";
    }
}

impl ExceptionKind {
    /// By points alone: none below 10, which call for nothing.
    #[must_use]
    pub const fn of(points: u32) -> Option<Self> {
        match points {
            30.. => Some(Self::Concern),
            10.. => Some(Self::Watch),
            _ => None,
        }
    }
}

/// One indicator's recent points, in order; the last is the one reported. Give at least four, and as many as a run
/// ("Red for 7 months") is to be counted over.
#[derive(Debug, Clone, Copy)]
pub struct ExceptionInput<'a> {
    /// As made by [`crate::series::Series::points`].
    pub points: &'a [Point],
    /// A contextual indicator is listed when it moves against its preferred direction.
    pub purpose: Purpose,
    /// What one of its published figures read before, and what it reads now.
    pub revised: Option<(Decimal, Decimal)>,
    /// How many actions and risks linked to it call for attention themselves: [`delivery`].
    pub linked: u32,
    /// Whether its latest figure is more than chance ([`crate::spc`]), and which way; none where it is not, or there are too few points.
    pub unusual: Option<Unusual>,
    /// Whether it is among the worst quarter of its comparator group, which counts the same ([`crate::benchmark`]).
    pub worst_quarter: bool,
}

impl<'a> ExceptionInput<'a> {
    /// Points alone, and nothing known beside them.
    #[must_use]
    pub const fn of(points: &'a [Point], purpose: Purpose) -> Self {
        Self { points, purpose, revised: None, linked: 0, unusual: None, worst_quarter: false }
    }
}

/// A special cause by what it means for whoever the figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusual {
    /// The worse way.
    Concern,
    /// The better way.
    Improvement,
}

/// One trigger that was found, as data: for saying it in another language. Periods are those of the indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// X01: red for so many periods running.
    Red(u32),
    /// X02: it had this colour a period ago, which was better.
    Fell(Colour),
    /// X03: amber, and worse than before.
    AmberAndWorsening,
    /// X04: amber for so many periods running.
    AmberRunning(u32),
    /// X05: the year is expected to end on this colour.
    Forecast(Colour),
    /// X06: due and not given for so many periods running.
    NoResult(u32),
    /// X07: off target in so many of the last four periods.
    Missed(u32),
    /// X08: a change for the worse that chance does not explain.
    SpecialCause,
    /// X09: a published figure read the first and now reads the second.
    Revised(Decimal, Decimal),
    /// X11: among the worst quarter of its comparator group.
    WorstQuarter,
    /// X12: a contextual measure goes against its preferred direction.
    WrongWay,
    /// X13: so many actions or risks linked to it call for attention themselves.
    Linked(u32),
    /// X14: back to this colour.
    Recovered(Colour),
    /// X14: a change for the better that chance does not explain.
    Improved,
}

/// Why an indicator is among the exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// More is listed first. 0 for an improvement, which comes after all others.
    pub points: u32,
    /// What sort.
    pub kind: ExceptionKind,
    /// Codes of the triggers: `X01`. In the order of their codes.
    pub codes: Vec<&'static str>,
    /// The triggers themselves, in the same order.
    pub triggers: Vec<Trigger>,
    /// Months of the period they are counted in.
    pub months: u32,
    /// A phrase a trigger: `Red for 3 quarters`.
    pub phrases: Vec<String>,
}

impl Exception {
    /// The phrases as the pack prints them, 200 characters at most: a phrase that would pass it is left out.
    #[must_use]
    pub fn why(&self) -> String {
        let mut why = String::new();
        for phrase in &self.phrases {
            let separator = if why.is_empty() { "" } else { "; " };
            if why.chars().count() + separator.len() + phrase.chars().count() > 200 {
                break;
            }
            why.push_str(separator);
            why.push_str(phrase);
        }
        why
    }
}

/// Points, kind and phrases; None when nothing calls for attention.
///
/// Periods at the end that are not due yet are passed over: the question is then asked of the last one that was.
#[must_use]
pub fn assess(input: &ExceptionInput<'_>) -> Option<Exception> {
    let due = input.points.iter().rposition(|point| point.status.colour != Colour::NotDue)?;
    let points = input.points.get(..=due)?;
    let recent = Recent {
        points,
        now: points.last()?,
        before: points.len().checked_sub(2).and_then(|i| points.get(i)),
        revised: input.revised,
        linked: input.linked,
        unusual: input.unusual,
        worst_quarter: input.worst_quarter,
    };
    let found: Vec<_> = match input.purpose {
        Purpose::Operational => OPERATIONAL.iter().filter_map(|trigger| trigger(&recent)).collect(),
        Purpose::Contextual => CONTEXTUAL.iter().filter_map(|trigger| trigger(&recent)).collect(),
    };
    let total = found.iter().fold(0_u32, |sum, reason| sum.saturating_add(reason.points));
    let improved = found.iter().any(|reason| reason.code == "X14");
    let kind = ExceptionKind::of(total).or(improved.then_some(ExceptionKind::Improvement))?;
    let codes = found.iter().map(|reason| reason.code).collect();
    let triggers = found.iter().map(|reason| reason.trigger).collect();
    let phrases = found.iter().map(|reason| phrase(reason.trigger, recent.noun(), recent.now.decimal_places)).collect();
    Some(Exception { points: total, kind, codes, triggers, months: recent.now.period.months(), phrases })
}

/// The trigger as the pack says it in English.
fn phrase(trigger: Trigger, noun: &str, places: u32) -> String {
    match trigger {
        Trigger::Red(1) => "Red".to_owned(),
        Trigger::Red(n) => format!("Red for {n} {noun}s"),
        Trigger::Fell(before) => format!("was {} last {noun}", before.words()),
        Trigger::AmberAndWorsening => "Amber and worsening".to_owned(),
        Trigger::AmberRunning(n) => format!("Amber for {n} {noun}s"),
        Trigger::Forecast(colour) => format!("forecast {} at year end", colour.words()),
        Trigger::NoResult(1) => format!("no result for the {noun}"),
        Trigger::NoResult(n) => format!("no result for {n} {noun}s"),
        Trigger::Missed(n) => format!("missed in {n} of 4 {noun}s"),
        Trigger::SpecialCause => "unusual change, not chance".to_owned(),
        Trigger::Revised(from, to) => format!("revised from {} to {}", shown(from, places), shown(to, places)),
        Trigger::WorstQuarter => "worst quarter of neighbours".to_owned(),
        Trigger::WrongWay => "moving the wrong way".to_owned(),
        Trigger::Linked(1) => "a linked action or risk calls for attention".to_owned(),
        Trigger::Linked(n) => format!("{n} linked actions or risks call for attention"),
        Trigger::Recovered(colour) => format!("back to {}", colour.words()),
        Trigger::Improved => "unusual improvement, not chance".to_owned(),
    }
}
