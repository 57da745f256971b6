//! Why a figure calls for attention: the points and phrases a pack's exceptions are chosen and ordered by.
//!
//! Of the triggers of the pack's design, those that follow from figures alone: X01 to X07, X09, X12 and X14, and X13 of what is linked to them.
//! Points add up; a row is shown at 10 or more, or as an improvement. What calls for attention on a row of its own is in [`delivery`].

use rust_decimal::Decimal;

use crate::aggregate::{rounded, shown};
use crate::closed_set;
use crate::measure::Purpose;
use crate::series::Point;
use crate::status::Colour;
use crate::travel::Direction;

pub mod delivery;
#[cfg(test)]
mod tests;

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
    /// X09: a published figure read the first and now reads the second.
    Revised(Decimal, Decimal),
    /// X12: a contextual measure goes against its preferred direction.
    WrongWay,
    /// X13: so many actions or risks linked to it call for attention themselves.
    Linked(u32),
    /// X14: back to this colour.
    Recovered(Colour),
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
    };
    let found: Vec<_> = match input.purpose {
        Purpose::Operational => [red, fell, amber_and_worsening, amber_running, forecast, no_result, missed, revised, linked, recovered]
            .iter()
            .filter_map(|trigger| trigger(&recent))
            .collect(),
        Purpose::Contextual => [no_result, revised, against_preference, linked].iter().filter_map(|trigger| trigger(&recent)).collect(),
    };
    let total = found.iter().fold(0_u32, |sum, reason| sum.saturating_add(reason.points));
    let improved = found.iter().any(|reason| reason.code == "X14");
    let kind = ExceptionKind::of(total).or(improved.then_some(ExceptionKind::Improvement))?;
    let codes = found.iter().map(|reason| reason.code).collect();
    let triggers = found.iter().map(|reason| reason.trigger).collect();
    let phrases = found.iter().map(|reason| phrase(reason.trigger, recent.noun(), recent.now.decimal_places)).collect();
    Some(Exception { points: total, kind, codes, triggers, months: recent.now.period.months(), phrases })
}

struct Reason {
    code: &'static str,
    points: u32,
    trigger: Trigger,
}

fn reason(code: &'static str, points: u32, trigger: Trigger) -> Option<Reason> {
    Some(Reason { code, points, trigger })
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
        Trigger::Revised(from, to) => format!("revised from {} to {}", shown(from, places), shown(to, places)),
        Trigger::WrongWay => "moving the wrong way".to_owned(),
        Trigger::Linked(1) => "a linked action or risk calls for attention".to_owned(),
        Trigger::Linked(n) => format!("{n} linked actions or risks call for attention"),
        Trigger::Recovered(colour) => format!("back to {}", colour.words()),
    }
}

struct Recent<'a> {
    points: &'a [Point],
    now: &'a Point,
    before: Option<&'a Point>,
    revised: Option<(Decimal, Decimal)>,
    linked: u32,
}

impl Recent<'_> {
    /// How many periods running have this status, up to now.
    fn running(&self, colour: Colour) -> u32 {
        self.points.iter().rev().take_while(|point| point.status.colour == colour).fold(0, |n, _| n + 1)
    }

    fn noun(&self) -> &'static str {
        match self.now.period.months() {
            1 => "month",
            3 => "quarter",
            6 => "half-year",
            12 => "year",
            _ => "period",
        }
    }

    fn is(&self, colour: Colour) -> bool {
        self.now.status.colour == colour
    }
}

/// Better is higher; None for what is not a colour.
const fn rank(colour: Colour) -> Option<u8> {
    match colour {
        Colour::Blue => Some(4),
        Colour::Green => Some(3),
        Colour::Amber => Some(2),
        Colour::Red => Some(1),
        _ => None,
    }
}

/// Against the period before; where that cannot be compared, as for cumulative figures, against last year.
fn declined(point: &Point) -> bool {
    match point.travel.on_previous_period {
        Direction::NotComparable => point.travel.on_same_period_last_year == Direction::Declined,
        direction => direction == Direction::Declined,
    }
}

fn red(recent: &Recent<'_>) -> Option<Reason> {
    match recent.running(Colour::Red) {
        0 => None,
        n => reason("X01", 50, Trigger::Red(n)),
    }
}

fn fell(recent: &Recent<'_>) -> Option<Reason> {
    let before = recent.before?.status.colour;
    let fell = rank(recent.now.status.colour)? < rank(before)?;
    fell.then_some(())?;
    reason("X02", 25, Trigger::Fell(before))
}

fn amber_and_worsening(recent: &Recent<'_>) -> Option<Reason> {
    (recent.is(Colour::Amber) && declined(recent.now)).then_some(())?;
    reason("X03", 20, Trigger::AmberAndWorsening)
}

fn amber_running(recent: &Recent<'_>) -> Option<Reason> {
    let running = recent.running(Colour::Amber);
    (running >= 2).then_some(())?;
    reason("X04", 10, Trigger::AmberRunning(running))
}

fn forecast(recent: &Recent<'_>) -> Option<Reason> {
    let forecast = recent.now.year_end.status.colour;
    let worse = rank(forecast)? < rank(recent.now.status.colour).unwrap_or(0);
    (worse || forecast == Colour::Red).then_some(())?;
    reason("X05", 20, Trigger::Forecast(forecast))
}

fn no_result(recent: &Recent<'_>) -> Option<Reason> {
    // A figure nobody has judged (a status a person chooses) is a result all the same.
    let silent = |point: &&Point| point.status.colour == Colour::NoData && point.value.is_none();
    match recent.points.iter().rev().take_while(silent).fold(0_u32, |n, _| n + 1) {
        0 => None,
        n => reason("X06", n.saturating_sub(1).saturating_mul(10).saturating_add(30), Trigger::NoResult(n)),
    }
}

fn missed(recent: &Recent<'_>) -> Option<Reason> {
    let last = recent.points.get(recent.points.len().checked_sub(4)?..)?;
    let missed = last.iter().filter(|point| matches!(point.status.colour, Colour::Amber | Colour::Red)).fold(0, |n, _| n + 1);
    (missed >= 3).then_some(())?;
    reason("X07", 15, Trigger::Missed(missed))
}

/// Beyond tolerance: by more than a hundredth of what it read, and by more than one of the last decimal shown.
fn revised(recent: &Recent<'_>) -> Option<Reason> {
    let (from, to) = recent.revised?;
    let places = recent.now.decimal_places;
    let by = rounded(to, places).checked_sub(rounded(from, places))?.abs();
    let tolerance = from.abs().checked_div(Decimal::ONE_HUNDRED)?.max(Decimal::new(1, places.min(28)));
    (by > tolerance).then_some(())?;
    reason("X09", 15, Trigger::Revised(from, to))
}

/// Two readings running: the last two periods that have a value, so that a yearly survey skipped once still counts.
fn against_preference(recent: &Recent<'_>) -> Option<Reason> {
    let mut readings = recent.points.iter().rev().filter(|point| point.value.is_some());
    (declined(readings.next()?) && declined(readings.next()?)).then_some(())?;
    reason("X12", 10, Trigger::WrongWay)
}

fn linked(recent: &Recent<'_>) -> Option<Reason> {
    (recent.linked > 0).then_some(())?;
    reason("X13", 10, Trigger::Linked(recent.linked))
}

fn recovered(recent: &Recent<'_>) -> Option<Reason> {
    let now = recent.is(Colour::Green) || recent.is(Colour::Blue);
    let before = matches!(recent.before?.status.colour, Colour::Amber | Colour::Red);
    (now && before).then_some(())?;
    reason("X14", 0, Trigger::Recovered(recent.now.status.colour))
}
