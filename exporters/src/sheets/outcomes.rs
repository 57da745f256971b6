//! Contextual measures: slower, external, with a preferred direction and no target or status.

use rules::travel::Direction;

use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage, figures, words};
use crate::text;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Outcomes",
        "outcomes",
        read.title("Outcomes"),
        "It shows measures of what residents should see change. They have a preferred direction and no target or status.",
    );
    page.readers = "Members and partners";
    page.keys = 3;
    page.columns = vec![
        words("Ref", 9),
        words("Outcome", 26),
        words("Measure", 34),
        words("Unit", 12),
        words("Better is", 13),
        words("Baseline period", 16),
        figures("Baseline", 12),
        figures("Previous", 12),
        figures("Latest", 12),
        words("Latest period", 16),
        words("Movement", 15),
        words("Council role", 12),
        words("Why these figures", 16),
    ];
    page.columns[12] = words("Commentary", 30);
    page.rows = read.contextual().iter().map(|reading| row(reading)).collect();
    Some(page)
}

fn row(reading: &Reading) -> Vec<Cell> {
    let indicator = reading.indicator;
    let outcomes: Vec<String> = indicator.outcomes.iter().filter_map(|o| text::said(Some(o))).collect();
    vec![
        Cell::words(indicator.code.clone()),
        Cell::text(Some(&outcomes.join("; ")), "No outcome linked"),
        Cell::words(indicator.title.clone()),
        Cell::words(reading.unit()),
        Cell::words(indicator.polarity.words()),
        Cell::text(indicator.baseline.map(|(period, _)| period.words()).as_deref(), "No baseline"),
        reading.figure(indicator.baseline.map(|(_, value)| value)),
        reading.value(reading.previous()),
        reading.value(reading.latest),
        Cell::text(reading.latest.map(|p| p.period.words()).as_deref(), "No period yet"),
        Cell::words(movement(reading)),
        Cell::text(indicator.mode.map(rules::measure::Mode::words), "Not stated"),
        Cell::text(reading.latest.and_then(|p| p.commentary.as_deref()), "No commentary given"),
    ]
}

fn movement(reading: &Reading) -> &'static str {
    match reading.latest.map(|p| p.travel.on_previous_period) {
        Some(Direction::Improved) => "With preference",
        Some(Direction::Declined) => "Against preference",
        Some(Direction::Same) => "No change",
        Some(Direction::Up) => "Up",
        Some(Direction::Down) => "Down",
        Some(Direction::NotComparable) | None => "Not comparable",
    }
}
