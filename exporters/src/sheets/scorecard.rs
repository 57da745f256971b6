//! Every indicator on a line: by directorate, and again by the outcome it contributes to.

use rules::status::Colour;

use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage, figures, words};
use crate::text;

pub(super) fn by_directorate(read: &Read) -> Option<TablePage> {
    let grouped = grouped(&read.operational(), "No directorate", |r| {
        r.indicator.directorate.iter().chain(r.indicator.programme.iter().filter(|_| r.indicator.directorate.is_none())).collect()
    });
    let mut page = page(read, "Scorecard by directorate", "scorecard_by_directorate", "Directorate", &grouped);
    page.lines[0] =
        "It shows every indicator with a target, by directorate or change programme, with status now and at year end.".to_owned();
    Some(page)
}

pub(super) fn by_outcome(read: &Read) -> Option<TablePage> {
    let judged = read.operational();
    if judged.iter().all(|r| r.indicator.outcomes.is_empty()) {
        return None;
    }
    let grouped = grouped(&judged, "No outcome linked", |r| r.indicator.outcomes.iter().collect());
    let mut page = page(read, "Scorecard by outcome", "scorecard_by_outcome", "Outcome", &grouped);
    page.lines[0] =
        "It shows the same indicators by the outcome they contribute to; one that contributes to two is shown under both.".to_owned();
    Some(page)
}

/// Indicators under each of their names, names in the order of their first indicator, the nameless last.
fn grouped<'r, 'a>(
    readings: &[&'r Reading<'a>],
    otherwise: &str,
    names: impl Fn(&Reading<'a>) -> Vec<&'a String>,
) -> Vec<(String, &'r Reading<'a>)> {
    let mut order: Vec<String> = Vec::new();
    let mut pairs = Vec::new();
    for reading in readings {
        let mut own: Vec<String> = names(reading).into_iter().filter_map(|n| text::said(Some(n))).collect();
        if own.is_empty() {
            own.push(otherwise.to_owned());
        }
        for name in own {
            if !order.contains(&name) {
                order.push(name.clone());
            }
            pairs.push((name, *reading));
        }
    }
    pairs.sort_by_key(|(name, _)| (name == otherwise, order.iter().position(|n| n == name)));
    pairs
}

fn page(read: &Read, name: &'static str, table: &'static str, group: &str, rows: &[(String, &Reading)]) -> TablePage {
    let mut page = TablePage::new(name, table, read.title(name), "");
    page.readers = "Members, Cabinet and directors";
    page.keys = 3;
    page.columns = vec![
        words(group, 15),
        words("Ref", 8),
        words("Indicator", 26),
        words("Unit", 9),
        words("Better is", 9),
        words("Latest period", 12),
        figures("Same period last year", 10),
        figures("Previous period", 10),
        figures("Latest", 10),
        figures("Target", 10),
        figures("Intervention level", 13),
        words("Status", 11),
        words("Direction of travel", 12),
        words("Against last year", 12),
        figures("Year-end forecast", 10),
        words("Year-end status", 11),
    ];
    page.rows = rows.iter().map(|(group, reading)| row(read, group, reading)).collect();
    page
}

fn row(read: &Read, group: &str, reading: &Reading) -> Vec<Cell> {
    let latest = reading.latest;
    let travel = |which: fn(&rules::travel::Travel) -> rules::travel::Direction| {
        Cell::words(latest.map_or("Not comparable", |p| which(&p.travel).words()))
    };
    vec![
        Cell::words(group),
        Cell::words(reading.indicator.code.clone()),
        Cell::words(reading.indicator.title.clone()),
        Cell::words(reading.unit()),
        Cell::words(reading.indicator.polarity.words()),
        Cell::words(latest.map_or_else(|| "No period yet".to_owned(), |p| p.period.words())),
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
