//! Making [`Point`]s: for each period asked about, the version, target and rule in force, and every judgement.
//!
//! Written to be called for a whole council at once. Every lookup is a binary search over the slices as given, and
//! periods are compared by counting months, not by calendar arithmetic.

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use super::{Definition, Observation, Point, Series, Target, YearEnd, YearToDate};
use crate::aggregate::{self, Part, derive, rounded};
use crate::measure::{Absence, Aggregation, Frequency, YearBasis};
use crate::period::Period;
use crate::status::{Colour, Question, Reason, Shape, Status, StatusRule, Thresholds, judge};
use crate::travel::{self, Direction, Figure, Travel};

/// The first day that must be loaded for `points(until, last)` of an indicator of this frequency to be right: the
/// year before the year of the first point, which last year's comparisons and outturn need.
#[must_use]
pub fn needed_from(until: Period, last: usize, frequency: Frequency, basis: YearBasis) -> NaiveDate {
    let back = u32::try_from(last.saturating_sub(1)).unwrap_or(u32::MAX);
    let first = ending_by(until.end(), frequency, basis).and_then(|latest| latest.back(back));
    let needed = first.and_then(|first| {
        let year = first.year_of(basis)?.last_year()?;
        // A half-year that ends in an academic year's first month starts before that year does.
        let straddling = Period::holding(year.start(), frequency, basis)?;
        Some(straddling.start().min(first.last_year()?.start()))
    });
    needed.unwrap_or_else(earliest)
}

/// The first day of the earliest of the points `points(until, last)` gives for an indicator of this frequency.
#[must_use]
pub fn shown_from(until: Period, last: usize, frequency: Frequency, basis: YearBasis) -> NaiveDate {
    let back = u32::try_from(last.saturating_sub(1)).unwrap_or(u32::MAX);
    let first = ending_by(until.end(), frequency, basis).and_then(|latest| latest.back(back));
    first.map_or_else(earliest, Period::start)
}

/// Where the calendar of periods begins.
fn earliest() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// The latest period of a frequency that ends on or before a day.
fn ending_by(day: NaiveDate, frequency: Frequency, basis: YearBasis) -> Option<Period> {
    let holding = Period::holding(day, frequency, basis)?;
    if holding.end() <= day { Some(holding) } else { holding.previous() }
}

/// Periods in the order of [`Period`]'s own `Ord`, as months since year 0: the month after the end, then longer first.
fn order(period: Period) -> (i32, i32) {
    // Both fit: `Period` keeps years under 2201 and months under 121.
    let months = period.months() as i32;
    (month_of(period) + months, -months)
}

/// As [`Period`]'s own `Ord`; periods of one length, which nearly all are, without any calendar.
fn compare(a: Period, b: Period) -> Ordering {
    if a.months() == b.months() { a.start().cmp(&b.start()) } else { order(a).cmp(&order(b)) }
}

fn month_of(period: Period) -> i32 {
    period.start().year() * 12 + period.start().month0() as i32
}

/// An observation as far as it may be shown and computed with: nothing of a suppressed one.
#[derive(Debug, Clone, Copy, Default)]
struct Reported {
    value: Option<Decimal>,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
}

/// Where the calendar has no year for the period.
const NOTHING_TO_DATE: YearToDate = YearToDate { value: None, complete: false, expected: 0, reported: 0 };

impl Series<'_> {
    /// The last `last` periods of the indicator's own frequency that end on or before the end of `until`, in order,
    /// judged. A monthly indicator asked until a quarter gives months up to the quarter's last; an annual one the last
    /// year that has ended. Periods without an observation are there too.
    ///
    /// Fewer points than asked only where the calendar ends (1900). Empty without a definition.
    #[must_use]
    pub fn points(&self, until: Period, last: usize) -> Vec<Point> {
        self.points_of(until, last, |_| true)
    }

    /// The same, of some of these periods alone: they are judged by all that is in the series.
    #[must_use]
    pub fn points_of(&self, until: Period, last: usize, wanted: impl Fn(Period) -> bool) -> Vec<Point> {
        let spans = self.spans(until, last).into_iter().filter(|(_, period)| wanted(*period));
        spans.map(|(definition, period)| self.point(definition, period)).collect()
    }

    /// The periods [`Series::points`] answers, in order.
    #[must_use]
    pub fn periods(&self, until: Period, last: usize) -> Vec<Period> {
        self.spans(until, last).into_iter().map(|(_, period)| period).collect()
    }

    fn spans(&self, until: Period, last: usize) -> Vec<(&Definition, Period)> {
        let mut spans = Vec::with_capacity(last.min(120));
        let mut day = Some(until.end());
        while let Some((definition, period)) = day.filter(|_| spans.len() < last).and_then(|day| self.span_by(day)) {
            spans.push((definition, period));
            day = period.start().pred_opt();
        }
        spans.reverse();
        spans
    }

    /// The latest period that ends on or before `day`, of the version of the definition in force for it.
    fn span_by(&self, day: NaiveDate) -> Option<(&Definition, Period)> {
        self.definitions.iter().rev().find_map(|definition| {
            let period = ending_by(day, definition.frequency, definition.year_basis)?;
            let in_force = definition.applies_from.is_none_or(|from| from.start() <= period.start());
            in_force.then_some((definition, period))
        })
    }

    fn point(&self, definition: &Definition, period: Period) -> Point {
        let index = self.observed(period);
        let observation = index.map(|i| &self.observations[i]);
        let reported = observation.map(|o| self.reported(definition, o)).unwrap_or_default();
        let year = period.year_of(definition.year_basis);
        let so_far = year.map(|year| self.so_far(period, year)).unwrap_or_default();
        let flat = year.and_then(|year| self.target(year));
        let thresholds = self.target(period).or(flat).copied().unwrap_or_default();
        let rule = self.rule(period.end());
        let last_year = self.same_period_last_year(definition, observation, period);
        let status = judge(&Question {
            rule,
            value: reported.value,
            absence: observation.and_then(|o| o.absence),
            due: is_due(period.end(), definition.data_lag_days, self.today),
            polarity: definition.polarity,
            purpose: definition.purpose,
            decimal_places: definition.decimal_places,
            thresholds: Some(&thresholds),
            same_period_last_year: last_year.map(|figure| figure.value),
            chosen: None,
        });
        Point {
            period,
            observation: index,
            value: reported.value,
            absence: observation.and_then(|o| o.absence),
            numerator: reported.numerator,
            denominator: reported.denominator,
            decimal_places: definition.decimal_places,
            thresholds,
            status,
            year_end: self.year_end(definition, so_far, year, flat, rule),
            travel: self.travel(definition, observation, period, last_year, &thresholds),
            year_to_date: year.map(|year| self.year_to_date(definition, period, year, so_far)).unwrap_or(NOTHING_TO_DATE),
            disagrees: observation.is_some_and(|o| disagrees(o, self.defined(definition, o))),
        }
    }

    /// Where the observation of exactly this period is.
    fn observed(&self, period: Period) -> Option<usize> {
        self.observations.binary_search_by(|o| compare(o.period, period)).ok()
    }

    fn target(&self, period: Period) -> Option<&Thresholds> {
        let index = self.targets.binary_search_by(|t: &Target| compare(t.period, period)).ok()?;
        self.targets.get(index).map(|target| &target.thresholds)
    }

    /// The rule in force: of those that apply from the period's end or before, the latest.
    fn rule(&self, end: NaiveDate) -> Option<&StatusRule> {
        let after = self.rules.partition_point(|rule| rule.applies_from <= end);
        self.rules.get(after.checked_sub(1)?)
    }

    /// The version an observation was reported under; the one in force where that version is unknown.
    fn defined<'d>(&'d self, in_force: &'d Definition, observation: &Observation) -> &'d Definition {
        if observation.definition_version == in_force.version {
            return in_force;
        }
        self.definitions.iter().find(|d| d.version == observation.definition_version).unwrap_or(in_force)
    }

    fn reported(&self, in_force: &Definition, observation: &Observation) -> Reported {
        if observation.absence == Some(Absence::Suppressed) {
            return Reported::default();
        }
        let Observation { numerator, denominator, .. } = *observation;
        let multiplier = || self.defined(in_force, observation).multiplier;
        let derived = || numerator.zip(denominator).and_then(|(n, d)| derive(n, d, multiplier()));
        Reported { value: observation.value.or_else(derived), numerator, denominator }
    }

    fn figure(&self, definition: &Definition, observation: &Observation) -> Option<Figure> {
        let value = self.reported(definition, observation).value?;
        Some(Figure { value, definition_version: observation.definition_version })
    }

    fn figure_of(&self, definition: &Definition, period: Option<Period>) -> Option<Figure> {
        self.figure(definition, &self.observations[self.observed(period?)?])
    }

    /// Last year's figure where it can be compared: reported under the version this period was reported under.
    fn same_period_last_year(&self, definition: &Definition, now: Option<&Observation>, period: Period) -> Option<Figure> {
        let before = self.figure_of(definition, period.last_year())?;
        (now?.definition_version == before.definition_version).then_some(before)
    }

    fn travel(
        &self,
        definition: &Definition,
        observation: Option<&Observation>,
        period: Period,
        last_year: Option<Figure>,
        thresholds: &Thresholds,
    ) -> Travel {
        let now = observation.and_then(|o| self.figure(definition, o));
        let against = |before| travel::compare(now, before, definition.polarity, definition.decimal_places, Some(thresholds));
        // Against the month before, a figure that already is the year to date would always go up (§5.5).
        let on_previous_period = match definition.aggregation {
            Aggregation::Cumulative => Direction::NotComparable,
            _ if now.is_none() => Direction::NotComparable,
            _ => against(self.figure_of(definition, period.previous())),
        };
        Travel { on_previous_period, on_same_period_last_year: against(last_year) }
    }

    /// The observations that end in the year up to and including `period`. Those of another frequency, from before the
    /// definition changed it, are among them.
    fn so_far(&self, period: Period, year: Period) -> &[Observation] {
        let from = month_of(year);
        let after = self.observations.partition_point(|o| compare(o.period, period) != Ordering::Greater);
        let earlier = self.observations.get(..after).unwrap_or_default();
        let first = earlier.partition_point(|o| o.period.start() < year.start() && order(o.period).0 <= from);
        earlier.get(first..).unwrap_or_default()
    }

    /// Figures of another definition are not added to this one's: they leave the year incomplete, which is said.
    fn year_to_date(&self, definition: &Definition, period: Period, year: Period, so_far: &[Observation]) -> YearToDate {
        let months = (order(period).0 - month_of(year)).unsigned_abs();
        let comparable = |o: &&Observation| o.period.months() == period.months() && o.definition_version == definition.version;
        let parts = so_far.iter().filter(comparable).map(|o| {
            let Reported { value, numerator, denominator } = self.reported(definition, o);
            Part { value, numerator, denominator }
        });
        aggregate::year_to_date(definition.aggregation, definition.multiplier, months.div_ceil(period.months()), parts)
    }

    /// The year end as it looked in `period`: the latest forecast of the year up to it, against the year's own target.
    fn year_end(
        &self,
        definition: &Definition,
        so_far: &[Observation],
        year: Option<Period>,
        flat: Option<&Thresholds>,
        rule: Option<&StatusRule>,
    ) -> YearEnd {
        let forecast = so_far.iter().rev().find_map(|o| o.forecast);
        let by_words = rule.is_some_and(|rule| rule.shape == Shape::Words);
        let status = if forecast.is_none() || by_words {
            let reason = if by_words { Reason::ChosenNotForecast } else { Reason::NoForecast };
            Status { colour: Colour::NotApplicable, because: reason.to_string(), reason, by_rule: false }
        } else {
            let by_direction = rule.is_some_and(|rule| matches!(rule.shape, Shape::ToleranceWithDirection { .. }));
            judge(&Question {
                rule,
                value: forecast,
                absence: None,
                due: true,
                polarity: definition.polarity,
                purpose: definition.purpose,
                decimal_places: definition.decimal_places,
                thresholds: flat,
                same_period_last_year: year.filter(|_| by_direction).and_then(|year| self.outturn(definition, year.previous()?)),
                chosen: None,
            })
        };
        YearEnd { forecast, target: flat.and_then(|thresholds| thresholds.target), status }
    }

    /// What a whole year came to; None while any of its periods is missing.
    fn outturn(&self, definition: &Definition, year: Period) -> Option<Decimal> {
        let last = ending_by(year.end(), definition.frequency, definition.year_basis)?;
        let outturn = self.year_to_date(definition, last, year, self.so_far(last, year));
        outturn.value.filter(|_| outturn.complete)
    }
}

/// A value is owed once the period and the indicator's lag after it have passed.
fn is_due(end: NaiveDate, lag_days: u32, today: NaiveDate) -> bool {
    end.checked_add_days(Days::new(u64::from(lag_days))).is_some_and(|day| day < today)
}

/// A value given beside a numerator and a denominator that do not make it at the places shown (§5.3).
fn disagrees(observation: &Observation, definition: &Definition) -> bool {
    let (Some(value), Some(numerator), Some(denominator)) = (observation.value, observation.numerator, observation.denominator) else {
        return false;
    };
    let places = definition.decimal_places;
    derive(numerator, denominator, definition.multiplier).is_none_or(|derived| rounded(derived, places) != rounded(value, places))
}
