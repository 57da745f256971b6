//! Every indicator on a line: by directorate, by change programme, and again by the outcome it contributes to.

use rules::status::Colour;

use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage};
use crate::{text, wording};

pub(super) fn by_directorate(read: &Read) -> Option<TablePage> {
    let grouped = grouped(&read.operational(), Some(read.say("no-directorate")), |r| {
        r.indicator.directorate.iter().chain(r.indicator.programme.iter().filter(|_| r.indicator.directorate.is_none())).collect()
    });
    Some(page(read, "by-directorate", "scorecard_by_directorate", "column-directorate", &grouped))
}

/// Of the indicators that elements of a change programme own; none where no programme has any.
pub(super) fn by_programme(read: &Read) -> Option<TablePage> {
    let grouped = grouped(&read.operational(), None, |r| r.indicator.programme.iter().collect());
    Some(page(read, "by-programme", "scorecard_by_programme", "column-programme", &grouped))
}

pub(super) fn by_outcome(read: &Read) -> Option<TablePage> {
    let judged = read.operational();
    if judged.iter().all(|r| r.indicator.outcomes.is_empty()) {
        return None;
    }
    let grouped = grouped(&judged, Some(read.say("no-outcome-linked")), |r| r.indicator.outcomes.iter().collect());
    Some(page(read, "by-outcome", "scorecard_by_outcome", "column-outcome", &grouped))
}

/// Indicators under each of their names, names in the order of their first indicator; the nameless last, or left out
/// where there is no word for them.
fn grouped<'r, 'a>(
    readings: &[&'r Reading<'a>],
    otherwise: Option<&str>,
    names: impl Fn(&Reading<'a>) -> Vec<&'a String>,
) -> Vec<(String, &'r Reading<'a>)> {
    let mut order: Vec<String> = Vec::new();
    let mut pairs = Vec::new();
    for reading in readings {
        let mut own: Vec<String> = names(reading).into_iter().filter_map(|n| text::said(Some(n))).collect();
        if own.is_empty() {
            own.extend(otherwise.map(str::to_owned));
        }
        for name in own {
            if !order.contains(&name) {
                order.push(name.clone());
            }
            pairs.push((name, *reading));
        }
    }
    pairs.sort_by_key(|(name, _)| (Some(name.as_str()) == otherwise, order.iter().position(|n| n == name)));
    pairs
}

fn page(read: &Read, id: &str, table: &'static str, group: &str, rows: &[(String, &Reading)]) -> TablePage {
    let mut page = read.page(id, table);
    page.readers = read.say("readers-directors").to_owned();
    page.keys = 3;
    page.columns = vec![
        read.text_column(group, 15),
        read.text_column("column-ref", 8),
        read.text_column("column-indicator", 26),
        read.text_column("column-unit", 9),
        read.text_column("column-better-is", 9),
        read.text_column("column-latest-period", 12),
        read.figure_column("column-same-period-last-year", 10),
        read.figure_column("column-previous-period", 10),
        read.figure_column("column-latest", 10),
        read.figure_column("column-target", 10),
        read.figure_column("column-intervention-level", 13),
        read.text_column("column-status", 11),
        read.text_column("column-direction-of-travel", 12),
        read.text_column("column-against-last-year", 12),
        read.figure_column("column-year-end-forecast", 10),
        read.text_column("column-year-end-status", 11),
    ];
    page.rows = rows.iter().map(|(group, reading)| row(read, group, reading)).collect();
    page
}

fn row(read: &Read, group: &str, reading: &Reading) -> Vec<Cell> {
    let latest = reading.latest;
    let travel = |which: fn(&rules::travel::Travel) -> rules::travel::Direction| {
        Cell::Text(wording::direction(read, latest.map(|p| which(&p.travel))).to_owned())
    };
    vec![
        read.words(group),
        read.words(&reading.indicator.code),
        read.words(&reading.indicator.title),
        Cell::Text(reading.unit()),
        Cell::Text(read.language.word("polarity", reading.indicator.polarity.code()).to_owned()),
        read.text(latest.map(|p| read.language.period(p.period)).as_deref(), "no-period-yet"),
        reading.value(reading.last_year()),
        reading.value(reading.previous()),
        reading.value(latest),
        reading.figure(latest.and_then(|p| p.target)),
        reading.figure(latest.and_then(|p| p.intervention)),
        read.status(latest.map_or(Colour::NoData, |p| p.status.colour)),
        travel(|t| t.on_previous_period),
        travel(|t| t.on_same_period_last_year),
        reading.figure(latest.and_then(|p| p.forecast)),
        read.status(reading.year_end()),
    ]
}
