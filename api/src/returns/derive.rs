//! Which returns there are. Nobody makes them: every element that owes figures in a reporting period has one, from the day
//! the calendar names the period.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use rules::framework::ReportingPeriodRow;
use rules::measure::Lifecycle;
use rules::period::Period;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::values::calendar::Calendar;

/// One figure: an indicator, and a period of its own frequency.
pub type FigureKey = (Uuid, Period);

/// A return as the framework and the calendar make it. What was done to it is elsewhere.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The same for ever: [`return_id`].
    pub id: Uuid,
    /// The element that owes it.
    pub element: Uuid,
    /// The reporting period.
    pub period: Period,
    /// Last day for it.
    pub due_on: Option<NaiveDate>,
    /// Whether the reporting period takes figures.
    pub open: bool,
    /// The place of its edition in the calendar.
    pub edition: usize,
    /// What it owes, in the framework's order.
    pub figures: Vec<FigureKey>,
}

/// The id of an element's return for a reporting period: made of the three, so that it is known before there is a row and
/// two first acts meet in the same one.
pub fn return_id(council: Uuid, element: Uuid, period: Period) -> Uuid {
    let name = format!("return {council} {element} {} {}", period.start(), period.months());
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The indicator's own periods that end inside a reporting period, in order.
pub fn due_in(entry: &IndicatorEntry, period: Period) -> Vec<Period> {
    let version = entry.version_in(Some(period));
    let ends_inside = |own: &Period| period.start() <= own.end() && own.end() <= period.end();
    let last = Period::holding(period.end(), version.frequency.0, version.year_basis.0);
    let mut due: Vec<Period> =
        std::iter::successors(last, |own| own.previous()).take_while(|own| own.end() >= period.start()).filter(ends_inside).collect();
    due.reverse();
    due
}

/// The first day a figure is owed: its period and the time its data take have passed. None where that is never.
pub fn owed_from(entry: &IndicatorEntry, own: Period) -> Option<NaiveDate> {
    let lag = u64::try_from(entry.version_in(Some(own)).data_lag_days).unwrap_or_default();
    own.end().checked_add_days(Days::new(lag))?.succ_opt()
}

/// The returns of one reporting period of the edition at a place of the calendar, in the framework's order of the elements.
/// `kept` are the figures retired indicators still have a place for, [`super::retired`].
pub fn returns_of(
    council: Uuid,
    calendar: &Calendar,
    (edition, catalogue): (usize, &Catalogue),
    row: &ReportingPeriodRow,
    kept: &HashSet<FigureKey>,
) -> Vec<Derived> {
    let mut owed: HashMap<Uuid, Vec<FigureKey>> = HashMap::new();
    let day = row.period.end();
    for entry in catalogue.indicators.iter().filter(|entry| entry.lifecycle != Lifecycle::Proposed) {
        let asked = |own: &Period| entry.lifecycle == Lifecycle::Active || kept.contains(&(entry.id, *own));
        let begins = entry.definitions.first().and_then(|first| first.applies_from);
        let collected = |own: &Period| begins.is_none_or(|from| from.start() <= own.end());
        // A month inside a quarter is the month's return's, where the month is reported by itself.
        let belongs = |own: &Period| calendar.reporting(*own).is_some_and(|(at, held)| at == edition && held.period == row.period);
        let due: Vec<Period> = due_in(entry, row.period).into_iter().filter(|own| collected(own) && asked(own) && belongs(own)).collect();
        if !due.is_empty() {
            let element = catalogue.returns_to(entry.owner, day);
            owed.entry(element).or_default().extend(due.into_iter().map(|own| (entry.id, own)));
        }
    }
    let ordered = catalogue.in_order(day);
    ordered
        .into_iter()
        .filter_map(|element| {
            let figures = owed.remove(&element)?;
            let id = return_id(council, element, row.period);
            Some(Derived { id, element, period: row.period, due_on: row.due_on, open: row.open, edition, figures })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_element_s_and_period_s_and_nobody_else_s() {
        let of = |council: u128, element: u128, period: &str| {
            return_id(Uuid::from_u128(council), Uuid::from_u128(element), period.parse().expect("a period"))
        };
        assert_eq!(of(1, 2, "2023/24 Q1"), of(1, 2, "2023/24 Q1"));
        let others = [of(2, 2, "2023/24 Q1"), of(1, 3, "2023/24 Q1"), of(1, 2, "2023/24 Q2"), of(1, 2, "2023-04"), of(1, 2, "2023/24")];
        assert!(!others.contains(&of(1, 2, "2023/24 Q1")), "{others:?}");
        assert_eq!(of(1, 2, "2023/24 Q1").get_version_num(), 8);
    }
}
