//! What each trigger looks for.

use rust_decimal::Decimal;

use super::{Trigger, Unusual};
use crate::aggregate::rounded;
use crate::series::Point;
use crate::status::Colour;
use crate::travel::Direction;

type Look = fn(&Recent<'_>) -> Option<Reason>;

/// In the order of their codes.
pub(super) const OPERATIONAL: [Look; 13] = [
    red,
    fell,
    amber_and_worsening,
    amber_running,
    forecast,
    no_result,
    missed,
    special_cause,
    revised,
    worst_quarter,
    linked,
    recovered,
    improved,
];

/// Of what has no target: the same, without what a target decides.
pub(super) const CONTEXTUAL: [Look; 7] = [no_result, special_cause, revised, worst_quarter, against_preference, linked, improved];

pub(super) struct Reason {
    pub(super) code: &'static str,
    pub(super) points: u32,
    pub(super) trigger: Trigger,
}

fn reason(code: &'static str, points: u32, trigger: Trigger) -> Option<Reason> {
    Some(Reason { code, points, trigger })
}

pub(super) struct Recent<'a> {
    pub(super) points: &'a [Point],
    pub(super) now: &'a Point,
    pub(super) before: Option<&'a Point>,
    pub(super) revised: Option<(Decimal, Decimal)>,
    pub(super) linked: u32,
    pub(super) unusual: Option<Unusual>,
    pub(super) worst_quarter: bool,
}

impl Recent<'_> {
    /// How many periods running have this status, up to now.
    fn running(&self, colour: Colour) -> u32 {
        self.points.iter().rev().take_while(|point| point.status.colour == colour).fold(0, |n, _| n + 1)
    }

    pub(super) fn noun(&self) -> &'static str {
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
pub(super) const fn rank(colour: Colour) -> Option<u8> {
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

/// Only of a period that has a figure: what is asked of an earlier one was said then.
fn special_cause(recent: &Recent<'_>) -> Option<Reason> {
    (recent.unusual == Some(Unusual::Concern) && recent.now.value.is_some()).then_some(())?;
    reason("X08", 15, Trigger::SpecialCause)
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

fn worst_quarter(recent: &Recent<'_>) -> Option<Reason> {
    recent.worst_quarter.then_some(())?;
    reason("X11", 10, Trigger::WorstQuarter)
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

fn improved(recent: &Recent<'_>) -> Option<Reason> {
    (recent.unusual == Some(Unusual::Improvement) && recent.now.value.is_some()).then_some(())?;
    reason("X14", 0, Trigger::Improved)
}
